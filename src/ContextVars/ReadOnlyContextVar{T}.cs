using System.Diagnostics.CodeAnalysis;

namespace ContextVars;

/// <summary>The reading half of a <see cref="ContextVar{T}"/>: publish this, and keep <see cref="ContextVar{T}.Set"/> to yourself.</summary>
/// <remarks>Safe for concurrent use. Made by <see cref="ContextVar{T}.AsReadOnly"/>. PEP 567 has no counterpart.
/// The members of <c>default</c> throw <see cref="InvalidOperationException"/>.</remarks>
public readonly struct ReadOnlyContextVar<T> : IEquatable<ReadOnlyContextVar<T>>
{
    private readonly ContextVar<T>? _variable;

    internal ReadOnlyContextVar(ContextVar<T> variable) => _variable = variable;

    /// <inheritdoc cref="ContextVar.Name"/>
    public string Name => Variable.Name;

    /// <inheritdoc cref="ContextVar.HasDefault"/>
    public bool HasDefault => Variable.HasDefault;

    /// <inheritdoc cref="ContextVar.IsSet"/>
    public bool IsSet => Variable.IsSet;

    /// <inheritdoc cref="ContextVar{T}.Value"/>
    public T Value => Variable.Get();

    private ContextVar<T> Variable =>
        _variable ?? throw new InvalidOperationException($"default(ReadOnlyContextVar<{typeof(T).Name}>) is no view of a variable.");

    /// <inheritdoc cref="ContextVar{T}.Get()"/>
    public T Get() => Variable.Get();

    /// <inheritdoc cref="ContextVar{T}.Get(T)"/>
    public T Get(T fallback) => Variable.Get(fallback);

    /// <inheritdoc cref="ContextVar{T}.TryGet"/>
    public bool TryGet([MaybeNullWhen(false)] out T value) => Variable.TryGet(out value);

    /// <inheritdoc cref="ContextVar{T}.ToString"/>
    public override string ToString() => _variable?.ToString() ?? "";

    /// <summary>Whether both are views of the same variable.</summary>
    public bool Equals(ReadOnlyContextVar<T> other) => _variable == other._variable;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ReadOnlyContextVar<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _variable?.GetHashCode() ?? 0;

    /// <summary>Whether both are views of the same variable.</summary>
    public static bool operator ==(ReadOnlyContextVar<T> left, ReadOnlyContextVar<T> right) => left.Equals(right);

    /// <summary>Whether they are views of different variables.</summary>
    public static bool operator !=(ReadOnlyContextVar<T> left, ReadOnlyContextVar<T> right) => !left.Equals(right);
}
