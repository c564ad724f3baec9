using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>The events of one block, as they are found: decides what a write means and under which protection it stands.</summary>
internal sealed class FlowEventRecorder(FunctionGraph function, ValueOrigins origins, Synchronization synchronization)
{
    private readonly List<FlowEvent> _events = new();
    private readonly List<(StateMember Member, SyntaxNode Site)> _reads = new();
    private readonly List<(StateMember Member, string Name)> _copies = new();
    private readonly HashSet<StateMember> _takenFrom = new();
    private readonly bool _isDispose = function.Function?.Name is "Dispose" or "DisposeAsync" or "System.IDisposable.Dispose";

    /// <summary>Ends the block.</summary>
    public FlowEvent[] Take()
    {
        if (_events.Count == 0)
            return Array.Empty<FlowEvent>();

        var events = _events.ToArray();
        _events.Clear();
        return events;
    }

    public void Suspend(SyntaxNode at, bool isReturn = false) => _events.Add(new FlowEvent(null, at, null, isReturn));

    public void Fork(FunctionGraph lambda) => _events.Add(new FlowEvent(null, null, lambda));

    /// <summary>What a method reads that is handed to a thread, a task or a timer.</summary>
    public void AddElsewhere(ImmutableArray<Access> effects, SyntaxNode site)
    {
        foreach (var effect in effects)
        {
            if (effect.Kind == AccessKind.Read)
                _events.Add(new FlowEvent(null, null, null, ReadElsewhere: effect with { Site = site }));
        }
    }

    public void NoteCall(IInvocationOperation call) => synchronization.Add(call);

    public void Add(StateMember state, AccessKind kind, Origin origin, SyntaxNode site, bool isPart = false)
    {
        NoteRead(state, kind, site);
        var isGuarded = (isPart && NameAt(site) is { } part && Guard.Protects(site, part))
            || (kind is AccessKind.Write or AccessKind.Update && (Guard.Protects(site, state.Symbol.Name, condition => Reads(condition, state)) || IsFilledWithAnother(state, site)));
        Add(new Access(state, Settled(state, kind, origin, isGuarded), origin, site, site, synchronization.Covers(site))
        {
            IsGuarded = isGuarded,
            IsCompared = kind == AccessKind.Write && state.IsThreadBound && Guard.Compares(site, condition => ReadsPartOf(condition, state), IsOwn),
            IsPartOfObject = isPart,
            IsOfObject = kind == AccessKind.Mutation,
            Requirement = Requirement.At(site, function),
        });
    }

    private void Add(Access access)
    {
        if (access.Kind == AccessKind.Restore)
            _takenFrom.Add(access.Member);

        _events.Add(new FlowEvent(access, null, null));
    }

    /// <summary>Elements of an array are written one by one, like fields: one that was not there yet is worked out, and who writes last wins.</summary>
    public void AddElement(StateMember array, Origin origin, SyntaxNode site)
    {
        var isFilled = (!origin.DependsOnCaller || (origin.Kinds & OriginKinds.Opaque) != 0) && Guard.Protects(site, condition => ReadsElementOf(condition, array));
        Add(array, isFilled ? AccessKind.LazyInitialization : AccessKind.Mutation, origin, site);
    }

    /// <summary>A call changes the object that a member holds. One that only takes out leaves nothing of this flow with the thread; flows that share the object it disturbs.</summary>
    public void AddChange(StateMember state, IInvocationOperation call)
    {
        var kind = state.IsThreadBound && MutableCollections.TakesOut(call.TargetMethod.Name) ? AccessKind.Restore : AccessKind.Mutation;
        var origin = Origin.Opaque;

        foreach (var argument in call.Arguments)
            origin |= origins.Of(argument.Value);

        Add(state, kind, origin, call.Syntax);
    }

    /// <summary>What a call does, in terms of its caller.</summary>
    public void AddEffects(ImmutableArray<Access> effects, IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? value, SyntaxNode site)
    {
        if (effects.IsEmpty)
            return;

        var isGuarded = IsGuarded(effects, site);
        var own = Requirement.At(site, function);

        foreach (var effect in effects)
        {
            if (Configures(method, effect) || effect.Requirement.InTermsOfCaller(arguments, function.Function) is not { } requirement)
                continue;

            NoteRead(effect.Member, effect.Kind, site);
            var isProtected = effect.IsGuarded || (isGuarded && effect.ChangesMember);

            // A local function also speaks of the parameters of the member around it.
            var origin = effect.Origin.WithoutParametersOf(method);

            foreach (var argument in arguments)
            {
                if (argument.Parameter is { } parameter && effect.Origin.Has(parameter))
                    origin |= origins.Of(argument.Value);
            }

            if (value is not null && effect.Origin.Has(method.Parameters[method.Parameters.Length - 1]))
                origin |= origins.Of(value);

            Add(effect with
            {
                Kind = Settled(effect.Member, effect.Kind, origin, isProtected),
                Origin = origin,
                Site = site,
                IsSynchronized = effect.IsSynchronized || synchronization.Covers(site),
                IsGuarded = isProtected,
                Requirement = own | requirement,
            });
        }
    }

    /// <summary>What a called method sets up is for all flows; on a thread it is still the thread's alone.</summary>
    private static bool Configures(IMethodSymbol method, Access effect) =>
        effect.ChangesMember && !effect.Member.IsThreadBound && Lifecycle.Configures(method.Name);

    /// <summary>What a call did is taken back.</summary>
    public void Undo(ImmutableArray<Access> effects, SyntaxNode site)
    {
        foreach (var effect in effects)
        {
            if (effect.ChangesMember)
                Add(effect with { Kind = AccessKind.Restore, Site = site });
        }
    }

    /// <summary>A write of nothing clears the member; a write of what was taken from it puts it back; a guarded one that depends on nobody fills it.</summary>
    /// <remarks>A collection of the thread gets back what was taken out of it, and what was made because it was empty: it is a pool.</remarks>
    private AccessKind Settled(StateMember state, AccessKind kind, Origin origin, bool isGuarded)
    {
        if (kind != AccessKind.Write && !(kind == AccessKind.Mutation && state.IsThreadBound))
            return kind;

        var isPutBack = origin.TakenFrom == state && !origin.DependsOnFlow && (kind == AccessKind.Write || _takenFrom.Contains(state));
        var isScopeEnd = _isDispose && !origin.DependsOnCaller && (origin.Kinds & (OriginKinds.Instance | OriginKinds.This)) != 0;

        if (origin.IsDefault || isPutBack || isScopeEnd)
            return AccessKind.Restore;

        return kind == AccessKind.Write && isGuarded && !origin.DependsOnFlow && !origin.IsConstant ? AccessKind.LazyInitialization : kind;
    }

    /// <summary>A call is made under a condition that asks for something that the call changes.</summary>
    private bool IsGuarded(ImmutableArray<Access> effects, SyntaxNode site)
    {
        foreach (var effect in effects)
        {
            if (effect.ChangesMember && Guard.Protects(site, NameAt(site) ?? effect.Member.Symbol.Name, condition => Reads(condition, effect.Member)))
                return true;
        }

        return false;
    }

    /// <summary>One static of the type was empty, so this one is filled as well: a cache of several parts.</summary>
    private bool IsFilledWithAnother(StateMember state, SyntaxNode site)
    {
        foreach (var (member, read) in _reads)
        {
            if (member.Kind == StateKind.Static && state.Kind == StateKind.Static
                && SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingType, state.Symbol.ContainingType)
                && Guard.IsWhereEmpty(site, read))
            {
                return true;
            }
        }

        return false;
    }

    private void NoteRead(StateMember state, AccessKind kind, SyntaxNode site)
    {
        if (kind is not (AccessKind.Read or AccessKind.LazyInitialization))
            return;

        _reads.Add((state, site));

        if (site.FirstAncestorOrSelf<ExpressionSyntax>() is { } read && CopyOf(read) is { } copy)
            _copies.Add((state, copy));
    }

    /// <summary>The local that a value is stored in as it is.</summary>
    private static string? CopyOf(ExpressionSyntax read) => read.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } => local.Identifier.ValueText,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax local } assignment when assignment.Right == read => local.Identifier.ValueText,
        _ => null,
    };

    /// <summary>An expression that has been read asks for the state, by whatever name.</summary>
    private bool Reads(SyntaxNode expression, StateMember state)
    {
        foreach (var (member, site) in _reads)
        {
            if (member == state && expression.Span.Contains(site.Span))
                return true;
        }

        return ReadsCopyOf(expression, member => member == state);
    }

    private bool ReadsElementOf(SyntaxNode expression, StateMember array)
    {
        foreach (var (member, site) in _reads)
        {
            if (member == array && ElementAt(site) is { } element && (expression.Span.Contains(element.Span) || (CopyOf(element) is { } copy && Guard.Mentions(expression, copy))))
                return true;
        }

        return false;
    }

    /// <summary>The element that is read, where the array is read for one.</summary>
    private static ElementAccessExpressionSyntax? ElementAt(SyntaxNode array)
    {
        var expression = array.Parent is MemberAccessExpressionSyntax access && access.Name == array ? access : array;
        return expression.Parent as ElementAccessExpressionSyntax is { } element && element.Expression == expression ? element : null;
    }

    /// <summary>An expression asks for the state, or for another that goes with it: the key of what is kept.</summary>
    private bool ReadsPartOf(SyntaxNode expression, StateMember state)
    {
        foreach (var (member, site) in _reads)
        {
            if (IsBeside(member, state) && expression.Span.Contains(site.Span))
                return true;
        }

        return ReadsCopyOf(expression, member => IsBeside(member, state));
    }

    private bool ReadsCopyOf(SyntaxNode expression, Func<StateMember, bool> isAsked)
    {
        foreach (var (member, name) in _copies)
        {
            if (isAsked(member) && Guard.Mentions(expression, name))
                return true;
        }

        return false;
    }

    private static bool IsBeside(StateMember member, StateMember state) =>
        member.IsThreadBound == state.IsThreadBound && SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingType, state.Symbol.ContainingType);

    /// <summary>A parameter or local of the function, and no copy of state.</summary>
    private bool IsOwn(string name) =>
        _copies.TrueForAll(copy => copy.Name != name) && function.Syntax.DescendantNodes().Any(node => node switch
        {
            ParameterSyntax parameter => parameter.Identifier.ValueText == name,
            VariableDeclaratorSyntax local => local.Identifier.ValueText == name,
            SingleVariableDesignationSyntax local => local.Identifier.ValueText == name,
            _ => false,
        });

    /// <summary>The name by which this function knows the state.</summary>
    private static string? NameAt(SyntaxNode site) => site switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
