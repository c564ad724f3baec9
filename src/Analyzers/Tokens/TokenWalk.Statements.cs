using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <content>What one statement on the way does with the token.</content>
internal sealed partial class TokenWalk
{
    /// <summary>The effect of a statement; false where the path ends.</summary>
    private bool Execute(IOperation statement, BasicBlock block, Cause? cause, ref TokenState state, Scope scope)
    {
        if (!budget.Spend())
        {
            IsComplete = false;
            return false;
        }

        var isFirst = _isAtStart;
        _isAtStart = false;
        if (_resetAtOnce is { } early)
        {
            _resetAtOnce = null;
            if (Observers.CanSee(statement, symbols) && !AsksForVariable(statement))
                _earlyReset ??= new(TokenMisuseKind.ResetBeforeUse, early.Syntax);
        }

        if (!state.IsReset)
        {
            Observe(statement);
            if (Contains(statement, set))
            {
                Lose(EscapeKind.NextRound, state, set, cause);
                return false;
            }
        }

        var before = state;
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (!Use(operation, block, cause, ref state))
                return false;
        }

        if (budget.Throwing(statement, symbols) is { } throwing)
        {
            if (throwing is IInvocationOperation { TargetMethod: var method } && NeverReturns(method))
                return false;

            if (!state.IsReset || before.IsReset)
                Throw(block.EnclosingRegion, throwing, EscapeKind.Exception, before, cause, scope);
        }

        if (isFirst && state.IsReset && symbols.IsSet(set.TargetMethod))
            _resetAtOnce = Resets[0].Operation;

        return Assign(statement, cause, ref state);
    }

    /// <summary>Whether a statement names the variable or its token, as one does that asks what has become of them.</summary>
    private bool AsksForVariable(IOperation statement)
    {
        var variable = SymbolOf(set.Instance!);
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if ((HolderOf(operation) is { } holder && _holders.Contains(holder)) || (variable is not null && SymbolEqualityComparer.Default.Equals(SymbolOf(operation), variable)))
                return true;
        }

        return false;

        static ISymbol? SymbolOf(IOperation operation) => operation switch
        {
            IMemberReferenceOperation member => member.Member,
            _ => HolderOf(operation) as ISymbol,
        };
    }

    private void Observe(IOperation statement)
    {
        if (statement is IReturnOperation { Kind: OperationKind.YieldReturn } yield)
            Yield ??= yield;

        IsSeen = IsSeen || Observers.CanSee(statement, symbols);
    }

    /// <summary>What an operation does with the token, if it names a local that holds it; false where the token is somebody else's from here on.</summary>
    private bool Use(IOperation operation, BasicBlock block, Cause? cause, ref TokenState state)
    {
        if (captures.ResetBy(operation) is { } used && IsHeldByAny(used, state))
        {
            if (operation is IInvocationOperation)
                return Reset(operation, block, ref state);

            HandedOn ??= new(TokenUseKind.HandedOn, operation);
            return false;
        }

        if (HolderOf(operation) is not { } holder || ((state.Holders | state.Inner) & Bit(holder)) == 0)
            return true;

        var copies = new List<object>();
        var use = TokenUse.Of(operation, body, symbols, copies);
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
                    Return(use.By, block, cause, state);

                return false;
            case TokenUseKind.IgnoredByCallee:
                Ignored ??= use;
                return true;
            default:
                return true;
        }
    }

    private bool IsHeldByAny(HashSet<object> holders, TokenState state)
    {
        foreach (var holder in holders)
        {
            if ((state.Holders & Bit(holder)) != 0)
                return true;
        }

        return false;
    }

    private void Return(IOperation value, BasicBlock block, Cause? cause, TokenState state)
    {
        IsReturned = true;
        if (PassFinallies(block.FallThroughSuccessor!, new(block, state, cause)).Exists(static passage => passage.State.IsReset))
            _misuse ??= new(TokenMisuseKind.ReturnedAfterReset, value.Syntax);
    }

    private bool Reset(IOperation reset, BasicBlock block, ref TokenState state)
    {
        var isStrict = IsStrict(reset);
        if (!state.IsReset)
        {
            Resets.Add((reset, block.EnclosingRegion));
            if (isStrict && Variables.AreDifferent(set, (IInvocationOperation)reset))
                _misuse ??= new(TokenMisuseKind.OtherVariable, reset.Syntax, ((IInvocationOperation)reset).Instance!.Syntax.ToString());
        }
        else if (isStrict)
        {
            _misuse ??= new(TokenMisuseKind.SecondReset, reset.Syntax);
        }

        state = state with { IsReset = true };

        return true;
    }

    private void ResetInner(IOperation reset, object holder, ref TokenState state)
    {
        if (state.IsReset && IsStrict(reset))
            _misuse ??= new(TokenMisuseKind.OuterBeforeInner, reset.Syntax);

        state = state with { Inner = state.Inner & ~Bit(holder) };
    }

    /// <summary><c>Reset</c> throws for a token that is used, <c>TryReset</c> and <c>Dispose</c> do nothing.</summary>
    private bool IsStrict(IOperation reset) => reset is IInvocationOperation { TargetMethod: { Name: "Reset" } method } && symbols.IsReset(method);

    /// <summary>Locals that an assignment takes the token from; false where it was the last that held it.</summary>
    private bool Assign(IOperation statement, Cause? cause, ref TokenState state)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            var (target, value) = BranchConditions.Assigned(operation);
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

            Lose(EscapeKind.Overwritten, state, operation, cause);
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

    private void Lose(EscapeKind kind, TokenState state, IOperation? by, Cause? cause)
    {
        if (!state.IsReset && !Escapes.ContainsKey(kind))
            Escapes.Add(kind, new(by, cause));
    }

    private bool? Evaluate(IOperation condition, TokenState state)
    {
        var (holder, answer) = TokenTest.Of(condition, state.IsReset);

        return holder is not null && HolderOf(holder) is { } local && (state.Holders & Bit(local)) != 0 ? answer : conditions.Evaluate(condition, state);
    }

    private static bool NeverReturns(IMethodSymbol method) =>
        method is { Name: "FailFast" or "Exit", ContainingType.Name: "Environment" }
        || method.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "DoesNotReturnAttribute" });

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
}
