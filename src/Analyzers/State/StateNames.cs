using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.State;

/// <summary>The cheap question before the dear one: do the names in a body lead to state at all? Bodies that do not are never bound.</summary>
internal sealed class StateNames
{
    private readonly HashSet<string> _state = new() { "ThreadLocal", "GetData", "SetData" };
    private readonly Dictionary<string, List<SyntaxNode>> _bodies = new();
    private readonly ConcurrentDictionary<(string, int), bool> _reaching = new();

    public StateNames(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var names = DeclaredNames.Of(tree);
            _state.UnionWith(names.State);

            foreach (var (name, body) in names.Bodies)
            {
                if (!_bodies.TryGetValue(name, out var bodies))
                    _bodies.Add(name, bodies = new List<SyntaxNode>(1));

                bodies.Add(body);
            }
        }
    }

    /// <summary>Whether a body names state, or names something that, by at most so many calls, does.</summary>
    public bool Reach(SyntaxNode body, int depth)
    {
        foreach (var token in body.DescendantTokens())
        {
            if (NameOf(token) is { } name && (_state.Contains(name) || (depth > 0 && Reach(name, depth - 1))))
                return true;
        }

        return false;
    }

    /// <summary>Fewer calls lead to a subset of the names, so the depth ends mutual recursion.</summary>
    private bool Reach(string name, int depth)
    {
        if (!_bodies.TryGetValue(name, out var bodies))
            return false;

        if (_reaching.TryGetValue((name, depth), out var known))
            return known;

        var reaches = false;

        foreach (var body in bodies)
        {
            if (reaches = Reach(body, depth))
                break;
        }

        _reaching.TryAdd((name, depth), reaches);
        return reaches;
    }

    private static string? NameOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.IdentifierToken => token.ValueText,
        SyntaxKind.OpenBracketToken when token.Parent is { RawKind: (int)SyntaxKind.BracketedArgumentList } => DeclaredNames.Indexer,
        _ => null,
    };
}
