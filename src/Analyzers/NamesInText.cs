using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Where a file names one of a few names. Told by its text, so that code which names none of them costs a look at its words and no node.</summary>
internal sealed class NamesInText
{
    private static readonly List<int> Nowhere = new(0);

    private readonly (string Name, int Hash)[] _names;

    public NamesInText(IEnumerable<string> names) => _names = names
        .Where(static name => name.Length > 0) // Unfinished code declares members without.
        .Distinct()
        .Select(static name => (name, WordReader.HashOf(name)))
        .ToArray();

    /// <summary>The identifiers, in the order they stand in. What only looks like one in a comment or a string is none.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="mayMatter">Whether a name in the text is of interest; if it is not, its node is not asked for.</param>
    public IEnumerable<SyntaxToken> In(SyntaxTree tree, CancellationToken cancellationToken, Func<string, TextSpan, bool>? mayMatter = null) =>
        PlacesIn(tree, mayMatter) is { Count: > 0 } places ? IdentifiersAt(places, tree, cancellationToken) : [];

    /// <summary>Whether a file has any of the names, in comments and strings too. Most have none.</summary>
    public bool AreIn(SyntaxTree tree)
    {
        var text = FileText.Of(tree);

        return AreIn(text, new TextSpan(0, text.Characters.Length));
    }

    /// <summary>Whether a node has any of them.</summary>
    public bool AreIn(SyntaxNode node) => AreIn(FileText.Of(node.SyntaxTree), node.Span);

    /// <summary>Where the names begin, in comments and strings too.</summary>
    public List<int> PlacesIn(SyntaxTree tree, Func<string, TextSpan, bool>? mayMatter = null)
    {
        var text = FileText.Of(tree);
        var characters = text.Characters;
        List<int>? places = null;

        foreach (var (name, hash) in _names)
        {
            if (!text.MayHave(hash))
                continue;

            for (var place = IndexOf(name, characters, 0, characters.Length); place >= 0; place = IndexOf(name, characters, place + name.Length, characters.Length))
            {
                if (mayMatter?.Invoke(characters, new TextSpan(place, name.Length)) != false)
                    (places ??= new(16)).Add(place);
            }
        }

        places?.Sort();
        return places ?? Nowhere;
    }

    private bool AreIn(FileText text, TextSpan span)
    {
        foreach (var (name, hash) in _names)
        {
            if (text.MayHave(hash) && IndexOf(name, text.Characters, span.Start, span.End) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Where a name next stands by itself, and not as a part of another; negative if it does not.</summary>
    private static int IndexOf(string name, string text, int start, int end)
    {
        int place;

        while ((place = text.IndexOf(name, start, end - start, StringComparison.Ordinal)) >= 0 && (IsPartOfName(text, place - 1) || IsPartOfName(text, place + name.Length)))
            start = place + name.Length;

        return place;
    }

    private static bool IsPartOfName(string text, int position) => position >= 0 && position < text.Length && WordReader.IsPartOfName(text[position]);

    private static IEnumerable<SyntaxToken> IdentifiersAt(List<int> places, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            var token = tree.GetRoot(cancellationToken).FindToken(place);

            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(place))
                yield return token;
        }
    }
}
