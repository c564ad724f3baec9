namespace ContextAnalyzers.Tokens;

/// <summary>A rule about tokens: asked once for each body that makes or ends one.</summary>
public abstract class TokenAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Private to this assembly: a rule here is a sealed class in Rules/.</summary>
    private protected TokenAnalyzer()
    {
    }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            var facts = TokenFacts.Of(start.Compilation, start.Options);
            if (facts.Symbols.CanMakeTokens)
                start.RegisterSemanticModelAction(file => Analyze(file, facts));
        });
    }

    /// <summary>Reports the findings of this rule in one body.</summary>
    private protected abstract void Check(TokenFlow flow, SemanticModelAnalysisContext context, TokenSymbols symbols);

    private void Analyze(SemanticModelAnalysisContext context, TokenFacts facts)
    {
        foreach (var flow in facts.FlowsIn(context.SemanticModel, context.CancellationToken))
            Check(flow, context, facts.Symbols);
    }
}
