using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ContextVars;

public sealed partial class Context : IReadOnlyDictionary<ContextVar, object?>
{
    /// <summary>How many variables have a value here.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>len(ctx)</c>.</remarks>
    public int Count => Content.Slots().Count();

    /// <summary>The variables that have a value here, in the order in which they were made.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>keys()</c>.</remarks>
    public IEnumerable<ContextVar> Keys => Content.Slots().Select(slot => slot.Variable);

    /// <summary>The values, in the order of <see cref="Keys"/>.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>values()</c>.</remarks>
    public IEnumerable<object?> Values => Content.Slots().Select(slot => slot.BoxedValue);

    /// <summary>The value of a variable here. Its default is ignored.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>ctx[var]</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="KeyNotFoundException">The variable has no value here.</exception>
    public object? this[ContextVar key] => TryGetValue(key, out var value) ? value : throw NotFound(key);

    /// <summary>The value of a variable here. Its default is ignored.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>ctx[var]</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="variable"/> is null.</exception>
    /// <exception cref="KeyNotFoundException">The variable has no value here (Python: <c>KeyError</c>).</exception>
    public T Get<T>(ContextVar<T> variable) => TryGet(variable, out var value) ? value : throw NotFound(variable);

    /// <summary>The value of a variable here, else <paramref name="fallback"/>. Its default is ignored.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>get(var, default)</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="variable"/> is null.</exception>
    public T Get<T>(ContextVar<T> variable, T fallback) => TryGet(variable, out var value) ? value : fallback;

    /// <summary>Gets the value of a variable here. Its default is ignored.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>get(var)</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="variable"/> is null.</exception>
    public bool TryGet<T>(ContextVar<T> variable, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(variable);

        return variable.TryGetFrom(Content, out value);
    }

    /// <inheritdoc cref="TryGet"/>
    public bool TryGetValue(ContextVar key, out object? value)
    {
        var slot = Find(key);
        value = slot?.BoxedValue;
        return slot is not null;
    }

    /// <summary>Whether a variable has a value here.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>var in ctx</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="variable"/> is null.</exception>
    public bool Contains(ContextVar variable) => Find(variable) is not null;

    bool IReadOnlyDictionary<ContextVar, object?>.ContainsKey(ContextVar key) => Contains(key);

    /// <summary>Whether the same variables have equal values here and there (Python: <c>==</c>).</summary>
    /// <remarks>PEP 567, section "contextvars.Context". Runs the values' own <c>Equals</c>, and lets its exceptions through.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool ContentEquals(Context other)
    {
        ArgumentNullException.ThrowIfNull(other);

        var mine = Content.Slots().ToList();
        var theirs = other.Content.Slots().ToList();
        return mine.Count == theirs.Count
            && mine.Zip(theirs, (left, right) => left == right || (left.Variable == right.Variable && left.HasValueOf(right))).All(same => same);
    }

    /// <summary>The variables and their values at this moment, in the order of <see cref="Keys"/>.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>items()</c>.</remarks>
    public IEnumerator<KeyValuePair<ContextVar, object?>> GetEnumerator() =>
        Content.Slots().Select(slot => new KeyValuePair<ContextVar, object?>(slot.Variable, slot.BoxedValue)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Slot? Find(ContextVar variable)
    {
        ArgumentNullException.ThrowIfNull(variable);

        return Content.Find(variable) is { IsEnded: false } slot ? slot : null;
    }

    private static KeyNotFoundException NotFound(ContextVar variable) => new($"'{variable.Name}' has no value in this Context.");
}
