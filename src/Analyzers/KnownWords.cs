namespace ContextAnalyzers;

/// <summary>Tells which of many names a word of a text is, if it is one of them, without making a string of it.</summary>
internal sealed class KnownWords
{
    private readonly Dictionary<int, string> _names = new();
    private readonly HashSet<string> _sameHash = new();
    private readonly HashFilter _hashes;

    public KnownWords(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var hash = WordReader.HashOf(name);

            if (!_names.TryGetValue(hash, out var other))
                _names.Add(hash, name);
            else if (name != other)
                _sameHash.Add(name);
        }

        _hashes = new HashFilter(_names.Count);

        foreach (var name in _names)
            _hashes.Add(name.Key);
    }

    /// <summary>The name that the word is; null if it is none of them.</summary>
    public string? NameOf(in WordReader words)
    {
        if (!_hashes.MayContain(words.Hash) || !_names.TryGetValue(words.Hash, out var name))
            return null;

        if (words.Is(name))
            return name;

        foreach (var other in _sameHash)
        {
            if (words.Is(other))
                return other;
        }

        return null;
    }
}
