namespace ContextAnalyzers.Tokens;

/// <summary>A rule about what becomes of tokens: asked once for each call that makes one.</summary>
public abstract class ObligationAnalyzer : TokenAnalyzer
{
    private protected ObligationAnalyzer()
    {
    }

    /// <summary>The finding of this rule about a token, if it has one.</summary>
    private protected abstract Diagnostic? Check(TokenObligation obligation, SemanticModelAnalysisContext context, TokenSymbols symbols);

    private protected sealed override void Check(TokenFlow flow, SemanticModelAnalysisContext context, TokenSymbols symbols)
    {
        foreach (var obligation in flow.Obligations)
        {
            if (Check(obligation, context, symbols) is { } finding)
                context.Report(finding);
        }
    }
}
