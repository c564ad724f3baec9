using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The cheap question before the dear one: do the names in a body lead to state at all? Bodies that do not are never bound.</summary>
internal sealed class StateNames
{
    private readonly HashSet<string> _visible = new() { "ThreadLocal", "GetData", "SetData" };
    private readonly HashSet<(string Name, string Type)> _private = new();
    private readonly HashSet<string> _holders = new();
    private readonly Dictionary<string, List<SyntaxNode>> _bodies = new();
    private readonly ConcurrentDictionary<(string, int), bool> _reaching = new();

    public StateNames(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var names = DeclaredNames.Of(tree);
            _holders.UnionWith(names.Holders);

            foreach (var (name, type) in names.State)
            {
                if (type is null)
                    _visible.Add(name);
                else
                    _private.Add((name, type));
            }

            foreach (var (name, body) in names.Bodies)
            {
                if (!_bodies.TryGetValue(name, out var bodies))
                    _bodies.Add(name, bodies = new List<SyntaxNode>(1));

                bodies.Add(body);
            }
        }
    }

    /// <summary>Whether a body names state, or names something that, within a budget of calls, does.</summary>
    public bool Reach(SyntaxNode body, int budget)
    {
        var type = OutermostType(body);

        foreach (var token in body.DescendantTokens())
        {
            if (NameOf(token) is not { } name)
                continue;

            if (_visible.Contains(name) || _private.Contains((name, type)) || (_holders.Contains(name) && IsPartOfTarget(token)))
                return true;

            if (budget > 0 && Reach(name, budget))
                return true;
        }

        return false;
    }

    private static string OutermostType(SyntaxNode body)
    {
        var name = "";

        for (var node = body.Parent; node is not null; node = node.Parent)
        {
            if (node is TypeDeclarationSyntax type)
                name = type.Identifier.ValueText;
        }

        return name;
    }

    /// <summary><c>Name.Part = value</c></summary>
    private static bool IsPartOfTarget(SyntaxToken name)
    {
        var node = name.Parent;

        while (node?.Parent is MemberAccessExpressionSyntax)
            node = node.Parent;

        return node is MemberAccessExpressionSyntax && node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node;
    }

    /// <summary>Every call costs, so the budget ends mutual recursion.</summary>
    private bool Reach(string name, int budget)
    {
        if (!_bodies.TryGetValue(name, out var bodies))
            return false;

        if (_reaching.TryGetValue((name, budget), out var known))
            return known;

        var reaches = false;

        foreach (var body in bodies)
        {
            var rest = budget - CallBudget.CostOf(body);

            if (reaches = rest >= 0 && Reach(body, rest))
                break;
        }

        _reaching.TryAdd((name, budget), reaches);
        return reaches;
    }

    private static string? NameOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.IdentifierToken => token.ValueText,
        SyntaxKind.OpenBracketToken when token.Parent is { RawKind: (int)SyntaxKind.BracketedArgumentList } => DeclaredNames.Indexer,
        _ => null,
    };
}
