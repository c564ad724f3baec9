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
    private readonly Dictionary<SyntaxNode, TokenObligation> _misuses = [];

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
                        if (operation is not IInvocationOperation set || !symbols.MakesToken(set))
                            continue;

                        var obligation = Follow(set, block, i, body, Walk(), Walk(), symbols);
                        _obligations[set.Syntax] = obligation;
                        if (obligation.Misuse is { } misuse)
                            _misuses[misuse.By] = obligation;

                        TokenWalk Walk() => new(body, set, conditions, captures, symbols, budget);
                    }
                }
            }
        }
    }

    /// <summary>The duty that a call brings; null where no control flow is known, as in the arguments of an attribute.</summary>
    public static TokenObligation? ObligationOf(IInvocationOperation set, OperationAnalysisContext context, TokenSymbols symbols) =>
        Of(set, context, symbols) is { } flow && flow._obligations.TryGetValue(set.Syntax, out var obligation) ? obligation : null;

    /// <summary>The duty whose token a reset misuses.</summary>
    public static TokenObligation? MisusedBy(IInvocationOperation reset, OperationAnalysisContext context, TokenSymbols symbols) =>
        Of(reset, context, symbols) is { } flow && flow._misuses.TryGetValue(reset.Syntax, out var obligation) ? obligation : null;

    private static TokenFlow? Of(IOperation operation, OperationAnalysisContext context, TokenSymbols symbols)
    {
        var root = operation;
        while (root.Parent is { } parent)
            root = parent;

        if (root is not (IBlockOperation or IMethodBodyBaseOperation or ISymbolInitializerOperation))
            return null;

        var flows = Flows.GetValue(context.Compilation, static _ => new());

        return flows.TryGetValue(root.Syntax, out var flow)
            ? flow
            : flows.GetOrAdd(root.Syntax, new TokenFlow(context.GetControlFlowGraph(), context.ContainingSymbol as IMethodSymbol, symbols));
    }

    private static TokenObligation Follow(
        IInvocationOperation set, BasicBlock block, int statement, FunctionBody body, TokenWalk walk, TokenWalk rest, TokenSymbols symbols)
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

        if (use.Kind == TokenUseKind.Reset)
            return new(set, body, TokenFault.None, "", ImmutableArray<Location>.Empty);

        if (fault == TokenFault.NeverReset)
            walk.Start(block, statement, copies);

        var obligation = fault == TokenFault.NeverReset
            ? TokenVerdict.On(set, body, walk, copies)
            : new(set, body, fault, SubjectOf(use.By), ImmutableArray<Location>.Empty) { IsReturned = use.By.Parent is null && use.Kind == TokenUseKind.HandedOn };

        // Whatever becomes of the token, the value can be seen, or carried across a yield, by what comes after.
        if ((!body.IsAsync && !body.HasYield) || obligation.IsReset || obligation.IsReturned)
            return obligation;

        rest.Start(block, statement, []);

        return obligation with
        {
            Yield = fault is TokenFault.None or TokenFault.NeverReset ? obligation.Yield : rest.Yield?.Syntax.GetLocation(),
            IsLostOnReturn = body.IsAsync && rest is { IsComplete: true, IsSeen: false, Yield: null } && !Observers.CanSeeArgument(set, symbols),
        };
    }

    private static string SubjectOf(IOperation by) => by switch
    {
        IFieldReferenceOperation field => field.Field.Name,
        IInvocationOperation invocation => invocation.TargetMethod.Name,
        _ => "",
    };
}
