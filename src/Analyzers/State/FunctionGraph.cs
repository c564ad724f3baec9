using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>The control-flow graph of one function: a member's body, or a lambda or local function in it.</summary>
internal sealed class FunctionGraph(ControlFlowGraph graph, IMethodSymbol? function, SyntaxNode syntax, FunctionGraph? outer, IFlowAnonymousFunctionOperation? lambda)
{
    public ControlFlowGraph Graph { get; } = graph;

    /// <summary>Null in a field or property initializer.</summary>
    public IMethodSymbol? Function { get; } = function;

    public SyntaxNode Syntax { get; } = syntax;

    public FunctionGraph? Outer { get; } = outer;

    /// <summary>The lambda in the graph of <see cref="Outer"/>; null for members and local functions.</summary>
    public IFlowAnonymousFunctionOperation? Lambda { get; } = lambda;
}

/// <summary>A member's body with all functions in it, and what is assigned to its locals.</summary>
internal sealed class MemberGraph
{
    private readonly List<FunctionGraph> _functions = new();
    private readonly Dictionary<ISymbol, List<IOperation>> _definitions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<CaptureId, List<IOperation>> _captures = new();
    private readonly HashSet<CaptureId> _assignedCaptures = new();

    public MemberGraph(ControlFlowGraph graph, ISymbol? member, CancellationToken cancellationToken) =>
        Add(new FunctionGraph(graph, member as IMethodSymbol, graph.OriginalOperation.Syntax, outer: null, lambda: null), cancellationToken);

    /// <summary>The member first, then the functions in it, outer before inner.</summary>
    public IReadOnlyList<FunctionGraph> Functions => _functions;

    public FunctionGraph Root => _functions[0];

    public FunctionGraph? LocalFunction(IMethodSymbol function)
    {
        foreach (var candidate in _functions)
        {
            if (candidate.Lambda is null && SymbolEqualityComparer.Default.Equals(candidate.Function, function.OriginalDefinition))
                return candidate;
        }

        return null;
    }

    /// <summary>All values assigned to a local variable anywhere in the member.</summary>
    public IReadOnlyList<IOperation> DefinitionsOf(ISymbol local) =>
        _definitions.TryGetValue(local, out var values) ? values : Array.Empty<IOperation>();

    /// <summary>The local that a value goes to.</summary>
    public ISymbol? LocalDefinedBy(IOperation value, Func<IOperation, IOperation> unwrap)
    {
        foreach (var definition in _definitions)
        {
            foreach (var candidate in definition.Value)
            {
                if (unwrap(candidate) == value)
                    return definition.Key;
            }
        }

        return null;
    }

    public IReadOnlyList<IOperation> CapturedBy(CaptureId id) =>
        _captures.TryGetValue(id, out var values) ? values : Array.Empty<IOperation>();

    /// <summary>The capture stands for the place that is written, not for its value.</summary>
    public bool IsAssigned(CaptureId id) => _assignedCaptures.Contains(id);

    private void Add(FunctionGraph function, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _functions.Add(function);
        var lambdas = new List<IFlowAnonymousFunctionOperation>();

        foreach (var block in function.Graph.Blocks)
        {
            foreach (var operation in block.Operations)
                Collect(operation, lambdas);

            if (block.BranchValue is not null)
                Collect(block.BranchValue, lambdas);
        }

        foreach (var local in function.Graph.LocalFunctions)
        {
            var graph = function.Graph.GetLocalFunctionControlFlowGraph(local, cancellationToken);
            Add(new FunctionGraph(graph, local, graph.OriginalOperation.Syntax, function, lambda: null), cancellationToken);
        }

        foreach (var lambda in lambdas)
        {
            var graph = function.Graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellationToken);
            Add(new FunctionGraph(graph, lambda.Symbol, lambda.Syntax, function, lambda), cancellationToken);
        }
    }

    private void Collect(IOperation root, List<IFlowAnonymousFunctionOperation> lambdas)
    {
        foreach (var operation in root.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IFlowAnonymousFunctionOperation lambda:
                    lambdas.Add(lambda);
                    break;
                case IFlowCaptureOperation capture:
                    GetOrAdd(_captures, capture.Id).Add(capture.Value);
                    break;
                case IAssignmentOperation assignment:
                    Define(assignment.Target, assignment.Value);
                    break;
                case IIncrementOrDecrementOperation increment:
                    Define(increment.Target, increment);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Parent: { } call } argument:
                    Define(argument.Value, call);
                    break;
                case IIsPatternOperation pattern:
                    DefinePattern(pattern);
                    break;
            }
        }
    }

    private void Define(IOperation target, IOperation value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                GetOrAdd(_definitions, local.Local).Add(value);
                break;
            case IMemberReferenceOperation { Member: not IPropertySymbol { IsIndexer: true }, Instance: ILocalReferenceOperation { Local: { Type.IsValueType: true } local } }:
                GetOrAdd(_definitions, local).Add(value); // a struct is what its parts are
                break;
            case IDeclarationExpressionOperation declaration:
                Define(declaration.Expression, value);
                break;
            case IFlowCaptureReferenceOperation capture:
                _assignedCaptures.Add(capture.Id);
                break;
            case ITupleOperation tuple:
                for (var i = 0; i < tuple.Elements.Length; i++)
                    Define(tuple.Elements[i], ElementOf(value, i, tuple.Elements.Length));
                break;
        }
    }

    /// <summary>The part of a deconstructed value that goes to one target, where it can be told apart.</summary>
    public static IOperation ElementOf(IOperation value, int index, int count)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;

        return value is ITupleOperation tuple && tuple.Elements.Length == count ? tuple.Elements[index] : value;
    }

    private void DefinePattern(IIsPatternOperation pattern)
    {
        foreach (var part in pattern.Pattern.DescendantsAndSelf())
        {
            var variable = part switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                _ => null,
            };

            if (variable is not null)
                GetOrAdd(_definitions, variable).Add(pattern.Value);
        }
    }

    private static List<IOperation> GetOrAdd<TKey>(Dictionary<TKey, List<IOperation>> map, TKey key)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list))
            map.Add(key, list = new List<IOperation>());

        return list;
    }
}
