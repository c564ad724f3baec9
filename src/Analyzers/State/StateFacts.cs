using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ContextAnalyzers.State;

/// <summary>The facts that the state rules decide from: computed once per file, whichever rule asks first.</summary>
internal sealed class StateFacts
{
    private static readonly ConditionalWeakTable<Compilation, StateFacts> Cache = new();

    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<StateUse>> _uses = new();

    private StateFacts(Compilation compilation) => Services = new StateServices(compilation, KnownSymbols.Of(compilation));

    public StateServices Services { get; }

    public static StateFacts Of(Compilation compilation) => Cache.GetValue(compilation, static c => new StateFacts(c));

    /// <summary>What the async code of a file does to state.</summary>
    public ImmutableArray<StateUse> UsesIn(SemanticModel model, CancellationToken cancellationToken) =>
        _uses.TryGetValue(model.SyntaxTree, out var uses) ? uses : _uses.GetOrAdd(model.SyntaxTree, Compute(model, cancellationToken));

    private ImmutableArray<StateUse> Compute(SemanticModel model, CancellationToken cancellationToken)
    {
        var hints = AsyncHints.Of(model.SyntaxTree);

        if (hints.IsEmpty)
            return ImmutableArray<StateUse>.Empty;

        ImmutableArray<StateUse>.Builder? uses = null;

        foreach (var body in MemberBodies.In(model.SyntaxTree.GetRoot(cancellationToken)))
        {
            if (!body.ContainsDiagnostics && ReachOf(body, hints, model, cancellationToken) is var reach && reach != StateReach.None)
                AddUses(uses ??= ImmutableArray.CreateBuilder<StateUse>(), body, reach, model, cancellationToken);
        }

        return uses?.ToImmutable() ?? ImmutableArray<StateUse>.Empty;
    }

    private StateReach ReachOf(SyntaxNode body, AsyncHints hints, SemanticModel model, CancellationToken cancellationToken)
    {
        // A task may have another name here, which another file gives it.
        var reach = hints.AreIn(body) || IsTask(body, model, cancellationToken)
            ? Services.Names.OfChange(body, CallBudget.Full, hints.AreNotAround)
            : StateReach.None;

        foreach (var part in reach == StateReach.Direct ? [] : hints.LambdasIn(body, Services.Names))
            reach = (StateReach)Math.Max((int)reach, (int)Services.Names.OfChange(part, CallBudget.Full, hints.AreNotAround));

        return reach;
    }

    private bool IsTask(SyntaxNode body, SemanticModel model, CancellationToken cancellationToken) =>
        Services.Names.MayBeTask(MemberBodies.ReturnTypeOf(body))
        && MemberBodies.SymbolOf(body, model, cancellationToken) is IMethodSymbol method
        && Services.AsyncCode.IsAsync(method);

    private void AddUses(ImmutableArray<StateUse>.Builder uses, SyntaxNode body, StateReach reach, SemanticModel model, CancellationToken cancellationToken)
    {
        if (MemberBodies.SymbolOf(body, model, cancellationToken) is not { } member
            || Services.Callees.GraphOf(body, member, model, reach, CallBudget.Full, cancellationToken) is not { } graph)
        {
            return;
        }

        var reader = new EventReader(graph, Services, CallBudget.Full);
        Dictionary<(FunctionGraph, StateMember), MemberContent>? forks = null;

        foreach (var function in graph.Functions)
        {
            var events = reader.Read(function, cancellationToken);
            var isAsync = Services.AsyncCode.IsAsync(function);

            foreach (var (state, accesses) in Effects.ByMember(events))
            {
                var startsElsewhere = forks is not null && forks.TryGetValue((function, state), out var atFork) && (atFork & MemberContent.Written) != 0;
                var entry = startsElsewhere && state.IsThreadBound ? MemberContent.UntouchedSuspended : MemberContent.Untouched;
                var flow = SuspensionFlow.Run(function, events, state, entry, cancellationToken);

                foreach (var fork in flow.AtForks ?? [])
                    (forks ??= new())[(fork.Key, state)] = fork.Value;

                // Who consumes an iterator goes on between two items: what it sets itself stays behind. What it only reads is its consumer's.
                if (isAsync || (flow.ReadElsewhere is not null && state.IsThreadBound) || (state.IsThreadBound && flow.FirstSuspension is not null && accesses.Exists(static access => access.ChangesMember)))
                    uses.Add(new StateUse(member, function, state, accesses, flow, startsElsewhere));
            }
        }
    }
}
