using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>What becomes of the tokens that one body makes, its lambdas and local functions included.</summary>
internal sealed class TokenFlow
{
    private readonly Dictionary<SyntaxNode, TokenObligation> _obligations = [];

    private TokenFlow(IOperation root, IMethodSymbol? member) => (Root, Member) = (root, member);

    /// <summary>The body as it is written.</summary>
    public IOperation Root { get; }

    /// <summary>The method or accessor it belongs to; null for an initializer.</summary>
    public IMethodSymbol? Member { get; }

    /// <summary>The duties that its calls bring.</summary>
    public Dictionary<SyntaxNode, TokenObligation>.ValueCollection Obligations => _obligations.Values;

    /// <summary>Null for what has no control flow of its own.</summary>
    public static TokenFlow? Of(IOperation root, IMethodSymbol? member, TokenSymbols symbols, BodyGraphs graphs, CancellationToken cancellationToken)
    {
        var flow = new TokenFlow(root, member);

        if (DroppedIn(root, member, symbols) is { } dropped)
            flow.Drop(dropped);
        else if (graphs.Of(root, cancellationToken) is { } graph)
            flow.Follow(graph, symbols);
        else
            return null;

        return flow;
    }

    /// <summary>The calls of a member that drops all its tokens at once, as a setter does: what becomes of those needs no graph. Null for any other.</summary>
    private static List<IInvocationOperation>? DroppedIn(IOperation root, IMethodSymbol? member, TokenSymbols symbols)
    {
        // What an async method or an iterator goes on to do with the value matters too.
        if (member is not { IsAsync: false })
            return null;

        var dropped = new List<IInvocationOperation>();

        foreach (var operation in root.Descendants())
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation or IReturnOperation { Kind: OperationKind.YieldReturn })
                return null;

            if (operation is not IInvocationOperation set || !symbols.MakesToken(set.TargetMethod))
                continue;

            if (set.Parent is not IExpressionStatementOperation)
                return null;

            dropped.Add(set);
        }

        return dropped;
    }

    private void Drop(List<IInvocationOperation> sets)
    {
        var function = new TokenFunction(Member, PassedTo: null);

        foreach (var set in sets)
            _obligations[set.Syntax] = new(set, function, TokenFault.Discarded, "", ImmutableArray<Location>.Empty);
    }

    private void Follow(ControlFlowGraph graph, TokenSymbols symbols)
    {
        var bodies = FunctionBody.AllIn(graph, Member);
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
                        if (operation is not IInvocationOperation set || !symbols.MakesToken(set.TargetMethod))
                            continue;

                        var walk = new TokenWalk(body, set, conditions, captures, symbols, budget);
                        _obligations[set.Syntax] = Follow(set, block, i, body, walk, symbols);
                    }
                }
            }
        }
    }

    private static TokenObligation Follow(
        IInvocationOperation set, BasicBlock block, int statement, FunctionBody body, TokenWalk walk, TokenSymbols symbols)
    {
        var copies = new List<object>();
        var use = TokenUse.Of(set, body, symbols, copies);
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

        var rest = fault == TokenFault.NeverReset ? walk.Anew() : walk;
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
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor } constructor } => constructor.ContainingType.Name,
        IInvocationOperation invocation => invocation.TargetMethod.Name,
        _ => "",
    };
}
