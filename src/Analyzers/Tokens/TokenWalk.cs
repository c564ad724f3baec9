using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Follows one token along every path of its function, exceptional ones included, until it is reset, handed on or lost.</summary>
/// <remarks>
/// Forward, over pairs of a block and a <see cref="TokenState"/>, each once: linear in the blocks for the few conditions a state remembers.
/// A <c>finally</c> is walked like a call, once per state it is entered with. An exception goes to the handlers of its region, and to those outside
/// unless one catches all. The budget, shared by all tokens of a body, bounds the whole.
/// </remarks>
internal sealed class TokenWalk(FunctionBody body, IInvocationOperation set, BranchConditions conditions, Captures captures, TokenSymbols symbols, WalkBudget budget)
{
    private const int MaxHolders = 64;

    private readonly List<object> _holders = [];
    private readonly Dictionary<(ControlFlowRegion Region, TokenState State), List<Passage>> _finallyExits = [];

    /// <summary>How the token gets lost; the first of each kind.</summary>
    public Dictionary<EscapeKind, Escape> Escapes { get; } = [];

    /// <summary>The operations that reset it.</summary>
    public List<(IOperation Operation, ControlFlowRegion Region)> Resets { get; } = [];

    public TokenMisuse? Misuse { get; private set; }

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
        for (var current = region; current is not null && current != scope.Within; current = current.EnclosingRegion)
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
        for (var current = region; current is not null && current != within; current = current.EnclosingRegion)
        {
            if (current.Kind == ControlFlowRegionKind.Filter)
                return true;
        }

        return false;
    }

    private bool CatchesAll(ControlFlowRegion handler) =>
        handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } || SymbolEqualityComparer.Default.Equals(handler.ExceptionType, symbols.Known.Exception);

    /// <summary>The effect of a statement; false where the path ends.</summary>
    private bool Execute(IOperation statement, BasicBlock block, IOperation? condition, ref TokenState state, Scope scope)
    {
        if (!budget.Spend())
        {
            IsComplete = false;
            return false;
        }

        if (!state.IsReset)
        {
            Observe(statement);
            if (Contains(statement, set))
            {
                Lose(EscapeKind.NextRound, state, set, condition);
                return false;
            }
        }

        var before = state;
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (!Use(operation, block, condition, ref state))
                return false;
        }

        if (budget.Throwing(statement, symbols) is { } throwing)
        {
            if (throwing is IInvocationOperation { TargetMethod: var method } && NeverReturns(method))
                return false;

            if (!state.IsReset || before.IsReset)
                Throw(block.EnclosingRegion, throwing, EscapeKind.Exception, before, condition, scope);
        }

        return Assign(statement, condition, ref state);
    }

    private void Observe(IOperation statement)
    {
        if (statement is IReturnOperation { Kind: OperationKind.YieldReturn } yield)
            Yield ??= yield;

        IsSeen = IsSeen || Observers.CanSee(statement, symbols);
    }

    /// <summary>What an operation does with the token, if it names a local that holds it; false where the token is somebody else's from here on.</summary>
    private bool Use(IOperation operation, BasicBlock block, IOperation? condition, ref TokenState state)
    {
        var held = state.Holders;
        if (captures.ResetBy(operation, holder => (held & Bit(holder)) != 0, out var handsOn))
        {
            if (!handsOn)
                return Reset(operation, block, ref state);

            HandedOn ??= new(TokenUseKind.HandedOn, operation);
            return false;
        }

        if (HolderOf(operation) is not { } holder || ((state.Holders | state.Inner) & Bit(holder)) == 0)
            return true;

        var copies = new List<object>();
        var use = TokenUse.Of(operation, symbols, copies);
        if ((state.Inner & Bit(holder)) != 0)
        {
            if (use.Kind == TokenUseKind.Reset)
                ResetInner(use.By, holder, ref state);

            return true;
        }

        foreach (var copy in copies)
            state = Hold(copy, state);

        switch (use.Kind)
        {
            case TokenUseKind.Reset:
                return Reset(use.By, block, ref state);
            case TokenUseKind.HandedOn or TokenUseKind.StoredInField:
                HandedOn ??= use;
                if (use.By.Parent is null && !state.IsReset)
                    Return(use.By, block, condition, state);

                return false;
            case TokenUseKind.IgnoredByCallee:
                Ignored ??= use;
                return true;
            default:
                return true;
        }
    }

    private void Return(IOperation value, BasicBlock block, IOperation? condition, TokenState state)
    {
        IsReturned = true;
        List<Passage> passages = [new(block, state, condition)];
        foreach (var region in block.FallThroughSuccessor?.FinallyRegions ?? ImmutableArray<ControlFlowRegion>.Empty)
            passages = PassFinally(region, passages);

        if (passages.Exists(static passage => passage.State.IsReset))
            Misuse ??= new(TokenMisuseKind.ReturnedAfterReset, value.Syntax);
    }

    private bool Reset(IOperation reset, BasicBlock block, ref TokenState state)
    {
        var isStrict = IsStrict(reset);
        if (!state.IsReset)
        {
            Resets.Add((reset, block.EnclosingRegion));
            if (isStrict && Variables.AreDifferent(set, (IInvocationOperation)reset))
                Misuse ??= new(TokenMisuseKind.OtherVariable, reset.Syntax, ((IInvocationOperation)reset).Instance!.Syntax.ToString());
        }
        else if (isStrict)
        {
            Misuse ??= new(TokenMisuseKind.SecondReset, reset.Syntax);
        }

        state = state with { IsReset = true };

        return true;
    }

    private void ResetInner(IOperation reset, object holder, ref TokenState state)
    {
        if (state.IsReset && IsStrict(reset))
            Misuse ??= new(TokenMisuseKind.OuterBeforeInner, reset.Syntax);

        state = state with { Inner = state.Inner & ~Bit(holder) };
    }

    /// <summary><c>Reset</c> throws for a token that is used, <c>TryReset</c> and <c>Dispose</c> do nothing.</summary>
    private bool IsStrict(IOperation reset) => reset is IInvocationOperation { TargetMethod: { Name: "Reset" } method } && symbols.IsReset(method);

    /// <summary>Locals that an assignment takes the token from; false where it was the last that held it.</summary>
    private bool Assign(IOperation statement, IOperation? condition, ref TokenState state)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            var (target, value) = operation switch
            {
                ISimpleAssignmentOperation assignment => (assignment.Target, assignment.Value),
                IAssignmentOperation assignment => (assignment.Target, null),
                IIncrementOrDecrementOperation increment => (increment.Target, null),
                IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => (argument.Value, null),
                _ => (null, (IOperation?)null),
            };
            if (target is null)
                continue;

            state = conditions.Assign(target, value, state);
            if (HolderOf(target) is not { } holder)
                continue;

            if (!state.IsReset && value is IInvocationOperation inner && inner != set && Variables.AreSame(set, inner) && Number(holder))
                state = state with { Inner = state.Inner | Bit(holder) };

            if ((state.Holders & Bit(holder)) == 0 || IsCopy(value, state))
                continue;

            state = state with { Holders = state.Holders & ~Bit(holder) };
            if (state.Holders != 0)
                continue;

            Lose(EscapeKind.Overwritten, state, operation, condition);
            return false;
        }

        return true;
    }

    private bool IsCopy(IOperation? value, TokenState state)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;

        return value is not null && HolderOf(value) is { } holder && (state.Holders & Bit(holder)) != 0;
    }

    private void Lose(EscapeKind kind, TokenState state, IOperation? by, IOperation? condition)
    {
        if (!state.IsReset && !Escapes.ContainsKey(kind))
            Escapes.Add(kind, new(by, condition));
    }

    private bool? Evaluate(IOperation condition, TokenState state)
    {
        var (holder, isHeld) = TokenTest.Of(condition);

        return holder is not null && HolderOf(holder) is { } local && (state.Holders & Bit(local)) != 0 ? isHeld : conditions.Evaluate(condition, state);
    }

    private TokenState Assume(IOperation condition, bool outcome, TokenState state)
    {
        if (outcome && condition is IIsPatternOperation { Value: var tested } isPattern && HolderOf(tested) is { } holder && (state.Holders & Bit(holder)) != 0)
        {
            var declared = isPattern.Pattern switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                _ => null,
            };
            if (declared is not null)
                state = Hold(declared, state);
        }

        return conditions.Assume(condition, outcome, state);
    }

    private static bool NeverReturns(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "DoesNotReturnAttribute" })
                return true;
        }

        return method is { Name: "FailFast" or "Exit", ContainingType.Name: "Environment" };
    }

    private static bool Contains(IOperation statement, IOperation operation)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            if (current == statement)
                return true;
        }

        return false;
    }

    private TokenState Hold(object holder, TokenState state) => Number(holder) ? state with { Holders = state.Holders | Bit(holder) } : state;

    /// <summary>Gives a local its bit, while there is one.</summary>
    private bool Number(object holder)
    {
        if (_holders.Contains(holder))
            return true;

        IsComplete &= _holders.Count < MaxHolders;
        if (IsComplete)
            _holders.Add(holder);

        return IsComplete;
    }

    private ulong Bit(object holder)
    {
        var index = _holders.IndexOf(holder);

        return index < 0 ? 0 : 1ul << index;
    }

    private static object? HolderOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => capture.Id,
        _ => null,
    };

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

internal enum EscapeKind
{
    End,
    Throw,
    Exception,
    Overwritten,
    NextRound,
}

/// <summary>One way a token gets lost.</summary>
/// <param name="By">What lets it go.</param>
/// <param name="Condition">The last condition on the way there.</param>
internal readonly record struct Escape(IOperation? By, IOperation? Condition);
