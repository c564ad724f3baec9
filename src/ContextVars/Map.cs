using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>A radix map from a variable's index to its slot. A Set copies one path of arrays, each no longer than its highest used
/// index needs.</summary>
internal sealed class Map : Root
{
    public static readonly Map None = new([], shift: 0, owner: null);

    private const int Bits = 5;
    private const int Width = 1 << Bits;

    private readonly object?[] _items;
    private readonly int _shift;

    private Map(object?[] items, int shift, Context? owner)
        : base(variable: null)
    {
        _items = items;
        _shift = shift;
        Owner = owner;
    }

    public override Context? Owner { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot? Find(int index)
    {
        var items = _items;
        if (_shift > 0)
            return FindBelow(index);

        return (uint)index < (uint)items.Length && items[index] is { } slot ? Reinterpret.As<Slot>(slot) : null;
    }

    public override Root With(Slot slot) => _items.Length == 0 && Owner is null ? slot : Put(slot);

    /// <summary>As <see cref="With"/>, but a map even of one slot.</summary>
    public Map Put(Slot slot)
    {
        var index = slot.Variable.Index;
        var (items, shift) = (_items, _shift);
        for (; index >> shift >= Width; shift += Bits)
        {
            if (items.Length > 0)
                items = [items];
        }

        return new Map(Replace(items, shift, index, slot), shift, Owner);
    }

    public override Root Without(ContextVar variable)
    {
        if (Find(variable.Index) is null)
            return this;

        var items = Remove(_items, _shift, variable.Index);
        return items.Length == 0 && Owner is null ? Map.None : new Map(items, _shift, Owner);
    }

    public override Root OwnedBy(Context? owner) => owner == Owner ? this : new Map(_items, _shift, owner);

    public override IEnumerable<Slot> Slots() => SlotsIn(_items);

    private static IEnumerable<Slot> SlotsIn(object?[] items) => items.SelectMany(item => item switch
    {
        Slot { IsEnded: false } slot => [slot],
        object?[] below => SlotsIn(below),
        _ => [],
    });

    private Slot? FindBelow(int index)
    {
        var items = _items;
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

    private static object?[] Replace(object?[] items, int shift, int index, Slot slot)
    {
        var position = (index >> shift) & (Width - 1);
        var copy = new object?[Math.Max(items.Length, position + 1)];
        Array.Copy(items, copy, items.Length);
        copy[position] = shift == 0 ? slot : Replace((object?[]?)copy[position] ?? [], shift - Bits, index, slot);
        return copy;
    }

    private static object?[] Remove(object?[] items, int shift, int index)
    {
        var position = (index >> shift) & (Width - 1);
        var below = shift == 0 ? [] : Remove((object?[])items[position]!, shift - Bits, index);

        var length = items.Length;
        if (below.Length == 0 && position == length - 1)
        {
            do
                length--;
            while (length > 0 && items[length - 1] is null);
        }

        var copy = new object?[length];
        Array.Copy(items, copy, length);
        if (position < length)
            copy[position] = below.Length == 0 ? null : below;

        return copy;
    }
}
