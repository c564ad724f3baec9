using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The cheap question before the dear one: do the names in a body lead to state at all? Bodies that do not are never bound.</summary>
internal sealed class StateNames
{
    private readonly Dictionary<string, List<DeclaredState>> _state = new();
    private readonly Dictionary<string, List<DeclaredBody>> _bodies = new();
    private readonly HashSet<string> _types = new();
    private readonly HashSet<string> _structs = new();
    private readonly HashSet<string> _otherFields = new();
    private readonly bool _hasUsingStatic;
    private readonly Func<string, bool> _isKnown;
    private readonly ConcurrentDictionary<SyntaxNode, ImmutableArray<Mention>> _mentions = new();
    private readonly ConcurrentDictionary<(string, int, bool), ImmutableArray<DeclaredBody>> _reaching = new();

    public StateNames(Compilation compilation, CancellationToken cancellationToken)
    {
        _isKnown = name => _state.ContainsKey(name) || _bodies.ContainsKey(name);

        foreach (var name in new[] { "ThreadLocal", "GetData", "SetData" })
            Add(_state, name, DeclaredState.OfThreadLocal(name));

        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var names = DeclaredNames.Of(tree);
            _types.UnionWith(names.Types);
            _structs.UnionWith(names.Structs);
            _otherFields.UnionWith(names.OtherFields);
            _hasUsingStatic |= names.HasUsingStatic;

            foreach (var state in names.State)
                Add(_state, state.Name, state);

            foreach (var body in names.Bodies)
                Add(_bodies, body.Name, body);
        }
    }

    /// <summary>Whether a body changes state or uses that of a thread, or names something that, within a budget of calls, does.</summary>
    public bool ReachChange(SyntaxNode body, int budget) => Reach(Mention.In(body, _isKnown), EnclosingTypes.Of(body), budget, readsCount: false);

    /// <summary>The same for bodies that only read state too: what a guard asks is part of what its caller does.</summary>
    public bool Reach(SyntaxNode body, int budget) => Reach(Mention.In(body, _isKnown), EnclosingTypes.Of(body), budget, readsCount: true);

    private bool Reach(IEnumerable<Mention> mentions, EnclosingTypes types, int budget, bool readsCount)
    {
        foreach (var mention in mentions)
        {
            if (IsPartOfUnknownType(mention) || IsState(mention, types, readsCount) || ReachesThroughCall(mention, types, budget, readsCount))
                return true;
        }

        return false;
    }

    /// <summary>Static state of a referenced assembly shows by how it is used.</summary>
    private bool IsPartOfUnknownType(Mention mention) =>
        mention is { Kind: MentionKind.Qualified, Use: MentionUse.Assigned or MentionUse.Unwrapped, Qualifier: { Length: > 0 } qualifier }
        && char.IsUpper(qualifier[0])
        && !_types.Contains(qualifier)
        && !_otherFields.Contains(qualifier)
        && !_bodies.ContainsKey(qualifier);

    private bool IsState(Mention mention, EnclosingTypes types, bool readsCount)
    {
        if (!_state.TryGetValue(mention.Name, out var candidates))
            return false;

        foreach (var state in candidates)
        {
            if (IsTouched(state, mention.Use, readsCount) && (state.Outermost is null || state.Outermost == types.Outermost) && CanMean(mention, state.Scope, state.Type, types))
                return true;
        }

        return false;
    }

    private bool IsTouched(DeclaredState state, MentionUse use, bool readsCount) => state.Shape switch
    {
        StateShape.ThreadBound => true,
        StateShape.Replaceable => readsCount
            || use is MentionUse.Assigned or MentionUse.Changed
            || (use is MentionUse.Qualifier && state.ValueType is { } type && _structs.Contains(type)),
        StateShape.Collection => use is MentionUse.Assigned or MentionUse.Changed,
        _ => use is MentionUse.Assigned,
    };

    private bool ReachesThroughCall(Mention mention, EnclosingTypes types, int budget, bool readsCount)
    {
        if (budget <= 0)
            return false;

        foreach (var body in Reaching(mention.Name, budget, readsCount))
        {
            if ((mention.Arguments < 0 || (mention.Arguments >= body.MinArguments && mention.Arguments <= body.MaxArguments))
                && CanMean(mention, body.Scope, body.Type, types))
                return true;
        }

        return false;
    }

    /// <summary>The bodies of a name that lead to state. Every call costs, so the budget ends mutual recursion.</summary>
    private ImmutableArray<DeclaredBody> Reaching(string name, int budget, bool readsCount)
    {
        if (!_bodies.TryGetValue(name, out var bodies))
            return ImmutableArray<DeclaredBody>.Empty;

        if (_reaching.TryGetValue((name, budget, readsCount), out var known))
            return known;

        var reaching = ImmutableArray.CreateBuilder<DeclaredBody>();

        foreach (var body in bodies)
        {
            var rest = budget - CallBudget.CostOf(body.Node);

            // Asked once for every budget, so its names are read once and kept.
            if (rest >= 0 && Reach(_mentions.GetOrAdd(body.Node, node => Mention.In(node, _isKnown).ToImmutableArray()), EnclosingTypes.Of(body.Node), rest, readsCount))
                reaching.Add(body);
        }

        return _reaching.GetOrAdd((name, budget, readsCount), reaching.ToImmutable());
    }

    /// <summary>Whether a name can mean a member, by where it stands and where the member is declared.</summary>
    private bool CanMean(Mention mention, MemberScope scope, string type, EnclosingTypes types) => mention.Kind switch
    {
        _ when scope == MemberScope.Type => mention.Kind != MentionKind.OfObject && mention.Use != MentionUse.Qualifier,
        _ when scope == MemberScope.Constructor => mention.Kind != MentionKind.OfObject && mention.Arguments >= 0,
        MentionKind.OfObject => scope != MemberScope.Static,
        MentionKind.Qualified => scope != MemberScope.Static || _types.Contains(mention.Qualifier!),
        _ => types.Inherit(type) || (_hasUsingStatic && scope != MemberScope.Instance),
    };

    private static void Add<T>(Dictionary<string, List<T>> map, string name, T value)
    {
        if (!map.TryGetValue(name, out var values))
            map.Add(name, values = new List<T>(1));

        values.Add(value);
    }

    /// <summary>The types around a body: whose members it can name without saying more.</summary>
    private readonly record struct EnclosingTypes(ImmutableArray<string> Names, bool HaveBases)
    {
        public string? Outermost => Names.IsEmpty ? null : Names[Names.Length - 1];

        public static EnclosingTypes Of(SyntaxNode body)
        {
            var names = ImmutableArray.CreateBuilder<string>();
            var haveBases = false;

            for (var node = body.Parent; node is not null; node = node.Parent)
            {
                if (node is TypeDeclarationSyntax type)
                {
                    names.Add(type.Identifier.ValueText);

                    // Another part of a partial type may name a base.
                    haveBases |= type.BaseList is not null || type.Modifiers.Any(Microsoft.CodeAnalysis.CSharp.SyntaxKind.PartialKeyword);
                }
            }

            return new EnclosingTypes(names.ToImmutable(), haveBases);
        }

        public bool Inherit(string type) => HaveBases || Names.Contains(type);
    }
}
