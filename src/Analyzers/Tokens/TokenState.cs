namespace ContextAnalyzers.Tokens;

/// <summary>What is known at one point of one path from a Set.</summary>
/// <param name="Holders">The locals that hold the token, one bit each.</param>
/// <param name="Known">The conditions whose outcome is known.</param>
/// <param name="Values">Their outcomes.</param>
/// <param name="IsReset">Whether the token has been reset, so that a second reset would be one too many.</param>
/// <param name="Inner">The locals that hold a token which the same variable made after this one.</param>
internal readonly record struct TokenState(ulong Holders, uint Known, uint Values, bool IsReset, ulong Inner)
{
    public TokenState With(int condition, bool outcome) => this with
    {
        Known = Known | 1u << condition,
        Values = outcome ? Values | 1u << condition : Values & ~(1u << condition),
    };
}
