using ContextVars;

namespace Operations;

/// <summary>A named piece of work. Whatever runs inside it, in any library, can ask what it is part of.</summary>
/// <remarks>
/// An ambient scope: the variable is private, the constructor sets it, <see cref="Dispose"/> brings back the operation around it.
/// It is no <see cref="IAsyncDisposable"/>, since what an async method resets is only its own copy. It does not change after it is made,
/// so tasks that are started inside it can share it.
/// </remarks>
public sealed class Operation : IDisposable
{
    private static readonly ContextVar<Operation?> s_current = new("operation", null);

    private readonly Token<Operation?> _token;

    /// <summary>Begins an operation inside the one at hand.</summary>
    public Operation(string name)
    {
        Path = Current is { } outer ? $"{outer.Path}/{name}" : name;
        _token = s_current.Set(this);
    }

    /// <summary>The innermost operation of this flow, if there is one.</summary>
    public static Operation? Current => s_current.Get();

    /// <summary>Its name, after the names of all that it is part of.</summary>
    public string Path { get; }

    /// <summary>Ends it. A second call does nothing.</summary>
    public void Dispose() => _token.Dispose();
}
