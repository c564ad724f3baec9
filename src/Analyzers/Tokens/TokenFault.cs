namespace ContextAnalyzers.Tokens;

/// <summary>What is wrong with the token of one Set.</summary>
internal enum TokenFault
{
    /// <summary>Nothing, or nothing that is certain.</summary>
    None,

    /// <summary>The call is a statement of its own, or a member of the token is read and the token dropped.</summary>
    Discarded,

    /// <summary><c>_ = v.Set(x)</c>.</summary>
    DiscardedExplicitly,

    /// <summary>A local holds it that nothing resets.</summary>
    NeverReset,

    /// <summary>A field holds it that nothing in its type resets.</summary>
    FieldNeverReset,

    /// <summary>Another token takes the place of this one, which nothing has reset.</summary>
    Overwritten,

    /// <summary>A method is given it, and does nothing with it.</summary>
    IgnoredByCallee,

    /// <summary>The next round of a loop sets again before this one is reset.</summary>
    SetAgainInLoop,

    /// <summary>An exception passes the reset by.</summary>
    ResetOnNormalPathOnly,

    /// <summary>An exception leaves before the try begins whose finally resets.</summary>
    ThrowsBeforeTry,

    /// <summary>Only a catch resets.</summary>
    ResetInCatchOnly,

    /// <summary>A condition decides whether it is reset.</summary>
    ResetUnderCondition,

    /// <summary>A return, break, continue, goto or throw leaves before the reset.</summary>
    EarlyExit,
}
