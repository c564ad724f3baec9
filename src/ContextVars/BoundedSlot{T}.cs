using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>A Set that can end for every flow that has inherited it. The value lies in a box of its own, so that a reader on
/// another thread gets the whole value or none.</summary>
internal sealed class BoundedSlot<T>(ContextVar<T> variable, T value, int depth) : Slot<T>(variable, default!, depth)
{
    private volatile StrongBox<T>? _box = new(value);

    public override bool IsEnded => _box is null;

    public override bool TryGet([MaybeNullWhen(false)] out T current)
    {
        if (_box is { } box)
        {
            current = box.Value!;
            return true;
        }

        current = default;
        return false;
    }

    public override void End() => _box = null;
}
