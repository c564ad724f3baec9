using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>All variables of one flow, immutable: a <see cref="Map"/>, or just the slot where there is only one.</summary>
/// <remarks>One <see cref="AsyncLocal{T}"/> for all variables: an <c>await</c> or a fork copies one reference, however many are set.</remarks>
internal abstract class Root(ContextVar? variable)
{
    // Of object, since a cast to a class with subclasses would be checked on every read.
    private static readonly AsyncLocal<object?> Local = new();

    /// <summary>The root of the current flow.</summary>
    public static Root Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Local.Value is { } root ? Reinterpret.As<Root>(root) : Map.None;
        set => Local.Value = value == Map.None ? null : value;
    }

    /// <summary>The context that the flow was started in by <see cref="Context.Run(Action)"/>; null outside of any.</summary>
    public virtual Context? Owner => null;

    /// <summary>The variable of a root that is a slot; null in a map.</summary>
    protected ContextVar? Only => variable;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot? Find(ContextVar variable)
    {
        if (Only == variable)
            return Reinterpret.As<Slot>(this);

        return Only is null ? Reinterpret.As<Map>(this).Find(variable.Index) : null;
    }

    /// <summary>The root with that slot for its variable.</summary>
    public abstract Root With(Slot slot);

    /// <summary>The root with nothing for the variable.</summary>
    public abstract Root Without(ContextVar variable);

    public abstract Root OwnedBy(Context? owner);

    /// <summary>The slots that have a value, in the order in which their variables were made.</summary>
    public abstract IEnumerable<Slot> Slots();
}
