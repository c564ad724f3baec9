using ContextAnalyzers.Tokens;

namespace ContextAnalyzers.Rules;

/// <summary>CTX104: an iterator stops at each yield and goes on in the flow of its consumer, so a value cannot be set from one element to the next.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SetSpansYieldAnalyzer : ObligationAnalyzer
{
    private const string InAsyncIterator =
        "an async iterator goes on with the values of its consumer, so this one is gone after the yield; set it again after each yield, or let the consumer set it";

    private const string InIterator =
        "the consumer runs with it between two elements, and keeps it where it stops early; reset before each yield, or let the consumer set it";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.SetSpansYield);

    private protected override Diagnostic? Check(TokenObligation obligation, SemanticModelAnalysisContext context, TokenSymbols symbols) => obligation.Yield is { } yield
        ? Diagnostic.Create(
            Descriptors.SetSpansYield,
            obligation.Set.Syntax.GetLocation(),
            ImmutableArray.Create(yield),
            obligation.Name,
            obligation.Function.IsAsync ? InAsyncIterator : InIterator)
        : null;
}
