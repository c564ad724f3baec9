using ContextAnalyzers.Tokens;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Rules;

/// <summary>CTX105: a token fits one variable, once, before the tokens that were made earlier. `Reset` throws otherwise, and in a `finally` that hides the first exception.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenMisusedAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.TokenMisused);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (TokenSymbols.TryCreate(start.Compilation, start.Options) is { } symbols)
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, TokenSymbols symbols)
    {
        var invocation = (IInvocationOperation)context.Operation;

        // A reset is reported where it stands; a token that is returned too late, where it is made.
        var obligation = symbols.TokenResetBy(invocation) is ILocalReferenceOperation or IParameterReferenceOperation ? TokenFlow.MisusedBy(invocation, context, symbols)
            : symbols.MakesToken(invocation) ? TokenFlow.ObligationOf(invocation, context, symbols)
            : null;

        if (obligation?.Misuse is not { } misuse || (invocation.Syntax == obligation.Set.Syntax) != (misuse.Kind == TokenMisuseKind.ReturnedAfterReset))
            return;

        var other = misuse.Kind == TokenMisuseKind.ReturnedAfterReset ? misuse.By : obligation.Set.Syntax;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.TokenMisused,
            invocation.Syntax.GetLocation(),
            ImmutableArray.Create(other.GetLocation()),
            ImmutableDictionary<string, string?>.Empty.Add(nameof(TokenMisuseKind), misuse.Kind.ToString()),
            obligation.Name,
            What(misuse)));
    }

    private static string What(TokenMisuse misuse) => misuse.Kind switch
    {
        TokenMisuseKind.OtherVariable => $"is given to '{misuse.Variable}', which throws ArgumentException and leaves the value set; reset the variable that made it",
        TokenMisuseKind.SecondReset => "is reset a second time on one path, which throws InvalidOperationException; reset it once, or use Dispose",
        TokenMisuseKind.OuterBeforeInner => "is reset before that of a later Set, which is reset here and throws InvalidOperationException; reset in the reverse order of Set",
        _ => "is reset before the caller gets it; return it without using or finally",
    };
}
