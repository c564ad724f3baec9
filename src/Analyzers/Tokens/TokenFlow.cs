using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>What becomes of the tokens that one body makes, its lambdas and local functions included. Computed once and shared by the rules.</summary>
internal sealed class TokenFlow
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxNode, TokenFlow>> Flows = new();

    private readonly Dictionary<SyntaxNode, TokenObligation> _obligations = [];

    private TokenFlow(ControlFlowGraph graph, IMethodSymbol? method, TokenSymbols symbols)
    {
        var bodies = FunctionBody.AllIn(graph, method);
        var captures = new Captures(bodies, symbols);
        var budget = new WalkBudget();
        foreach (var body in bodies)
        {
            var conditions = new BranchConditions(body);
            foreach (var block in body.Graph.Blocks)
            {
                for (var i = 0; i <= block.Operations.Length; i++)
                {
                    var statement = i < block.Operations.Length ? block.Operations[i] : block.BranchValue;
                    if (statement is null)
                        continue;

                    foreach (var operation in statement.DescendantsAndSelf())
                    {
                        if (operation is IInvocationOperation set && symbols.MakesToken(set))
                            _obligations[set.Syntax] = Follow(set, block, i, body, new(body, set, conditions, captures, symbols, budget), symbols);
                    }
                }
            }
        }
    }

    /// <summary>The duty that a call brings; null where no control flow is known, as in the arguments of an attribute.</summary>
    public static TokenObligation? ObligationOf(IInvocationOperation set, OperationAnalysisContext context, TokenSymbols symbols)
    {
        IOperation root = set;
        while (root.Parent is { } parent)
            root = parent;

        if (root is not (IBlockOperation or IMethodBodyBaseOperation or ISymbolInitializerOperation))
            return null;

        var flows = Flows.GetValue(context.Compilation, static _ => new());
        if (!flows.TryGetValue(root.Syntax, out var flow))
            flow = flows.GetOrAdd(root.Syntax, new TokenFlow(context.GetControlFlowGraph(), context.ContainingSymbol as IMethodSymbol, symbols));

        return flow._obligations.TryGetValue(set.Syntax, out var obligation) ? obligation : null;
    }

    private static TokenObligation Follow(
        IInvocationOperation set, BasicBlock block, int statement, FunctionBody body, TokenWalk walk, TokenSymbols symbols)
    {
        var copies = new List<object>();
        var use = TokenUse.Of(set, symbols, copies);
        var fault = use.Kind switch
        {
            TokenUseKind.Discarded => TokenFault.DiscardedExplicitly,
            TokenUseKind.IgnoredByCallee => TokenFault.IgnoredByCallee,
            TokenUseKind.StoredInField when VisibleUses.IsOnlyWritten(((IFieldReferenceOperation)use.By).Field) => TokenFault.FieldNeverReset,
            TokenUseKind.None when copies.Count == 0 => TokenFault.Discarded,
            TokenUseKind.None => TokenFault.NeverReset,
            _ => TokenFault.None,
        };

        if (fault == TokenFault.None)
            return new(set, body, TokenFault.None, "", ImmutableArray<Location>.Empty);

        if (fault == TokenFault.NeverReset)
        {
            walk.Start(block, statement, copies);
            return TokenVerdict.On(set, body, walk, copies);
        }

        // Nothing can reset it, so what happens on the way decides only what the fault is called.
        if (body.IsAsync || body.HasYield)
            walk.Start(block, statement, []);

        var subject = use.By switch
        {
            IFieldReferenceOperation field => field.Field.Name,
            IInvocationOperation invocation => invocation.TargetMethod.Name,
            _ => "",
        };

        return new(set, body, fault, subject, ImmutableArray<Location>.Empty) { Yield = walk.Yield?.Syntax.GetLocation(), IsSeen = walk.IsSeen };
    }
}
