namespace ContextAnalyzers.Tokens;

internal enum TokenMisuseKind
{
    /// <summary>The reset is called on another variable.</summary>
    OtherVariable,

    /// <summary>The token has been reset on every way here.</summary>
    SecondReset,

    /// <summary>The token of an earlier Set of the variable has been reset, and this one with it.</summary>
    OuterBeforeInner,

    /// <summary>The token is returned, and a finally or using resets it before the caller has it.</summary>
    ReturnedAfterReset,

    /// <summary>The reset follows the Set at once, and the code that the value was meant for follows the reset.</summary>
    ResetBeforeUse,
}

/// <summary>A use of a token that throws, or has no effect.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="By">The reset, or the returned value.</param>
/// <param name="Variable">The other variable, if there is one.</param>
internal sealed record TokenMisuse(TokenMisuseKind Kind, SyntaxNode By, string? Variable = null);
