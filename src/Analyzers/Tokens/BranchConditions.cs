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
    private readonly ILookup<int, (int Statement, IOperation Target, IOperation? Value)> _assignments;

    public BranchConditions(FunctionBody body)
    {
        var once = new HashSet<string>();
        foreach (var block in body.Graph.Blocks)
        {
            if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is not { } condition)
                continue;

            var (key, _) = Normalize(condition, true);
            if (key is null || (once.Add(key) && condition is not ILocalReferenceOperation) || _numbers.ContainsKey(key) || _numbers.Count == Capacity)
                continue;

            var number = _numbers.Count;
            _numbers.Add(key, number);
            foreach (var operation in condition.DescendantsAndSelf())
            {
                if (SymbolOf(operation) is { } symbol)
                {
                    _namedBy.TryGetValue(symbol, out var mask);
                    _namedBy[symbol] = mask | 1u << number;
                }
            }
        }

        _assignments = AssignmentsIn(body).ToLookup(static found => found.Block, static found => (found.Statement, found.Target, found.Value));
    }

    /// <summary>What is known where a statement begins: the conditions that alone lead to it, and the flags that are set on the way.</summary>
    public TokenState At(BasicBlock block, int statement)
    {
        var way = new Stack<ControlFlowBranch>();
        for (var current = block; current.Predecessors is [{ Source: var source, FinallyRegions.IsEmpty: true } branch] && source.Ordinal < current.Ordinal; current = source)
            way.Push(branch);

        var state = default(TokenState);
        foreach (var branch in way)
        {
            var source = branch.Source;
            state = Pass(source, int.MaxValue, state);
            if (source.ConditionKind != ControlFlowConditionKind.None)
                state = Assume(source.BranchValue!, branch.IsConditionalSuccessor == (source.ConditionKind == ControlFlowConditionKind.WhenTrue), state);
        }

        return Pass(block, statement, state);
    }

    /// <summary>What an operation assigns to, and what, if that is one value.</summary>
    public static (IOperation? Target, IOperation? Value) Assigned(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation assignment => (assignment.Target, assignment.Value),
        IAssignmentOperation assignment => (assignment.Target, null),
        IIncrementOrDecrementOperation increment => (increment.Target, null),
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => (argument.Value, null),
        _ => (null, null),
    };

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

        return value?.ConstantValue is { HasValue: true, Value: bool constant } && _numbers.TryGetValue(NameOf(target), out var flag) ? state.With(flag, constant) : state;
    }

    /// <summary>The assignments to what a condition names.</summary>
    private IEnumerable<(int Block, int Statement, IOperation Target, IOperation? Value)> AssignmentsIn(FunctionBody body)
    {
        if (_numbers.Count == 0)
            yield break;

        foreach (var block in body.Graph.Blocks)
        {
            for (var i = 0; i < block.Operations.Length; i++)
            {
                foreach (var operation in block.Operations[i].DescendantsAndSelf())
                {
                    if (Assigned(operation) is ({ } target, var value) && SymbolOf(target) is { } symbol && _namedBy.ContainsKey(symbol))
                        yield return (block.Ordinal, i, target, value);
                }
            }
        }
    }

    private TokenState Pass(BasicBlock block, int end, TokenState state)
    {
        foreach (var (statement, target, value) in _assignments[block.Ordinal])
        {
            if (statement < end)
                state = Assign(target, value, state);
        }

        return state;
    }

    private static (string? Key, bool Outcome) Normalize(IOperation condition, bool outcome) => condition switch
    {
        _ when !IsPure(condition) => (null, outcome),
        IIsNullOperation isNull => (Equality(isNull.Operand.Syntax.ToString(), "null"), outcome),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => (Equality(equal.LeftOperand, equal.RightOperand), outcome),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal => (Equality(unequal.LeftOperand, unequal.RightOperand), !outcome),
        IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation constant } => (Equality(value, constant.Value), outcome),
        IIsPatternOperation { Value: var value, Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } => (Equality(value, constant.Value), !outcome),
        _ => (NameOf(condition), outcome),
    };

    private static string Equality(IOperation left, IOperation right) => Equality(left.Syntax.ToString(), right.Syntax.ToString());

    /// <summary>The same either way round.</summary>
    private static string Equality(string left, string right) => string.CompareOrdinal(left, right) < 0 ? left + "==" + right : right + "==" + left;

    /// <summary>A condition as it is written, with <c>this</c> or without, and a flag where it is declared as where it is tested.</summary>
    private static string NameOf(IOperation condition) => condition switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var member } => "this." + member.Name,
        _ => condition.Syntax.ToString(),
    };

    private static bool IsPure(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            // What a string is asked, it answers the same each time.
            if (operation is IInvocationOperation { TargetMethod.ContainingType.SpecialType: not SpecialType.System_String } or IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IObjectCreationOperation)
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
