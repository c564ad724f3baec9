using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>A rule about what becomes of tokens: asked once for each call that makes one.</summary>
public abstract class TokenAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Private to this assembly: a rule here is a sealed class in Rules/.</summary>
    private protected TokenAnalyzer()
    {
    }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (TokenSymbols.TryCreate(start.Compilation, start.Options) is { } symbols)
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
        });
    }

    /// <summary>The finding of this rule about a token, if it has one.</summary>
    private protected abstract Diagnostic? Check(TokenObligation obligation, OperationAnalysisContext context, TokenSymbols symbols);

    private void Analyze(OperationAnalysisContext context, TokenSymbols symbols)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (!symbols.MakesToken(invocation) || TokenFlow.ObligationOf(invocation, context, symbols) is not { } obligation)
            return;

        if (Check(obligation, context, symbols) is { } finding)
            context.ReportDiagnostic(finding);
    }
}
