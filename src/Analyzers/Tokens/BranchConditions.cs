using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>The conditions of a function that may be tested more than once, so that <c>if (c) t = v.Set(x); … if (c) v.Reset(t);</c> is understood.</summary>
/// <remarks>Two conditions are the same if they read the same and nothing they name is assigned in between. What else could change them makes the rules silent.</remarks>
internal sealed class BranchConditions
{
    private const int Capacity = 32;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<ISymbol, uint> _namedBy = new(SymbolEqualityComparer.Default);

    public BranchConditions(FunctionBody body)
    {
        var once = new HashSet<string>();
        foreach (var block in body.Graph.Blocks)
        {
            if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is not { } condition)
                continue;

            var (key, _) = Normalize(condition, true);
            var isFlag = condition is ILocalReferenceOperation or IUnaryOperation { Operand: ILocalReferenceOperation };
            if (key is null || (once.Add(key) && !isFlag) || _numbers.ContainsKey(key) || _numbers.Count == Capacity)
                continue;

            var number = _numbers.Count;
            _numbers.Add(key, number);
            foreach (var operation in condition.DescendantsAndSelf())
            {
                if (SymbolOf(operation) is { } symbol)
                    _namedBy[symbol] = (_namedBy.TryGetValue(symbol, out var mask) ? mask : 0) | 1u << number;
            }
        }
    }

    /// <summary>What is known where a block begins: the conditions that alone lead to it.</summary>
    public TokenState At(BasicBlock block)
    {
        var state = default(TokenState);
        var current = block;
        while (current.Predecessors is [{ Source: var source } branch] && source.Ordinal < current.Ordinal)
        {
            if (source.ConditionKind != ControlFlowConditionKind.None && source.BranchValue is { } condition)
            {
                var outcome = branch.IsConditionalSuccessor == (source.ConditionKind == ControlFlowConditionKind.WhenTrue);
                var assumed = Assume(condition, outcome, default);
                if ((state.Known & assumed.Known) == 0)
                    state = state with { Known = state.Known | assumed.Known, Values = state.Values | assumed.Values };
            }

            current = source;
        }

        return state;
    }

    /// <summary>What is known about a condition, if anything is.</summary>
    public bool? Evaluate(IOperation condition, TokenState state)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool constant })
            return constant;

        var (key, isTrue) = Normalize(condition, true);
        if (key is null || !_numbers.TryGetValue(key, out var number) || (state.Known >> number & 1) == 0)
            return null;

        return (state.Values >> number & 1) == 1 == isTrue;
    }

    /// <summary>The state once a condition has turned out so.</summary>
    public TokenState Assume(IOperation condition, bool outcome, TokenState state)
    {
        var (key, value) = Normalize(condition, outcome);

        return key is not null && _numbers.TryGetValue(key, out var number) ? state.With(number, value) : state;
    }

    /// <summary>The state after an assignment: what named the target is unknown, a flag that is set to a constant is known.</summary>
    public TokenState Assign(IOperation target, IOperation? value, TokenState state)
    {
        if (SymbolOf(target) is not { } symbol || !_namedBy.TryGetValue(symbol, out var mask))
            return state;

        state = state with { Known = state.Known & ~mask, Values = state.Values & ~mask };

        return value?.ConstantValue is { HasValue: true, Value: bool constant } && _numbers.TryGetValue(target.Syntax.ToString(), out var flag)
            ? state.With(flag, constant)
            : _numbers.TryGetValue(symbol.Name, out flag) && value?.ConstantValue is { HasValue: true, Value: bool initial } ? state.With(flag, initial) : state;
    }

    private static (string? Key, bool Outcome) Normalize(IOperation condition, bool outcome)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Normalize(not.Operand, !outcome);
            case IParenthesizedOperation parenthesized:
                return Normalize(parenthesized.Operand, outcome);
            case IIsNullOperation isNull:
                return (isNull.Operand.Syntax + "==null", outcome);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when IsPure(equal):
                return (equal.LeftOperand.Syntax + "==" + equal.RightOperand.Syntax, outcome);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal when IsPure(unequal):
                return (unequal.LeftOperand.Syntax + "==" + unequal.RightOperand.Syntax, !outcome);
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } isPattern when IsPure(isPattern):
                return (isPattern.Value.Syntax + "==" + constant.Value.Syntax, outcome);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } isPattern when IsPure(isPattern):
                return (isPattern.Value.Syntax + "==" + constant.Value.Syntax, !outcome);
            default:
                return IsPure(condition) ? (condition.Syntax.ToString(), outcome) : (null, outcome);
        }
    }

    private static bool IsPure(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation or IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IObjectCreationOperation)
                return false;
        }

        return true;
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };
}
