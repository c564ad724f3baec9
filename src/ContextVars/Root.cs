using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>All variables of one flow, as an immutable radix map from a variable's index to its slot.</summary>
/// <remarks>
/// One <see cref="AsyncLocal{T}"/> for all variables: an <c>await</c> or a fork copies one reference however many are set, and a
/// Set copies one path of arrays, each no longer than its highest used index needs. A slot that is alone needs no array.
/// </remarks>
internal sealed class Root
{
    public static readonly Root Empty = new(Array.Empty<object?>(), shift: 0, owner: null);

    private const int Bits = 5;
    private const int Width = 1 << Bits;

    /// <summary>The shift of a root whose node is its only slot.</summary>
    private const int Lone = -1;

    private static readonly AsyncLocal<Root?> Local = new();

    private readonly object _node;
    private readonly int _shift;

    private Root(object node, int shift, Context? owner)
    {
        _node = node;
        _shift = shift;
        Owner = owner;
    }

    /// <summary>The root of the current flow.</summary>
    public static Root Current
    {
        get => Local.Value ?? Empty;
        set => Local.Value = value == Empty ? null : value;
    }

    /// <summary>The context that the flow was started in by <see cref="Context.Run(Action)"/>; null outside of any.</summary>
    public Context? Owner { get; }

    private object?[] Items => Reinterpret.As<object?[]>(_node);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot? Find(ContextVar variable)
    {
        if (_shift != Lone)
            return Find(variable.Index);

        var slot = Reinterpret.As<Slot>(_node);
        return slot.Variable == variable ? slot : null;
    }

    /// <summary>The map with that slot at its variable's index.</summary>
    public Root With(Slot slot)
    {
        var items = Array.Empty<object?>();
        var shift = 0;
        if (_shift != Lone)
            (items, shift) = (Items, _shift);
        else if (Reinterpret.As<Slot>(_node) is var lone && lone.Variable != slot.Variable)
            Put(lone, ref items, ref shift);

        if (items.Length == 0)
            return new Root(slot, Lone, Owner);

        Put(slot, ref items, ref shift);
        return new Root(items, shift, Owner);
    }

    /// <summary>The map with nothing at the variable's index.</summary>
    public Root Without(ContextVar variable)
    {
        if (Find(variable) is null)
            return this;

        var items = _shift == Lone ? [] : Removed(Items, _shift, variable.Index);
        return items.Length == 0 ? Empty.OwnedBy(Owner) : new Root(items, _shift, Owner);
    }

    public Root OwnedBy(Context? owner) => owner == Owner ? this : new Root(_node, _shift, owner);

    /// <summary>The slots that have a value, in the order in which their variables were made.</summary>
    public List<Slot> Slots()
    {
        var slots = new List<Slot>();
        Collect(_node, slots);
        return slots;
    }

    private static void Collect(object? node, List<Slot> slots)
    {
        switch (node)
        {
            case Slot { IsEnded: false } slot:
                slots.Add(slot);
                break;
            case object?[] items:
                foreach (var item in items)
                    Collect(item, slots);
                break;
        }
    }

    private Slot? Find(int index)
    {
        var items = Items;
        var shift = _shift;
        var position = index >> shift;
        while ((uint)position < (uint)items.Length && items[position] is { } node)
        {
            if (shift == 0)
                return Reinterpret.As<Slot>(node);

            items = Reinterpret.As<object?[]>(node);
            shift -= Bits;
            position = (index >> shift) & (Width - 1);
        }

        return null;
    }

    private static void Put(Slot slot, ref object?[] items, ref int shift)
    {
        var index = slot.Variable.Index;
        for (; index >> shift >= Width; shift += Bits)
        {
            if (items.Length > 0)
                items = [items];
        }

        items = Replaced(items, shift, index, slot);
    }

    private static object?[] Replaced(object?[] items, int shift, int index, Slot slot)
    {
        var position = (index >> shift) & (Width - 1);
        var copy = new object?[Math.Max(items.Length, position + 1)];
        Array.Copy(items, copy, items.Length);
        copy[position] = shift == 0 ? slot : Replaced((object?[]?)copy[position] ?? [], shift - Bits, index, slot);
        return copy;
    }

    private static object?[] Removed(object?[] items, int shift, int index)
    {
        var position = (index >> shift) & (Width - 1);
        var below = shift == 0 ? [] : Removed((object?[])items[position]!, shift - Bits, index);

        var length = items.Length;
        if (below.Length == 0 && position == length - 1)
        {
            do
                length--;
            while (length > 0 && items[length - 1] is null);
        }

        if (length == 0)
            return [];

        var copy = new object?[length];
        Array.Copy(items, copy, length);
        if (position < length)
            copy[position] = below.Length == 0 ? null : below;

        return copy;
    }
}
