using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Reads the words of a text, keywords and names alike, and those in comments and strings. No strings are made.</summary>
internal struct WordReader(string text, TextSpan span)
{
    public const int NoHash = unchecked((int)2166136261);

    private int _position = span.Start;

    public TextSpan Word { get; private set; }

    public int Hash { get; private set; }

    public bool Read()
    {
        while (_position < span.End && !IsPartOfName(text[_position]))
            _position++;

        var start = _position;
        Hash = NoHash;

        for (; _position < span.End && text[_position] is var character && IsPartOfName(character); _position++)
            Hash = Add(Hash, character);

        Word = TextSpan.FromBounds(start, _position);
        return !Word.IsEmpty;
    }

    public readonly bool Is(string name)
    {
        if (name.Length != Word.Length)
            return false;

        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != text[Word.Start + i])
                return false;
        }

        return true;
    }

    /// <summary>FNV-1a: names that people give hardly ever share a value of it.</summary>
    public static int Add(int hash, char character) => unchecked((hash ^ character) * 16777619);

    public static bool IsPartOfName(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (character > 127 && char.IsLetter(character));
}
