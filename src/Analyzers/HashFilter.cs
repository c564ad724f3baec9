namespace ContextAnalyzers;

/// <summary>A Bloom filter with two bits for each hash: it tells in no time that something is not there, and errs the other way in one case of twenty.</summary>
internal readonly struct HashFilter
{
    private readonly ulong[] _bits;

    /// <param name="capacity">How many hashes are expected.</param>
    public HashFilter(int capacity)
    {
        var length = 4;

        while (length * 16 < capacity)
            length *= 2;

        _bits = new ulong[length];
    }

    public void Add(int hash)
    {
        _bits[First(hash)] |= 1UL << hash;
        _bits[Second(hash)] |= 1UL << (hash >> 6);
    }

    public bool MayContain(int hash) => (_bits[First(hash)] >> hash & _bits[Second(hash)] >> (hash >> 6) & 1) != 0;

    private int First(int hash) => hash >> 12 & _bits.Length - 1;

    private int Second(int hash) => hash >> 20 & _bits.Length - 1;
}
