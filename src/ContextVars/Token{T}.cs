namespace ContextVars;

/// <summary>What one <see cref="ContextVar{T}.Set"/> returns: the right, and the duty, to restore what was there before.</summary>
/// <remarks>
/// <para>Safe for concurrent use. Copies are the same token: what one has restored, none restores again.
/// Ports <c>contextvars.Token</c> (PEP 567, section "contextvars.Token").</para>
/// <para><see cref="Dispose"/> never throws, so that it cannot hide the exception of the block it ends (unlike Python's
/// <c>__exit__</c>); <see cref="ContextVar{T}.Reset"/> is the strict form.</para>
/// </remarks>
public readonly struct Token<T> : IDisposable, IEquatable<Token<T>>
{
    private readonly Slot<T>? _slot;
    private readonly Slot<T>? _previous;
    private readonly Root? _before;

    internal Token(Slot<T> slot, Slot<T>? previous, Root before)
    {
        _slot = slot;
        _previous = previous;
        _before = before;
    }

    /// <summary>The variable that was set; null for <c>default</c>.</summary>
    public ContextVar<T>? Variable => (ContextVar<T>?)_slot?.Variable;

    /// <summary>Whether the variable had a value before (Python: <c>old_value is not Token.MISSING</c>).</summary>
    public bool HasOldValue => _previous is not null;

    /// <summary>The value before.</summary>
    /// <exception cref="InvalidOperationException">There was none: see <see cref="HasOldValue"/>.</exception>
    public T OldValue => _previous is { } previous ? previous.Value : throw new InvalidOperationException("The variable was not set before.");

    /// <summary>Whether some flow has restored with this token.</summary>
    public bool IsUsed => _slot is { IsUsed: true };

    /// <summary>Restores what was there before, if that is still to be done in this flow. Never throws; a second call does nothing.</summary>
    public void Dispose()
    {
        if (Variable is { } variable)
            Restore(variable);
    }

    /// <summary>Whether both are tokens of the same <see cref="ContextVar{T}.Set"/>.</summary>
    public bool Equals(Token<T> other) => ReferenceEquals(_slot, other._slot);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Token<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _slot?.GetHashCode() ?? 0;

    /// <summary>Whether both are tokens of the same <see cref="ContextVar{T}.Set"/>.</summary>
    public static bool operator ==(Token<T> left, Token<T> right) => left.Equals(right);

    /// <summary>Whether the tokens are of different <see cref="ContextVar{T}.Set"/> calls.</summary>
    public static bool operator !=(Token<T> left, Token<T> right) => !left.Equals(right);

    internal ResetOutcome Restore(ContextVar<T> variable)
    {
        if (_slot is null || _before is null)
            return ResetOutcome.NoToken;

        if (_slot.Variable != variable)
            return _slot.IsUsed ? ResetOutcome.Used : ResetOutcome.OtherVariable;

        var root = Root.Current;
        var current = (Slot<T>?)root.Find(variable.Index);
        if (current != _slot)
        {
            if (_slot.IsUsed)
                return ResetOutcome.Used;

            // Sets made on top of ours and never undone are dropped with it. Where the current value is older than ours,
            // or was set where ours was not there, this flow has never seen our Set.
            if (current is null || current.ReplacedVersion is not { } replaced || replaced - _slot.Version < 0)
                return ResetOutcome.NotVisible;
        }

        _slot.IsUsed = true;
        Root.Current = root.Version == _slot.Version ? _before : root.With(variable.Index, _previous);
        return ResetOutcome.Done;
    }
}

internal enum ResetOutcome
{
    Done,
    NoToken,
    OtherVariable,
    Used,
    NotVisible,
}
