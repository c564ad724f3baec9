namespace ContextAnalyzers.Tokens;

/// <summary>How a path loses a token.</summary>
internal enum EscapeKind
{
    End,
    Throw,
    Exception,
    Overwritten,
    NextRound,
}

/// <summary>One way a token gets lost.</summary>
/// <param name="By">What lets it go.</param>
/// <param name="Condition">The last condition on the way there.</param>
internal readonly record struct Escape(IOperation? By, IOperation? Condition);
