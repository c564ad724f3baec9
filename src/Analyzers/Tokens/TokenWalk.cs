using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Follows one token along every path of its function, exceptional ones included, until it is reset, handed on or lost.</summary>
/// <remarks>
/// Forward, over pairs of a block and a <see cref="TokenState"/>, each once: linear in the blocks for the few conditions a state remembers.
/// A <c>finally</c> is walked like a call, once per state it is entered with. An exception goes to the handlers of its region, and to those outside
/// unless one catches all. The budget, shared by all tokens of a body, bounds the whole.
/// </remarks>
internal sealed partial class TokenWalk(FunctionBody body, IInvocationOperation set, BranchConditions conditions, Captures captures, TokenSymbols symbols, WalkBudget budget)
{
    private const int MaxHolders = 64;

    private readonly List<object> _holders = [];
    private readonly Dictionary<(ControlFlowRegion Region, TokenState State), List<Passage>> _finallyExits = [];

    private TokenMisuse? _misuse;
    private TokenMisuse? _earlyReset;
    private bool _isAtStart = true;

    /// <summary>The reset, if it came at once, until it is known what follows it.</summary>
    private IOperation? _resetAtOnce;

    /// <summary>How the token gets lost; the first of each kind.</summary>
    public Dictionary<EscapeKind, Escape> Escapes { get; } = [];

    /// <summary>The operations that reset it.</summary>
    public List<(IOperation Operation, ControlFlowRegion Region)> Resets { get; } = [];

    /// <summary>The worst: a reset that throws rather than one that only comes too early.</summary>
    public TokenMisuse? Misuse => _misuse ?? _earlyReset;

    public bool IsReturned { get; private set; }

    public TokenUse? HandedOn { get; private set; }

    public TokenUse? Ignored { get; private set; }

    public IOperation? Yield { get; private set; }

    /// <summary>Whether code that could see the value runs while it is set.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>Whether every path was followed to its end.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Walks on from the statement that made the token, which these locals hold now.</summary>
    public void Start(BasicBlock block, int statement, List<object> holders)
    {
        var state = conditions.At(block);
        foreach (var holder in holders)
            state = Hold(holder, state);

        Walk(new(block, state, Condition: null), statement + 1, new(Within: null));
    }

    private void Walk(Passage start, int firstStatement, Scope scope)
    {
        Follow(start, firstStatement, scope);
        while (scope.Pending.Count > 0 && IsComplete)
        {
            var next = scope.Pending.Pop();
            if (scope.Visited.Add((next.Block.Ordinal, next.State)))
                Follow(next, 0, scope);
        }
    }

    private void Follow(Passage passage, int firstStatement, Scope scope)
    {
        var (block, state, condition) = passage;
        for (var i = firstStatement; i < block.Operations.Length; i++)
        {
            if (!Execute(block.Operations[i], block, condition, ref state, scope))
                return;
        }

        if (block.BranchValue is { } value && firstStatement <= block.Operations.Length && !Execute(value, block, condition, ref state, scope))
            return;

        if (block.Kind == BasicBlockKind.Exit)
        {
            Lose(EscapeKind.End, state, condition, condition);
            return;
        }

        if (block.ConditionKind != ControlFlowConditionKind.None)
        {
            var whenTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            var outcome = Evaluate(block.BranchValue!, state);
            if (outcome != !whenTrue)
                Take(block.ConditionalSuccessor, block, Assume(block.BranchValue!, whenTrue, state), Chosen(outcome), scope);

            if (outcome != whenTrue)
                Take(block.FallThroughSuccessor, block, Assume(block.BranchValue!, !whenTrue, state), Chosen(outcome), scope);

            IOperation? Chosen(bool? known) => known is null ? block.BranchValue : condition;
        }
        else
        {
            Take(block.FallThroughSuccessor, block, state, condition, scope);
        }
    }

    private void Take(ControlFlowBranch? branch, BasicBlock block, TokenState state, IOperation? condition, Scope scope)
    {
        switch (branch)
        {
            case null or { Semantics: ControlFlowBranchSemantics.ProgramTermination }:
                return;
            case { Semantics: ControlFlowBranchSemantics.Error }:
                IsComplete = false;
                return;
            case { Semantics: ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow }:
                Throw(block.EnclosingRegion, block.BranchValue, EscapeKind.Throw, state, condition, scope);
                return;
            case { Destination: null }:
                // The end of a finally. A filter that says no ends so too: where the exception goes then, Throw has followed.
                if (!IsInFilter(block.EnclosingRegion, scope.Within))
                    scope.Exits.Add(new(block, state, condition));

                return;
        }

        List<Passage> passages = [new(branch.Destination, state, condition)];
        foreach (var region in branch.FinallyRegions)
            passages = PassFinally(region, passages);

        foreach (var passage in passages)
            scope.Pending.Push(passage with { Block = branch.Destination });
    }

    private List<Passage> PassFinally(ControlFlowRegion region, List<Passage> entries)
    {
        var all = new List<Passage>();
        foreach (var entry in entries)
        {
            if (!_finallyExits.TryGetValue((region, entry.State), out var exits))
            {
                // Entered here already, so that a finally that broken code enters from itself ends the walk.
                var scope = new Scope(region);
                _finallyExits[(region, entry.State)] = exits = scope.Exits;
                Walk(entry with { Block = body.Graph.Blocks[region.FirstBlockOrdinal] }, 0, scope);
            }

            all.AddRange(exits);
        }

        return all;
    }

    private void Throw(ControlFlowRegion region, IOperation? thrower, EscapeKind kind, TokenState state, IOperation? condition, Scope scope)
    {
        if (!scope.Thrown.Add((region, kind, state)))
            return;

        // What a finally throws ends it; that is beyond what the rules look at.
        for (var current = region; current is not null && current != scope.Within; current = current.Outer())
        {
            if (current is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } parent })
                continue;

            if (parent.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                var exits = PassFinally(parent.NestedRegions[1], [new(body.Graph.Blocks[region.FirstBlockOrdinal], state, condition)]);
                foreach (var exit in exits)
                    Throw(parent, thrower, kind, exit.State, exit.Condition, scope);

                return;
            }

            foreach (var handler in parent.NestedRegions)
            {
                if (handler.Kind == ControlFlowRegionKind.Try)
                    continue;

                scope.Pending.Push(new(body.Graph.Blocks[handler.FirstBlockOrdinal], state, condition));
                if (handler.Kind == ControlFlowRegionKind.Catch && CatchesAll(handler))
                    return;
            }
        }

        if (scope.Within is null)
            Lose(kind, state, thrower, condition);
    }

    private static bool IsInFilter(ControlFlowRegion region, ControlFlowRegion? within)
    {
        for (var current = region; current is not null && current != within; current = current.Outer())
        {
            if (current.Kind == ControlFlowRegionKind.Filter)
                return true;
        }

        return false;
    }

    private bool CatchesAll(ControlFlowRegion handler) =>
        handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } || SymbolEqualityComparer.Default.Equals(handler.ExceptionType, symbols.Known.Exception);

    /// <summary>One walk: through the function, or through a finally of it.</summary>
    private sealed record Scope(ControlFlowRegion? Within)
    {
        public Stack<Passage> Pending { get; } = [];

        public HashSet<(int Block, TokenState State)> Visited { get; } = [];

        public HashSet<(ControlFlowRegion Region, EscapeKind Kind, TokenState State)> Thrown { get; } = [];

        /// <summary>How the finally is left by its end.</summary>
        public List<Passage> Exits { get; } = [];
    }

    private readonly record struct Passage(BasicBlock Block, TokenState State, IOperation? Condition);
}
