namespace ContextVars;

/// <summary>A variable whose value belongs to one logical flow of execution, seen without its type. Compared by identity.</summary>
/// <remarks>Safe for concurrent use. Ports <c>contextvars.ContextVar</c> (PEP 567, section "contextvars.ContextVar").</remarks>
public abstract class ContextVar
{
    private static int s_created = -1;

    private protected ContextVar(string name)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Index = Interlocked.Increment(ref s_created);
    }

    /// <summary>The name given to the constructor: for people who read logs and debuggers, not a key. It need not be unique.</summary>
    public string Name { get; }

    /// <summary>The type of the values.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Whether <c>Get</c> has something to return where no value is set.</summary>
    public abstract bool HasDefault { get; }

    /// <summary>Whether a value is set in the current flow. A default does not count.</summary>
    public bool IsSet => Root.Current.Find(Index) is not null;

    /// <summary>The place of this variable in every <see cref="Root"/>: dense, never reused.</summary>
    internal int Index { get; }
}
