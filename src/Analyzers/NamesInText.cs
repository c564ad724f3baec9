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

        // No span: what it lives in is not part of every compiler. The compiler's own texts are strings already.
        var characters = text.ToString();
        for (var i = 0; i < characters.Length; i++)
        {
            if (!IsPartOfName(characters[i]))
                continue;

            var start = i;
            while (i < characters.Length && IsPartOfName(characters[i]))
                i++;

            if (IsName(characters, start, i - start))
                (places ??= []).Add(start);
        }

        return places;
    }

    private bool IsName(string characters, int start, int length)
    {
        if (length >= _names.Length || _names[length] is not { } candidates)
            return false;

        foreach (var candidate in candidates)
        {
            if (string.CompareOrdinal(characters, start, candidate, 0, length) == 0)
                return true;
        }

        return false;
    }

    private static bool IsPartOfName(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (character > 127 && char.IsLetter(character));
}
