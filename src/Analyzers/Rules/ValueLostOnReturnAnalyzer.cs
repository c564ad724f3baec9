using ContextAnalyzers.Tokens;

namespace ContextAnalyzers.Rules;

/// <summary>CTX103: .NET restores the caller's values when an async method returns, so a method whose purpose is to set has no effect at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValueLostOnReturnAnalyzer : ObligationAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.ValueLostOnReturn);

    private protected override Diagnostic? Check(TokenObligation obligation, SemanticModelAnalysisContext context, TokenSymbols symbols) =>
        obligation.IsLostOnReturn && !LastingValues.AreMeant(obligation.Function, context.SemanticModel, symbols)
            ? Diagnostic.Create(Descriptors.ValueLostOnReturn, obligation.Set.Syntax.GetLocation(), obligation.Name, obligation.Function.Name)
            : null;
}
