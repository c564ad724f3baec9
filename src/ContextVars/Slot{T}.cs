using System.Diagnostics.CodeAnalysis;

namespace ContextVars;

internal class Slot<T>(ContextVar<T> variable, T value, int depth) : Slot(variable, depth)
{
    /// <summary>The value; meaningless in a <see cref="BoundedSlot{T}"/>.</summary>
    public T Value => value;

    public sealed override object? BoxedValue => TryGet(out var current) ? current : null;

    public virtual bool TryGet([MaybeNullWhen(false)] out T current)
    {
        current = value;
        return true;
    }

    public sealed override bool HasValueOf(Slot other) =>
        TryGet(out var mine) && ((Slot<T>)other).TryGet(out var theirs) && EqualityComparer<T>.Default.Equals(mine, theirs);
}
