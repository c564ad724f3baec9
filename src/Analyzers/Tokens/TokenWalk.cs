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

    /// <summary>A walk that has not begun, for the same token.</summary>
    public TokenWalk Anew() => new(body, set, conditions, captures, symbols, budget);

    /// <summary>Walks on from the statement that made the token, which these locals hold now.</summary>
    public void Start(BasicBlock block, int statement, List<object> holders)
    {
        var state = conditions.At(block, statement);
        foreach (var holder in holders)
            state = Hold(holder, state);

        Walk(new(block, state, Cause: null), statement + 1, new(Within: null));
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
        var (block, state, cause) = passage;
        for (var i = firstStatement; i < block.Operations.Length; i++)
        {
            if (!Execute(block.Operations[i], block, cause, ref state, scope))
                return;
        }

        if (block.BranchValue is { } value && firstStatement <= block.Operations.Length && !Execute(value, block, cause, ref state, scope))
            return;

        if (block.Kind == BasicBlockKind.Exit)
        {
            Lose(EscapeKind.End, state, by: null, cause);
            return;
        }

        if (block.ConditionKind != ControlFlowConditionKind.None)
        {
            var whenTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            var outcome = Evaluate(block.BranchValue!, state);
            if (outcome != !whenTrue)
                Take(block.ConditionalSuccessor!, block, conditions.Assume(block.BranchValue!, whenTrue, state), Chosen(outcome), scope);

            if (outcome != whenTrue)
                Take(block.FallThroughSuccessor!, block, conditions.Assume(block.BranchValue!, !whenTrue, state), Chosen(outcome), scope);

            Cause? Chosen(bool? known) => known is null ? new(block.BranchValue!, IsException: false) : cause;
        }
        else
        {
            Take(block.FallThroughSuccessor!, block, state, cause, scope);
        }
    }

    private void Take(ControlFlowBranch branch, BasicBlock block, TokenState state, Cause? cause, Scope scope)
    {
        if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
        {
            // What is caught and thrown again is not at hand: the value of such a block is a condition, if it has one.
            var thrown = branch.Semantics == ControlFlowBranchSemantics.Throw ? block.BranchValue : null;
            Throw(block.EnclosingRegion, thrown, EscapeKind.Throw, state, cause, scope);
        }
        else if (branch.Destination is { } destination)
        {
            Passage passage = new(destination, state, cause);

            // Most branches leave no finally, and need no lists.
            if (branch.FinallyRegions.IsEmpty)
            {
                scope.Pending.Push(passage);
                return;
            }

            foreach (var passed in PassFinallies(branch, passage))
                scope.Pending.Push(passed with { Block = destination });
        }
        else if (!IsInFilter(block.EnclosingRegion, scope.Within))
        {
            // The end of a finally. A filter that says no ends so too: where the exception goes then, Throw has followed.
            scope.Exits.Add(new(block, state, cause));
        }
    }

    private List<Passage> PassFinallies(ControlFlowBranch branch, Passage entry)
    {
        List<Passage> passages = [entry];
        foreach (var region in branch.FinallyRegions)
            passages = PassFinally(region, passages);

        return passages;
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

            // What was decided before the finally is not known from an earlier way through it.
            all.AddRange(exits.Select(exit => exit with { Cause = exit.Cause ?? entry.Cause }));
        }

        return all;
    }

    private void Throw(ControlFlowRegion region, IOperation? thrower, EscapeKind kind, TokenState state, Cause? cause, Scope scope)
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
                var exits = PassFinally(parent.NestedRegions[1], [new(body.Graph.Blocks[region.FirstBlockOrdinal], state, cause)]);
                foreach (var exit in exits)
                    Throw(parent, thrower, kind, exit.State, exit.Cause, scope);

                return;
            }

            foreach (var handler in parent.NestedRegions)
            {
                if (handler.Kind == ControlFlowRegionKind.Try)
                    continue;

                scope.Pending.Push(new(body.Graph.Blocks[handler.FirstBlockOrdinal], state, thrower is null ? cause : new(thrower, IsException: true)));
                if (handler.Kind == ControlFlowRegionKind.Catch && CatchesAll(handler))
                    return;
            }
        }

        if (scope.Within is null)
            Lose(kind, state, thrower, cause);
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
        handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } || symbols.Known.Exception.Is(handler.ExceptionType);

    /// <summary>One walk: through the function, or through a finally of it.</summary>
    private sealed record Scope(ControlFlowRegion? Within)
    {
        public Stack<Passage> Pending { get; } = [];

        public HashSet<(int Block, TokenState State)> Visited { get; } = [];

        public HashSet<(ControlFlowRegion Region, EscapeKind Kind, TokenState State)> Thrown { get; } = [];

        /// <summary>How the finally is left by its end.</summary>
        public List<Passage> Exits { get; } = [];
    }

    private readonly record struct Passage(BasicBlock Block, TokenState State, Cause? Cause);
}
