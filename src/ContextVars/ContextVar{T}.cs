using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>A variable whose value belongs to one logical flow of execution: it follows <c>await</c>, <c>Task.Run</c> and new threads,
/// and concurrent flows do not see each other's values. Declare it <c>static readonly</c>.</summary>
/// <typeparam name="T">The type of the value. All flows that inherit a value share the one object: prefer immutable types.</typeparam>
/// <remarks>
/// <para>Safe for concurrent use. Ports <c>contextvars.ContextVar</c> (PEP 567), on <see cref="ExecutionContext"/>.</para>
/// <para>What an awaited <c>async</c> method sets, its caller does not see, unlike Python: the compiler restores the caller's
/// <see cref="ExecutionContext"/> when the method's synchronous part returns. What any other method sets, its caller does see.</para>
/// </remarks>
public sealed partial class ContextVar<T> : ContextVar
{
    private readonly bool _isBounded;
    private readonly T? _default;

    /// <summary>Makes a variable without a default.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar".</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ContextVar(string name)
        : base(name)
    {
    }

    /// <summary>Makes a variable with a default. All flows share the default, so it should be immutable.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar": the <c>default</c> argument.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ContextVar(string name, T defaultValue)
        : base(name)
    {
        _default = defaultValue;
        HasDefault = true;
    }

    /// <summary>Makes a variable with a default and options. For options without a default: <see cref="ContextVar.CreateRequired"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ContextVar(string name, T defaultValue, ContextVarOptions options)
        : this(name, defaultValue)
    {
        _isBounded = (options & ContextVarOptions.BoundedLifetime) != 0;
    }

    // Not public as (string, ContextVarOptions): `new ContextVar<long>("n", 0)` would be ambiguous, since 0 converts to every enum.
    internal ContextVar(ContextVarOptions options, string name)
        : base(name)
    {
        _isBounded = (options & ContextVarOptions.BoundedLifetime) != 0;
    }

    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <inheritdoc/>
    public override bool HasDefault { get; }

    /// <summary>The value in the current flow, else the default: the same as <see cref="Get()"/>.</summary>
    /// <exception cref="KeyNotFoundException">The variable has no value in this flow, and no default.</exception>
    public T Value => Get();

    private protected override string DebuggerDisplay =>
        $"{Name} = {(TryGet(out var value) ? Describe(value) : "no value")}{(IsSet || !HasDefault ? "" : " (default)")}";

    /// <summary>The value in the current flow, else the default.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar": <c>get()</c>.</remarks>
    /// <exception cref="KeyNotFoundException">The variable has no value in this flow, and no default (Python: <c>LookupError</c>).</exception>
    public T Get() => TryGetCurrent(out var value) ? value : GetDefault();

    /// <summary>The value in the current flow, else <paramref name="fallback"/>. The default is ignored, as in Python.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar": <c>get(default)</c>.</remarks>
    public T Get(T fallback) => TryGetCurrent(out var value) ? value : fallback;

    /// <summary>Gets the value in the current flow, else the default.</summary>
    /// <returns>False if there is neither.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        if (TryGetCurrent(out value))
            return true;

        value = _default!;
        return HasDefault;
    }

    /// <summary>Sets the value for the current flow and for everything it starts from now on.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar": <c>set()</c>.</remarks>
    /// <returns>The token that restores what was there before: <see cref="Reset"/> it in <c>finally</c>, or put it in <c>using</c>.</returns>
    public Token<T> Set(T value)
    {
        var before = Root.Current;
        var slot = SlotFor(value, before);
        return new Token<T>(slot, Change.Write(before, before.With(slot)));
    }

    /// <summary>Restores what was there before the <see cref="Set"/> that made the token, and drops what was set since.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar": <c>reset()</c>. A reset that is refused does not use up the token.</remarks>
    /// <exception cref="ArgumentException">The token is <c>default</c>, or another variable's (Python: <c>ValueError</c>).</exception>
    /// <exception cref="InvalidOperationException">The token has been used (Python: <c>RuntimeError</c>), was made in a different
    /// <see cref="Context"/> (Python: <c>ValueError</c>), or what it set is not visible in this flow. Nothing has changed then.</exception>
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
            case ResetOutcome.OtherContext:
                throw new InvalidOperationException($"This token of '{Name}' was made in a different Context.");
            case ResetOutcome.NotVisible:
                throw new InvalidOperationException($"The Set that made this token of '{Name}' is not visible in this flow.");
        }
    }

    /// <summary>As <see cref="Reset"/>, but tells by its result whether there was something to restore.</summary>
    public bool TryReset(Token<T> token) => token.Restore(this) == ResetOutcome.Done;

    /// <summary>This variable for those who may read it but not set it.</summary>
    public ReadOnlyContextVar<T> AsReadOnly() => new(this);

    /// <summary>The variable's type, name and default, for logs and debuggers. Runs no code of the default.</summary>
    public override string ToString() =>
        $"ContextVar<{typeof(T).Name}> '{Name}'{(HasDefault ? $" (default {Describe(_default)})" : "")}";

    /// <summary>A slot on top of what the root has.</summary>
    internal Slot<T> SlotFor(T value, Root root)
    {
        var depth = root.Find(this) is { } replaced ? replaced.Depth + 1 : 1;
        return _isBounded ? new BoundedSlot<T>(this, value, depth) : new Slot<T>(this, value, depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGetFrom(Root root, [MaybeNullWhen(false)] out T value)
    {
        if (root.Find(this) is { } found)
        {
            var slot = Reinterpret.As<Slot<T>>(found);
            if (_isBounded)
                return slot.TryGet(out value);

            value = slot.Value;
            return true;
        }

        value = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryGetCurrent([MaybeNullWhen(false)] out T value) => TryGetFrom(Root.Current, out value);

    private T GetDefault() =>
        HasDefault ? _default! : throw new KeyNotFoundException($"'{Name}' has no value in this flow, and no default.");

    // A value's own ToString might read this variable, or throw.
    private static string Describe(T? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool or char or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or Enum or Guid =>
            Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => value.GetType().Name,
    };
}
