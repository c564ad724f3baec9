using System.Diagnostics.CodeAnalysis;

namespace ContextVars;

/// <summary>A variable whose value belongs to one logical flow of execution: it follows <c>await</c>, <c>Task.Run</c> and new threads,
/// and concurrent flows do not see each other's values. Declare it <c>static readonly</c>.</summary>
/// <typeparam name="T">The type of the value. All flows that inherit a value share the one object: prefer immutable types.</typeparam>
/// <remarks>
/// <para>Safe for concurrent use. Ports <c>contextvars.ContextVar</c> (PEP 567), on <see cref="ExecutionContext"/>.</para>
/// <para>What an awaited <c>async</c> method sets, its caller does not see, unlike Python: the compiler restores the caller's
/// <see cref="ExecutionContext"/> when the method's synchronous part returns. What any other method sets, its caller does see.</para>
/// </remarks>
public sealed class ContextVar<T> : ContextVar
{
    private readonly T? _default;

    /// <summary>Makes a variable without a default.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ContextVar(string name)
        : base(name)
    {
    }

    /// <summary>Makes a variable with a default. All flows share the default, so it should be immutable.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ContextVar(string name, T defaultValue)
        : base(name)
    {
        _default = defaultValue;
        HasDefault = true;
    }

    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <inheritdoc/>
    public override bool HasDefault { get; }

    /// <summary>The value in the current flow, else the default: the same as <see cref="Get()"/>.</summary>
    /// <exception cref="KeyNotFoundException">The variable has no value in this flow, and no default.</exception>
    public T Value => Get();

    private Slot<T>? CurrentSlot => (Slot<T>?)Root.Current.Find(Index);

    /// <summary>The value in the current flow, else the default.</summary>
    /// <exception cref="KeyNotFoundException">The variable has no value in this flow, and no default (Python: <c>LookupError</c>).</exception>
    public T Get()
    {
        if (CurrentSlot is { } slot)
            return slot.Value;

        return HasDefault ? _default! : throw new KeyNotFoundException($"'{Name}' has no value in this flow, and no default.");
    }

    /// <summary>The value in the current flow, else <paramref name="fallback"/>. The default is ignored, as in Python.</summary>
    public T Get(T fallback) => CurrentSlot is { } slot ? slot.Value : fallback;

    /// <summary>Gets the value in the current flow, else the default.</summary>
    /// <returns>False if there is neither.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        if (CurrentSlot is { } slot)
        {
            value = slot.Value;
            return true;
        }

        value = _default!;
        return HasDefault;
    }

    /// <summary>Sets the value for the current flow and for everything it starts from now on.</summary>
    /// <returns>The token that restores what was there before: <see cref="Reset"/> it in <c>finally</c>, or put it in <c>using</c>.</returns>
    public Token<T> Set(T value)
    {
        var before = Root.Current;
        var previous = (Slot<T>?)before.Find(Index);
        var slot = new Slot<T>(this, value, before.Version + 1, previous?.Version);
        Root.Current = before.With(Index, slot);
        return new Token<T>(slot, previous, before);
    }

    /// <summary>Restores what was there before the <see cref="Set"/> that made the token, and drops what was set since.</summary>
    /// <exception cref="ArgumentException">The token is <c>default</c>, or another variable's (Python: <c>ValueError</c>).</exception>
    /// <exception cref="InvalidOperationException">The token has been used (Python: <c>RuntimeError</c>), or what it set is not visible in this flow.</exception>
    public void Reset(Token<T> token)
    {
        switch (token.Restore(this))
        {
            case ResetOutcome.NoToken:
                throw new ArgumentException($"default(Token<{typeof(T).Name}>) was made by no Set.", nameof(token));
            case ResetOutcome.OtherVariable:
                throw new ArgumentException($"The token was made by '{token.Variable!.Name}', not by '{Name}'.", nameof(token));
            case ResetOutcome.Used:
                throw new InvalidOperationException($"This token of '{Name}' has already been used.");
            case ResetOutcome.NotVisible:
                throw new InvalidOperationException($"The Set that made this token of '{Name}' is not visible in this flow.");
        }
    }

    /// <summary>As <see cref="Reset"/>, but tells by its result whether there was something to restore.</summary>
    public bool TryReset(Token<T> token) => token.Restore(this) == ResetOutcome.Done;

    /// <summary>The variable's type, name and default, for logs and debuggers.</summary>
    public override string ToString() => $"ContextVar<{typeof(T).Name}> '{Name}'";
}
