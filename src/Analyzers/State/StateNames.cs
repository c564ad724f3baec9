using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.State;

/// <summary>How a body gets at state.</summary>
internal enum StateReach
{
    None,
    ThroughCalls,
    Direct,
}

/// <summary>The cheap question before the dear one: do the names in a body lead to state at all? Bodies that do not are never bound.</summary>
internal sealed class StateNames
{
    private static readonly NamesInText Using = new(["using"]);

    private readonly Dictionary<string, List<DeclaredState>> _state = new();
    private readonly Dictionary<string, List<DeclaredBody>> _bodies = new();
    private readonly Dictionary<string, List<string>> _bases = new();
    private readonly HashSet<string> _types = new();
    private readonly HashSet<string> _structs = new();
    private readonly HashSet<string> _otherValues = new();
    private readonly HashSet<string> _anyResults = new();
    private readonly HashSet<string> _globalUsings = new();
    private readonly Func<string, bool> _isKnown;
    private readonly KnownWords _words;
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _inherited = new();
    private readonly ConcurrentDictionary<SyntaxNode, ImmutableArray<Mention>> _mentions = new();
    private readonly ConcurrentDictionary<(string, int), ImmutableArray<DeclaredBody>> _reaching = new();

    public StateNames(Compilation compilation, CancellationToken cancellationToken)
    {
        _isKnown = name => _state.ContainsKey(name) || _bodies.ContainsKey(name);

        foreach (var name in new[] { "ThreadLocal", "GetData", "SetData", "CurrentThread" })
            Add(_state, name, DeclaredState.OfThreadLocal(name));

        var hasOtherThreadLocals = false;

        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var names = DeclaredNames.Of(tree);
            _types.UnionWith(names.Types);
            _structs.UnionWith(names.Structs);
            _otherValues.UnionWith(names.OtherValues);
            _anyResults.UnionWith(names.AnyResults);
            _globalUsings.UnionWith(names.GlobalStaticUsings);

            foreach (var (type, @base) in names.Bases)
                Add(_bases, type, @base);

            foreach (var state in names.State)
            {
                Add(_state, state.Name, state);
                hasOtherThreadLocals |= state.Scope == MemberScope.Type;
            }

            foreach (var body in names.Bodies)
                Add(_bodies, body.Name, body);
        }

        // Syntax does not tell which members are of a type that only stands for ThreadLocal. Their value has always the same name.
        if (hasOtherThreadLocals)
            Add(_state, "Value", DeclaredState.ValueOfThreadLocal);

        _words = new KnownWords(_state.Keys.Concat(_bodies.Keys).Concat(_types).Concat(_otherValues));
    }

    /// <summary>Whether a method of this name may return a task without saying so.</summary>
    public bool MayReturnAnything(string method) => _anyResults.Contains(method);

    /// <summary>Whether a type is a task, or is called so by a <c>using</c>.</summary>
    public bool MayBeTask(TypeSyntax? type) => Mention.LastNameOf(type) is { } name && (AsyncCode.IsTaskName(name) || IsDerived(name, "Task") || IsDerived(name, "ValueTask"));

    /// <summary>How a body gets to change state or to use that of a thread, calls within a budget included.</summary>
    /// <param name="body">The body.</param>
    /// <param name="budget">How far calls are followed.</param>
    /// <param name="isLeftOut">Whether a lambda in it is of no interest.</param>
    public StateReach OfChange(SyntaxNode body, int budget, Func<AnonymousFunctionExpressionSyntax, bool> isLeftOut) =>
        MayReach(body, budget) ? Reach(Mention.In(body, _isKnown, isLeftOut), Surroundings.Of(body), budget, readsCount: false) : StateReach.None;

    /// <summary>The same for what a call of the body does.</summary>
    public StateReach OfCall(SyntaxNode body, int budget) =>
        MayReach(body, budget) ? Reach(MentionsIn(body), Surroundings.Of(body), budget, readsCount: false) : StateReach.None;

    /// <summary>The same for bodies that read state themselves: what a guard asks is part of what its caller does.</summary>
    public StateReach OfUse(SyntaxNode body, int budget) => Reach(MentionsIn(body), Surroundings.Of(body), budget, readsCount: true);

    /// <summary>The same by characters alone: of most bodies no node is ever asked for.</summary>
    private bool MayReach(SyntaxNode body, int budget)
    {
        var text = FileText.Of(body.SyntaxTree).Characters;
        var span = SpanOf(body);

        for (var words = new WordReader(text, span); words.Read();)
        {
            if (_words.NameOf(words) is { } name ? MayLeadToState(name, words.Word, body, budget) : ChangeInText.MayUseStateOf(text, words.Word))
                return true;
        }

        return (body is ConstructorDeclarationSyntax { Initializer: { } initializer } && Mention.TypeOf(initializer) is { } type && MayLeadToState(type, initializer.ThisOrBaseKeyword.Span, body, budget))
            || (!Reaching(DeclaredNames.Indexer, budget).IsEmpty && text.IndexOf('[', span.Start, span.Length) >= 0);
    }

    private bool MayLeadToState(string name, TextSpan place, SyntaxNode body, int budget)
    {
        if (_state.TryGetValue(name, out var candidates))
        {
            foreach (var state in candidates)
            {
                if (MayTouch(state, FileText.Of(body.SyntaxTree).Characters, place) && (state.Owner.Access != MemberAccess.OutermostType || state.Owner.Outermost == Surroundings.OutermostOf(body)))
                    return true;
            }
        }

        foreach (var reached in Reaching(name, budget))
        {
            if (MayRun(body, reached))
                return true;
        }

        return false;
    }

    /// <summary>Many a body names a type that can be disposed of, as that of a parameter, and leaves it to others to do so.</summary>
    private static bool MayRun(SyntaxNode body, DeclaredBody callee) => callee.Kind != BodyKind.Dispose || Using.AreIn(body);

    /// <summary>What <see cref="IsTouched"/> tells of nodes.</summary>
    private bool MayTouch(DeclaredState state, string text, TextSpan place) => state.Shape switch
    {
        StateShape.ThreadBound => true,
        StateShape.Object => ChangeInText.MayChangePart(text, place),
        _ => IsStruct(state) || ChangeInText.MayChange(text, place),
    };

    /// <summary>Where the names of a body stand. What <c>new()</c> makes may stand in front of it.</summary>
    private static TextSpan SpanOf(SyntaxNode body) =>
        body is AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax && body.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            ? TextSpan.FromBounds(member.SpanStart, body.Span.End)
            : body.Span;

    private StateReach Reach(IEnumerable<Mention> mentions, Surroundings from, int budget, bool readsCount)
    {
        var reach = StateReach.None;

        foreach (var mention in mentions)
        {
            if (IsPartOfUnknownType(mention) || IsState(mention, from, readsCount))
                return StateReach.Direct;

            if (reach == StateReach.None && ReachesThroughCall(mention, from, budget))
                reach = StateReach.ThroughCalls;
        }

        return reach;
    }

    /// <summary>Asked once for every budget, so the names are read once and kept. What a lambda does, whoever runs it does, and not the caller of the body.</summary>
    private ImmutableArray<Mention> MentionsIn(SyntaxNode body) => _mentions.GetOrAdd(body, node => Mention.In(node, _isKnown, static _ => true).ToImmutableArray());

    /// <summary>Static state of a referenced assembly shows by how it is used.</summary>
    private bool IsPartOfUnknownType(Mention mention) =>
        mention is { Kind: MentionKind.Qualified, Use: MentionUse.Assigned or MentionUse.Unwrapped, Qualifier: { Length: > 0 } qualifier }
        && char.IsUpper(qualifier[0])
        && !_types.Contains(qualifier)
        && !_otherValues.Contains(qualifier);

    private bool IsState(Mention mention, Surroundings from, bool readsCount)
    {
        if (!_state.TryGetValue(mention.Name, out var candidates))
            return false;

        foreach (var state in candidates)
        {
            if (IsTouched(state, mention.Use, readsCount) && CanMean(mention, state.Scope, state.Owner, from))
                return true;
        }

        return false;
    }

    private bool IsTouched(DeclaredState state, MentionUse use, bool readsCount) => state.Shape switch
    {
        StateShape.ThreadBound => true,
        StateShape.Replaceable => readsCount
            || use is MentionUse.Assigned or MentionUse.Changed
            || (use is MentionUse.Qualifier && IsStruct(state)),
        StateShape.Collection => use is MentionUse.Assigned or MentionUse.Changed,
        _ => use is MentionUse.Assigned,
    };

    private bool IsStruct(DeclaredState state) => state.ValueType is { } type && _structs.Contains(type);

    private bool ReachesThroughCall(Mention mention, Surroundings from, int budget)
    {
        foreach (var body in Reaching(mention.Name, budget))
        {
            if (body.IsRunBy(mention) && CanMean(mention, body.Scope, body.Owner, from) && MayRun(from.Body, body))
                return true;
        }

        return false;
    }

    /// <summary>The bodies of a name that lead to state. Every call costs, so the budget ends mutual recursion.</summary>
    private ImmutableArray<DeclaredBody> Reaching(string name, int budget)
    {
        if (budget <= 0 || !_bodies.TryGetValue(name, out var bodies))
            return ImmutableArray<DeclaredBody>.Empty;

        if (_reaching.TryGetValue((name, budget), out var known))
            return known;

        ImmutableArray<DeclaredBody>.Builder? reaching = null;

        foreach (var body in bodies)
        {
            var rest = budget - CallBudget.CostOf(body.Node);

            if (rest >= 0 && OfCall(body.Node, rest) != StateReach.None)
                (reaching ??= ImmutableArray.CreateBuilder<DeclaredBody>()).Add(body);
        }

        return _reaching.GetOrAdd((name, budget), reaching?.ToImmutable() ?? ImmutableArray<DeclaredBody>.Empty);
    }

    /// <summary>Whether a name can mean a member, by where it stands and where the member is declared.</summary>
    private bool CanMean(Mention mention, MemberScope scope, Owner owner, Surroundings from) => IsVisible(owner, from) && mention.Kind switch
    {
        _ when scope == MemberScope.Type => mention.Kind != MentionKind.OfObject && mention.Use != MentionUse.Qualifier,
        _ when scope == MemberScope.Constructor => mention.Kind != MentionKind.OfObject && mention.Arguments >= 0,
        MentionKind.OfObject => scope != MemberScope.Static,
        MentionKind.Qualified when scope == MemberScope.Static => Names(mention.Qualifier!, owner.Type),
        MentionKind.Qualified when scope == MemberScope.Instance => !IsOnlyType(mention.Qualifier!),
        MentionKind.Qualified => true,
        _ => IsInScope(owner.Type, from) || (scope != MemberScope.Instance && (_globalUsings.Contains(owner.Type) || from.Usings.Contains(owner.Type))),
    };

    /// <summary>Whether a name means a type wherever it stands. Members often have the name of their type.</summary>
    private bool IsOnlyType(string name) => _types.Contains(name) && char.IsUpper(name[0]) && !_otherValues.Contains(name) && !_state.ContainsKey(name);

    /// <summary>Whether a name means a type, or one that derives from it. What stands in an extension block has any type's name before it.</summary>
    private bool Names(string qualifier, string type) => type.Length == 0 ? _types.Contains(qualifier) : qualifier == type || IsDerived(qualifier, type);

    private bool IsVisible(Owner owner, Surroundings from) => owner.Access switch
    {
        MemberAccess.Anybody => true,
        MemberAccess.DerivedTypes => owner.Outermost == from.Outermost || IsInScope(owner.Type, from),
        _ => owner.Outermost == from.Outermost,
    };

    /// <summary>Whether code in some types can name the members of another without saying whose they are.</summary>
    private bool IsInScope(string type, Surroundings from)
    {
        foreach (var name in from.Types)
        {
            if (name == type || IsDerived(name, type))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type derives from another, or is an alias of it.</summary>
    private bool IsDerived(string type, string @base) => _bases.ContainsKey(type) && _inherited.GetOrAdd(type, Inherited).Contains(@base);

    private ImmutableHashSet<string> Inherited(string type)
    {
        var inherited = ImmutableHashSet.CreateBuilder<string>();
        var pending = new Stack<string>();
        pending.Push(type);

        while (pending.Count > 0)
        {
            if (!_bases.TryGetValue(pending.Pop(), out var bases))
                continue;

            foreach (var @base in bases)
            {
                if (inherited.Add(@base))
                    pending.Push(@base);
            }
        }

        return inherited.ToImmutable();
    }

    private static void Add<T>(Dictionary<string, List<T>> map, string name, T value)
    {
        if (!map.TryGetValue(name, out var values))
            map.Add(name, values = new List<T>(1));

        values.Add(value);
    }

    /// <summary>Whose members a body can name without saying more.</summary>
    /// <param name="Body">The body.</param>
    /// <param name="Types">The types around it, the innermost first.</param>
    /// <param name="Usings">The types that its file names in <c>using static</c>.</param>
    private readonly record struct Surroundings(SyntaxNode Body, ImmutableArray<string> Types, IReadOnlyCollection<string> Usings)
    {
        public string? Outermost => Types.IsEmpty ? null : Types[Types.Length - 1];

        public static string? OutermostOf(SyntaxNode body)
        {
            string? outermost = null;

            for (var node = body.Parent; node is not null; node = node.Parent)
                outermost = (node as TypeDeclarationSyntax)?.Identifier.ValueText ?? outermost;

            return outermost;
        }

        public static Surroundings Of(SyntaxNode body)
        {
            var types = ImmutableArray.CreateBuilder<string>();

            for (var node = body.Parent; node is not null; node = node.Parent)
            {
                if (node is TypeDeclarationSyntax type)
                    types.Add(type.Identifier.ValueText);
            }

            return new Surroundings(body, types.ToImmutable(), DeclaredNames.Of(body.SyntaxTree).StaticUsings);
        }
    }
}
