namespace ContextVars;

/// <summary>One Set: its value, and its identity for the token. It holds no link to what it replaced, so that a loop of Sets retains one value.</summary>
internal abstract class Slot(ContextVar variable, int version, int? replacedVersion)
{
    private volatile bool _isUsed;

    public ContextVar Variable => variable;

    /// <summary>The version of the root that this Set made. Wraps around: compare by difference.</summary>
    public int Version => version;

    /// <summary>The version of the Set it replaced in its flow; null where the variable was not set.</summary>
    public int? ReplacedVersion => replacedVersion;

    /// <summary>The only thing that changes: whether a token has restored what was there before.</summary>
    public bool IsUsed
    {
        get => _isUsed;
        set => _isUsed = value;
    }
}

internal sealed class Slot<T>(ContextVar<T> variable, T value, int version, int? replacedVersion) : Slot(variable, version, replacedVersion)
{
    public T Value => value;
}
