using ContextAnalyzers.Tokens;

namespace ContextAnalyzers.Rules;

/// <summary>CTX102: a path that leaves without the reset keeps the value, and it is the path that no test takes: an exception, an early return.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResetNotOnEveryPathAnalyzer : ObligationAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.ResetNotOnEveryPath);

    private protected override Diagnostic? Check(TokenObligation obligation, SemanticModelAnalysisContext context, TokenSymbols symbols)
    {
        if (Escape(obligation) is not { } escape || obligation.Yield is not null)
            return null;

        return Diagnostic.Create(Descriptors.ResetNotOnEveryPath, obligation.Set.Syntax.GetLocation(), obligation.Path, obligation.Name, escape);
    }

    private static string? Escape(TokenObligation obligation)
    {
        var subject = obligation.Subject;

        return obligation.Fault switch
        {
            TokenFault.ResetOnNormalPathOnly => subject.Length > 0 ? $"'{subject}' throws" : "an exception is thrown",
            TokenFault.ThrowsBeforeTry => $"'{subject}' throws before the try begins",
            TokenFault.ResetInCatchOnly => "nothing throws, as only a catch resets it",
            TokenFault.ResetUnderCondition => $"'{subject}' decides against the reset",
            TokenFault.EarlyExit => $"'{subject}' leaves before the reset",
            TokenFault.Overwritten when obligation.IsReset => $"'{subject}' is overwritten before it is reset",
            TokenFault.SetAgainInLoop => $"the loop goes round, as only the last '{subject}' is reset",
            _ => null,
        };
    }
}
