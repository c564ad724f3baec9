using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Where a file names one of some names. Told by its text, so that code which names none of them costs a read of its characters and no node.</summary>
internal sealed class NamesInText
{
    private static readonly List<int> Nowhere = new(0);

    private readonly Dictionary<int, string> _names = new();
    private readonly HashSet<string> _sameHash = new();
    private readonly HashFilter _hashes;

    public NamesInText(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var hash = HashOf(name);

            if (!_names.TryGetValue(hash, out var other))
                _names.Add(hash, name);
            else if (name != other)
                _sameHash.Add(name);
        }

        _hashes = new HashFilter(_names.Count);

        foreach (var name in _names)
            _hashes.Add(name.Key);
    }

    /// <summary>The identifiers, in the order they stand in. What only looks like one in a comment or a string is none.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="mayMatter">Whether a name in the text is of interest; if it is not, its node is not asked for.</param>
    public IEnumerable<SyntaxToken> In(SyntaxTree tree, CancellationToken cancellationToken, Func<string, TextSpan, bool>? mayMatter = null) =>
        PlacesIn(tree, mayMatter) is { Count: > 0 } places ? IdentifiersAt(places, tree, cancellationToken) : [];

    /// <summary>Whether the file may have any of the names, in comments and strings too; most have none, and then it is false.</summary>
    public bool MayBeIn(SyntaxTree tree) => MayBeIn(FileText.Of(tree));

    /// <summary>Where the names begin, in comments and strings too.</summary>
    public List<int> PlacesIn(SyntaxTree tree, Func<string, TextSpan, bool>? mayMatter = null)
    {
        var text = FileText.Of(tree);
        List<int>? places = null;

        if (!MayBeIn(text))
            return Nowhere;

        for (var words = new WordReader(text.Characters, new TextSpan(0, text.Characters.Length)); words.Read();)
        {
            if (NameOf(words) is not null && mayMatter?.Invoke(text.Characters, words.Word) != false)
                (places ??= new(16)).Add(words.Word.Start);
        }

        return places ?? Nowhere;
    }

    /// <summary>Whether the text of a node has any of the names, in comments and strings too.</summary>
    public bool AreIn(SyntaxNode node)
    {
        var text = FileText.Of(node.SyntaxTree);

        if (!MayBeIn(text))
            return false;

        for (var words = new WordReader(text.Characters, node.Span); words.Read();)
        {
            if (NameOf(words) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The name that a word is; null if it is none of them.</summary>
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

    private static IEnumerable<SyntaxToken> IdentifiersAt(List<int> places, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            var token = tree.GetRoot(cancellationToken).FindToken(place);

            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(place))
                yield return token;
        }
    }

    private bool MayBeIn(FileText text)
    {
        foreach (var name in _names)
        {
            if (text.MayHave(name.Key))
                return true;
        }

        return false;
    }

    private static int HashOf(string name)
    {
        var hash = WordReader.NoHash;

        foreach (var character in name)
            hash = WordReader.Add(hash, character);

        return hash;
    }
}
