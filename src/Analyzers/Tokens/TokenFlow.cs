using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>What becomes of the tokens that one body makes, its lambdas and local functions included.</summary>
internal sealed class TokenFlow
{
    private readonly Dictionary<SyntaxNode, TokenObligation> _obligations = [];

    public TokenFlow(IOperation root, ControlFlowGraph graph, IMethodSymbol? method, TokenSymbols symbols)
    {
        (Root, Member) = (root, method);
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
                        if (operation is not IInvocationOperation set || !symbols.MakesToken(set.TargetMethod))
                            continue;

                        var walk = new TokenWalk(body, set, conditions, captures, symbols, budget);
                        _obligations[set.Syntax] = Follow(set, block, i, body, walk, symbols);
                    }
                }
            }
        }
    }

    /// <summary>The body as it is written.</summary>
    public IOperation Root { get; }

    /// <summary>The method or accessor it belongs to; null for an initializer.</summary>
    public IMethodSymbol? Member { get; }

    /// <summary>The duties that its calls bring.</summary>
    public Dictionary<SyntaxNode, TokenObligation>.ValueCollection Obligations => _obligations.Values;

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
