using System.Buffers;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Where a file names one of a few names. Told by its text, so that a file which names none of them costs a read of its characters and nothing else.</summary>
internal sealed class NamesInText
{
    /// <summary>The names by their length.</summary>
    private readonly string[]?[] _names;

    public NamesInText(IEnumerable<string> names)
    {
        var byLength = names.Where(static name => name.Length > 0).Distinct().ToLookup(static name => name.Length);
        _names = new string[]?[byLength.Select(static group => group.Key).DefaultIfEmpty().Max() + 1];
        foreach (var group in byLength)
            _names[group.Key] = [.. group];
    }

    /// <summary>The identifiers, in the order they stand in. What only looks like one in a comment or a string is none.</summary>
    public IEnumerable<SyntaxToken> In(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Places(tree.GetText(cancellationToken)) is not { } places)
            yield break;

        var root = tree.GetRoot(cancellationToken);
        foreach (var place in places)
        {
            var token = root.FindToken(place);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(place))
                yield return token;
        }
    }

    private List<int>? Places(SourceText text)
    {
        List<int>? places = null;
        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, characters, 0, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsPartOfName(characters[i]))
                continue;

            var start = i;
            while (i < text.Length && IsPartOfName(characters[i]))
                i++;

            if (IsName(characters.AsSpan(start, i - start)))
                (places ??= []).Add(start);
        }

        ArrayPool<char>.Shared.Return(characters);

        return places;
    }

    private bool IsName(ReadOnlySpan<char> word)
    {
        if (word.Length >= _names.Length || _names[word.Length] is not { } candidates)
            return false;

        foreach (var candidate in candidates)
        {
            if (word.SequenceEqual(candidate.AsSpan()))
                return true;
        }

        return false;
    }

    private static bool IsPartOfName(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (character > 127 && char.IsLetter(character));
}
