using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The facts that the state rules decide from: computed once per body, whichever rule asks first.</summary>
internal sealed class StateFacts
{
    private static readonly ConditionalWeakTable<Compilation, StateFacts> Cache = new();

    private readonly ConcurrentDictionary<SyntaxNode, ImmutableArray<StateUse>> _uses = new();

    private StateFacts(Compilation compilation) => Services = new StateServices(compilation, new KnownSymbols(compilation));

    public StateServices Services { get; }

    public static StateFacts Of(Compilation compilation) => Cache.GetValue(compilation, static c => new StateFacts(c));

    /// <summary>What the async code in a member's body does to state; empty if there is none.</summary>
    public ImmutableArray<StateUse> UsesIn(SyntaxNode codeBlock, ISymbol member, SemanticModel model, CancellationToken cancellationToken)
    {
        if (BodyOf(codeBlock, member) is not { } body)
            return ImmutableArray<StateUse>.Empty;

        return _uses.TryGetValue(body, out var uses) ? uses : _uses.GetOrAdd(body, Compute(body, member, model, cancellationToken));
    }

    /// <summary>The root that the compiler has operations for.</summary>
    private static SyntaxNode? BodyOf(SyntaxNode codeBlock, ISymbol member)
    {
        switch (codeBlock)
        {
            case PropertyDeclarationSyntax property:
                return (SyntaxNode?)property.ExpressionBody ?? property.Initializer;
            case IndexerDeclarationSyntax indexer:
                return indexer.ExpressionBody;
            case FieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                {
                    if (variable.Identifier.ValueText == member.Name)
                        return variable.Initializer;
                }

                return null;
            default:
                return codeBlock;
        }
    }

    private ImmutableArray<StateUse> Compute(SyntaxNode body, ISymbol member, SemanticModel model, CancellationToken cancellationToken)
    {
        if (body.ContainsDiagnostics)
            return ImmutableArray<StateUse>.Empty;

        var parts = member is IMethodSymbol method && Services.AsyncCode.IsAsync(method) ? [body] : AsyncHints.Of(body.SyntaxTree).PartsOf(body);
        var reach = StateReach.None;

        foreach (var part in parts)
        {
            if (reach != StateReach.Direct)
                reach = (StateReach)Math.Max((int)reach, (int)Services.Names.OfChange(part, CallBudget.Full));
        }

        if (Services.Callees.GraphOf(body, member, model, reach, CallBudget.Full, cancellationToken) is not { } graph)
            return ImmutableArray<StateUse>.Empty;

        var reader = new EventReader(graph, Services, CallBudget.Full);
        var uses = ImmutableArray.CreateBuilder<StateUse>();
        var forks = new Dictionary<(FunctionGraph, StateMember), MemberContent>();

        foreach (var function in graph.Functions)
        {
            var events = reader.Read(function, cancellationToken);
            var isAsync = Services.AsyncCode.IsAsync(function);

            foreach (var (state, accesses) in Effects.ByMember(events))
            {
                var startsElsewhere = forks.TryGetValue((function, state), out var atFork) && (atFork & MemberContent.Written) != 0;
                var entry = startsElsewhere && state.IsThreadBound ? MemberContent.UntouchedSuspended : MemberContent.Untouched;
                var flow = SuspensionFlow.Run(function, events, state, entry, cancellationToken);

                foreach (var fork in flow.AtForks)
                    forks[(fork.Key, state)] = fork.Value;

                // Who consumes an iterator goes on between two items: what it sets itself stays behind. What it only reads is its consumer's.
                if (isAsync || (flow.ReadElsewhere is not null && state.IsThreadBound) || (state.IsThreadBound && flow.FirstSuspension is not null && accesses.Exists(static access => access.ChangesMember)))
                    uses.Add(new StateUse(function, state, accesses, flow, startsElsewhere));
            }
        }

        return uses.ToImmutable();
    }
}
