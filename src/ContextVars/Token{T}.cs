using System.Diagnostics;

namespace ContextVars;

/// <summary>What one <see cref="ContextVar{T}.Set"/> returns: the right, and the duty, to restore what was there before.</summary>
/// <remarks>
/// <para>Safe for concurrent use. Copies are the same token: what one has restored, none restores again in the same flow. A flow that
/// has inherited the Set may restore it for itself. Ports <c>contextvars.Token</c> (PEP 567, section "contextvars.Token").</para>
/// <para><see cref="Dispose"/> never throws, so that it cannot hide the exception of the block it ends (unlike Python's
/// <c>__exit__</c>); <see cref="ContextVar{T}.Reset"/> is the strict form.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Token<T> : IDisposable, IEquatable<Token<T>>
{
    private readonly Slot<T>? _slot;
    private readonly Change _change;

    internal Token(Slot<T> slot, Change change)
    {
        _slot = slot;
        _change = change;
    }

    /// <summary>The variable that was set; null for <c>default</c>.</summary>
    /// <remarks>PEP 567, section "contextvars.Token": <c>var</c>.</remarks>
    public ContextVar<T>? Variable => (ContextVar<T>?)_slot?.Variable;

    /// <summary>Whether the variable had a value before (Python: <c>old_value is not Token.MISSING</c>).</summary>
    /// <remarks>PEP 567, section "contextvars.Token": <c>old_value</c>.</remarks>
    public bool HasOldValue => Variable is { } variable && variable.TryGetFrom(_change.Before, out _);

    /// <summary>The value before.</summary>
    /// <remarks>PEP 567, section "contextvars.Token": <c>old_value</c>.</remarks>
    /// <exception cref="InvalidOperationException">There was none: see <see cref="HasOldValue"/>.</exception>
    public T OldValue => Variable is { } variable && variable.TryGetFrom(_change.Before, out var value)
        ? value
        : throw new InvalidOperationException("The variable was not set before.");

    /// <summary>Whether some flow has restored with this token.</summary>
    public bool IsUsed => _slot is { IsUsed: true };

    /// <summary>Restores what was there before, if that is still to be done in this flow. Never throws; a second call does nothing.</summary>
    public void Dispose()
    {
        if (_slot is not null)
            _change.Undo(_slot);
    }

    /// <summary>Whether both are tokens of the same <see cref="ContextVar{T}.Set"/>.</summary>
    public bool Equals(Token<T> other) => ReferenceEquals(_slot, other._slot);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Token<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _slot?.GetHashCode() ?? 0;

    /// <summary>The variable, and whether the token has been used.</summary>
    public override string ToString() => _slot is null ? "Token(default)" : $"Token{(IsUsed ? "(used)" : "")} of {Variable}";

    /// <summary>Whether both are tokens of the same <see cref="ContextVar{T}.Set"/>.</summary>
    public static bool operator ==(Token<T> left, Token<T> right) => left.Equals(right);

    /// <summary>Whether the tokens are of different <see cref="ContextVar{T}.Set"/> calls.</summary>
    public static bool operator !=(Token<T> left, Token<T> right) => !left.Equals(right);

    internal void End() => _slot!.End();

    internal ResetOutcome Restore(ContextVar<T> variable, bool end = true) => _slot switch
    {
        null => ResetOutcome.NoToken,
        _ when _slot.Variable != variable => _slot.IsUsed ? ResetOutcome.Used : ResetOutcome.OtherVariable,
        _ => _change.Undo(_slot, end),
    };
}
