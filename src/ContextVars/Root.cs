namespace ContextVars;

/// <summary>All variables of one flow, as an immutable radix map from a variable's index to its slot.</summary>
/// <remarks>
/// One <see cref="AsyncLocal{T}"/> for all variables: an <c>await</c> or a fork copies one reference however many are set, and a
/// Set copies one path of arrays, each no longer than its highest used index needs.
/// </remarks>
internal sealed class Root
{
    private const int Bits = 5;
    private const int Width = 1 << Bits;

    private static readonly AsyncLocal<Root?> Local = new();
    private static readonly Root Empty = new([], shift: 0, version: 0);

    private readonly object?[] _items;
    private readonly int _shift;

    private Root(object?[] items, int shift, int version)
    {
        _items = items;
        _shift = shift;
        Version = version;
    }

    /// <summary>The root of the current flow.</summary>
    public static Root Current
    {
        get => Local.Value ?? Empty;
        set => Local.Value = value;
    }

    /// <summary>One more than that of the root it was made from.</summary>
    public int Version { get; }

    public Slot? Find(int index)
    {
        if (index >> _shift >= _items.Length)
            return null;

        var items = _items;
        for (var shift = _shift; shift > 0; shift -= Bits)
        {
            var position = (index >> shift) & (Width - 1);
            if (position >= items.Length || items[position] is not object?[] below)
                return null;

            items = below;
        }

        var last = index & (Width - 1);
        return last < items.Length ? (Slot?)items[last] : null;
    }

    /// <summary>The map with another slot at that index, or none.</summary>
    public Root With(int index, Slot? slot)
    {
        var (items, shift) = (_items, _shift);
        for (; index >> shift >= Width; shift += Bits)
            items = [items];

        return new Root(With(items, shift, index, slot), shift, Version + 1);
    }

    private static object?[] With(object?[] items, int shift, int index, Slot? slot)
    {
        var position = (index >> shift) & (Width - 1);
        var copy = new object?[Math.Max(items.Length, position + 1)];
        items.CopyTo(copy, 0);
        copy[position] = shift == 0 ? slot : With((object?[]?)copy[position] ?? [], shift - Bits, index, slot);
        return copy;
    }
}
