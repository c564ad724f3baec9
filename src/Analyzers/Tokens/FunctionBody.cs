using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>A function with its control flow; the initializer of a field or property has no method.</summary>
/// <param name="Graph">Its control flow.</param>
/// <param name="Method">Its symbol.</param>
/// <param name="Enclosing">The function a lambda or a local function stands in.</param>
/// <param name="PassedTo">The method that a lambda is an argument of.</param>
internal sealed record FunctionBody(ControlFlowGraph Graph, IMethodSymbol? Method, FunctionBody? Enclosing, IMethodSymbol? PassedTo) : TokenFunction(Method, PassedTo)
{
    /// <summary>Whether it is an iterator that gives at least one element.</summary>
    public bool HasYield { get; } = Yields(Graph);

    /// <summary>Whether a local or parameter is its own. Another function's outlives this one.</summary>
    public bool Owns(ISymbol local) => Enclosing is null || SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, Method);

    /// <summary>The function and all lambdas and local functions in it.</summary>
    public static ImmutableArray<FunctionBody> AllIn(ControlFlowGraph graph, IMethodSymbol? method)
    {
        var all = ImmutableArray.CreateBuilder<FunctionBody>();
        all.Add(new(graph, method, Enclosing: null, PassedTo: null));
        for (var i = 0; i < all.Count; i++)
        {
            var body = all[i];
            foreach (var local in body.Graph.LocalFunctions)
                all.Add(new(body.Graph.GetLocalFunctionControlFlowGraph(local), local, body, PassedTo: null));

            foreach (var operation in body.Operations())
            {
                // An expression tree is data: its calls do not happen here.
                if (operation is IFlowAnonymousFunctionOperation { Parent: IDelegateCreationOperation } lambda)
                    all.Add(new(body.Graph.GetAnonymousFunctionControlFlowGraph(lambda), lambda.Symbol, body, Callee.Of(lambda)));
            }
        }

        return all.ToImmutable();
    }

    /// <summary>All operations of the function, those of its lambdas and local functions not included.</summary>
    public IEnumerable<IOperation> Operations()
    {
        foreach (var block in Graph.Blocks)
        {
            foreach (var statement in block.Operations)
            {
                foreach (var operation in statement.DescendantsAndSelf())
                    yield return operation;
            }

            if (block.BranchValue is { } value)
            {
                foreach (var operation in value.DescendantsAndSelf())
                    yield return operation;
            }
        }
    }

    private static bool Yields(ControlFlowGraph graph)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var statement in block.Operations)
            {
                if (statement.Kind == OperationKind.YieldReturn)
                    return true;
            }
        }

        return false;
    }
}
