using ContextAnalyzers.Tokens;

namespace ContextAnalyzers.Rules;

/// <summary>CTX105: a token fits one variable, once, before the tokens that were made earlier. `Reset` throws otherwise, and in a `finally` that hides the first exception.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenMisusedAnalyzer : TokenAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.TokenMisused);

    private protected override void Check(TokenFlow flow, SemanticModelAnalysisContext context, TokenSymbols symbols)
    {
        // Of what one reset does wrong the last is said.
        Dictionary<SyntaxNode, Diagnostic>? findings = null;
        foreach (var obligation in flow.Obligations)
        {
            if (obligation.Misuse is { } misuse)
                (findings ??= [])[misuse.By] = Finding(obligation, misuse);
        }

        foreach (var finding in findings ?? [])
            context.Report(finding.Value);
    }

    /// <summary>A reset is reported where it stands; a token that is returned too late, where it is made.</summary>
    private static Diagnostic Finding(TokenObligation obligation, TokenMisuse misuse)
    {
        var (set, use) = (obligation.Set.Syntax.GetLocation(), misuse.By.GetLocation());
        var (here, there) = misuse.Kind == TokenMisuseKind.ReturnedAfterReset ? (set, use) : (use, set);

        return Diagnostic.Create(
            Descriptors.TokenMisused,
            here,
            ImmutableArray.Create(there),
            ImmutableDictionary<string, string?>.Empty.Add(nameof(TokenMisuseKind), misuse.Kind.ToString()),
            obligation.Name,
            What(misuse));
    }

    private static string What(TokenMisuse misuse) => misuse.Kind switch
    {
        TokenMisuseKind.OtherVariable => $"is given to '{misuse.Variable}', which throws ArgumentException and leaves the value set; reset the variable that made it",
        TokenMisuseKind.SecondReset => "is reset a second time on one path, which throws InvalidOperationException; reset it once, or use Dispose",
        TokenMisuseKind.OuterBeforeInner => "is reset before that of a later Set, which is reset here and throws InvalidOperationException; reset in the reverse order of Set",
        TokenMisuseKind.ResetBeforeUse => "is reset before any code sees the value; reset it behind the code that the value is for",
        _ => "is reset before the caller gets it; return it without using or finally",
    };
}
