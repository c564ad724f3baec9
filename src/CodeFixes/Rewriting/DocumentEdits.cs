using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>What a plan does to one file: which nodes become what, decided before the first is changed.</summary>
/// <remarks>An edit is given its node as the edits inside it have left it.</remarks>
internal sealed class DocumentEdits(CompilationUnitSyntax root)
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _nodes = new();
    private readonly Dictionary<SyntaxNode, Dictionary<int, Func<StatementSyntax, IEnumerable<StatementSyntax>>>> _lists = new();
    private readonly Dictionary<SyntaxNode, HashSet<string>> _names = new();
    private readonly SortedSet<string> _namespaces = new(StringComparer.Ordinal);

    public CompilationUnitSyntax Root => root;

    public SyntaxTrivia NewLine { get; } = LineEndings.Of(root);

    public void Import(string @namespace) => _namespaces.Add(@namespace);

    /// <summary>A name for a new local that the member around a place does not use yet: the first, or the other with a number behind it if it takes one.</summary>
    public string NewName(SyntaxNode place, string first, string other)
    {
        var member = Function.MemberOf(place);
        if (!_names.TryGetValue(member, out var taken))
            _names[member] = taken = [.. member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];

        var name = new[] { first, other }.Concat(Enumerable.Range(2, 1000).Select(number => other + number))
            .First(candidate => !taken.Contains(candidate) && SyntaxFacts.GetKeywordKind(candidate) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(candidate) == SyntaxKind.None);
        taken.Add(name);

        return name;
    }

    public void Replace(SyntaxNode node, Func<SyntaxNode, SyntaxNode> edit) => _nodes[node] = edit;

    /// <summary>Puts any number of statements in the place of one that stands in a list.</summary>
    public void Replace(StatementSyntax statement, Func<StatementSyntax, IEnumerable<StatementSyntax>> edit)
    {
        var list = StatementList.Of(statement)!.Value;
        if (!_lists.TryGetValue(list.Owner, out var edits))
        {
            _lists[list.Owner] = edits = new();
            _nodes[list.Owner] = owner => Splice(owner, edits);
        }

        edits[list.IndexOf(statement)] = edit;
    }

    public void Remove(StatementSyntax statement) => Replace(statement, static _ => []);

    public SyntaxNode Apply()
    {
        var changed = root.ReplaceNodes(_nodes.Keys, (original, current) => _nodes[original](current));
        foreach (var name in _namespaces)
            changed = UsingDirectives.Add(changed, name, NewLine.ToString());

        return changed;
    }

    private static SyntaxNode Splice(SyntaxNode owner, Dictionary<int, Func<StatementSyntax, IEnumerable<StatementSyntax>>> edits)
    {
        var list = StatementList.In(owner);
        var result = new List<StatementSyntax>();
        SyntaxTriviaList? left = null;
        foreach (var (statement, index) in list.Statements.Select((statement, index) => (statement, index)))
        {
            // What a removed statement stood under, a comment or a blank line, the next one stands under.
            var current = left is { } leading ? statement.WithLeadingTrivia(leading.AddRange(FromFirstComment(statement.GetLeadingTrivia()))) : statement;
            var replacements = edits.TryGetValue(index, out var edit) ? edit(current).ToList() : [current];
            left = replacements.Count == 0 ? current.GetLeadingTrivia() : null;
            result.AddRange(replacements);
        }

        return list.With(result, list.End);
    }

    private static IEnumerable<SyntaxTrivia> FromFirstComment(SyntaxTriviaList trivia) =>
        trivia.SkipWhile(static first => first.IsKind(SyntaxKind.EndOfLineTrivia) || first.IsKind(SyntaxKind.WhitespaceTrivia));
}
