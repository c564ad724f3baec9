using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Reads the words of a text, keywords and names alike, and those in comments and strings. No strings are made.</summary>
internal struct WordReader(string text, TextSpan span)
{
    public const int NoHash = unchecked((int)2166136261);

    /// <summary>AggressiveOptimization, which .NET Standard does not name. A compiler that runs once has read all files before the runtime finds out where it would be worth it.</summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;

    private readonly int _end = span.End;
    private int _position = span.Start;
    private int _start;

    public readonly TextSpan Word => TextSpan.FromBounds(_start, _position);

    public int Hash { get; private set; }

    [MethodImpl(Optimized)]
    public bool Read()
    {
        var (position, end) = (_position, _end);

        while (position < end && !IsPartOfName(text[position]))
            position++;

        var start = position;
        var hash = NoHash;

        for (; position < end && text[position] is var character && IsPartOfName(character); position++)
            hash = Add(hash, character);

        (_start, _position, Hash) = (start, position, hash);
        return position > start;
    }

    public readonly bool Is(string name) => name.Length == _position - _start && string.CompareOrdinal(name, 0, text, _start, name.Length) == 0;

    public static int HashOf(string name)
    {
        var hash = NoHash;

        foreach (var character in name)
            hash = Add(hash, character);

        return hash;
    }

    /// <summary>FNV-1a: names that people give hardly ever share a value of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Add(int hash, char character) => unchecked((hash ^ character) * 16777619);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPartOfName(char character) =>
        (uint)((character | 0x20) - 'a') <= 'z' - 'a' || (uint)(character - '0') <= 9 || character == '_' || (character > 127 && SyntaxFacts.IsIdentifierPartCharacter(character));
}
