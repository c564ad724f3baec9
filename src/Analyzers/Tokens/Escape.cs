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
/// <param name="Cause">What decided last on the way there.</param>
internal readonly record struct Escape(IOperation? By, Cause? Cause);

/// <summary>A condition, or what threw an exception that was caught.</summary>
internal readonly record struct Cause(IOperation By, bool IsException);
