using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Reads the words of a text, keywords and names alike, and those in comments and strings. No strings are made.</summary>
internal struct WordReader(string text, TextSpan span)
{
    public const int NoHash = unchecked((int)2166136261);

    /// <summary>AggressiveOptimization, which .NET Standard does not name. A compiler that runs once has read all files before the runtime finds out where it would be worth it.</summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;

    private int _position = span.Start;

    public TextSpan Word { get; private set; }

    public int Hash { get; private set; }

    [MethodImpl(Optimized)]
    public bool Read()
    {
        var (position, end) = (_position, span.End);

        while (position < end && !IsPartOfName(text[position]))
            position++;

        var start = position;
        var hash = NoHash;

        for (; position < end && text[position] is var character && IsPartOfName(character); position++)
            hash = Add(hash, character);

        (_position, Hash, Word) = (position, hash, TextSpan.FromBounds(start, position));
        return position > start;
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
        (uint)((character | 0x20) - 'a') <= 'z' - 'a' || (uint)(character - '0') <= 9 || character == '_' || (character > 127 && char.IsLetter(character));
}
