namespace ContextAnalyzers.State;

/// <summary>Where the value of a state member lives: in the process, or in the thread.</summary>
internal enum StateKind
{
    Static,
    ThreadStatic,
    ThreadLocal,

    /// <summary>The thread's own: its name, its priority.</summary>
    Thread,
}

/// <summary>A member that can hold state for longer than one call: a static field or auto-property, or what is bound to a thread.</summary>
internal sealed class StateMember(ISymbol symbol, StateKind kind, bool isReadOnly)
{
    /// <summary>The field, or the auto-property (never its backing field); for thread locals the variable that holds the ThreadLocal.</summary>
    public ISymbol Symbol { get; } = symbol;

    public StateKind Kind { get; } = kind;

    /// <summary>The reference cannot change, only the object it points to.</summary>
    public bool IsReadOnly { get; } = isReadOnly;

    public bool IsThreadBound => Kind != StateKind.Static;
}
