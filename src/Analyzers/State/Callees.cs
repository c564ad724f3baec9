using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>What the members of this compilation do to state, computed when a caller asks, once.</summary>
/// <remarks>
/// A result depends on how far it may follow further calls, so that number is part of the key: the answer is the same whoever asks first,
/// and recursion ends.
/// </remarks>
internal sealed class Callees(Compilation compilation, StateServices services)
{
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Budget), ImmutableArray<Access>> _effects = new();
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Budget), bool> _uses = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    public ImmutableArray<Access> EffectsOf(IMethodSymbol method, int budget)
    {
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;

        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || services.AsyncCode.IsAsync(method))
            return ImmutableArray<Access>.Empty;

        var key = (method, budget);

        if (!_effects.TryGetValue(key, out var effects))
            effects = _effects.GetOrAdd(key, Compute(method, budget));

        return effects;
    }

    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, Create);

    /// <summary>Following calls into other files needs their models; each is made once per compilation.</summary>
    private SemanticModel Create(SyntaxTree tree) =>
#pragma warning disable RS1030
        compilation.GetSemanticModel(tree);
#pragma warning restore RS1030

    /// <summary>The graph of a body that gets at state. A body with no more than calls is bound first: of the many members with one name most are others.</summary>
    public MemberGraph? GraphOf(SyntaxNode body, ISymbol member, SemanticModel model, StateReach reach, int budget, CancellationToken cancellationToken) =>
        reach != StateReach.None
        && model.GetOperation(body, cancellationToken) is { } operation
        && (reach == StateReach.Direct || operation.DescendantsAndSelf().Any(part => IsCallOfUse(part, budget)))
            ? MemberGraph.TryCreate(operation, member, cancellationToken)
            : null;

    private bool IsCallOfUse(IOperation operation, int budget) => operation switch
    {
        IInvocationOperation call => IsUse(call.TargetMethod, budget),
        IObjectCreationOperation creation => IsUse(creation.Constructor, budget),
        IMethodReferenceOperation method => IsUse(method.Method, budget),
        IPropertyReferenceOperation { Property: var property } => IsUse(property.GetMethod, budget) || IsUse(property.SetMethod, budget),
        IEventReferenceOperation { Event: var @event } => IsUse(@event.AddMethod, budget) || IsUse(@event.RemoveMethod, budget),
        IUsingOperation @using => IsUseAtEnd(@using.Resources, budget),
        IUsingDeclarationOperation @using => IsUseAtEnd(@using.DeclarationGroup, budget),
        _ => false,
    };

    private bool IsUseAtEnd(IOperation resources, int budget)
    {
        foreach (var resource in resources.DescendantsAndSelf())
        {
            for (var type = resource is IVariableDeclaratorOperation { Symbol.Type: var declared } ? declared : resource.Type; type is not null; type = type.BaseType)
            {
                foreach (var member in type.GetMembers())
                {
                    if (member is IMethodSymbol { Parameters.IsEmpty: true } method && method.Name.EndsWith("Dispose", StringComparison.Ordinal) && IsUse(method, budget))
                        return true;
                }
            }
        }

        return false;
    }

    private bool IsUse(IMethodSymbol? method, int budget)
    {
        if (method is null)
            return false;

        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;

        return !method.DeclaringSyntaxReferences.IsEmpty && _uses.GetOrAdd((method, budget - CallBudget.CostOf(method)), ComputeUse);
    }

    private bool ComputeUse((IMethodSymbol Method, int Budget) callee) =>
        callee.Budget >= 0 && services.Names.OfUse(callee.Method.DeclaringSyntaxReferences[0].GetSyntax(), callee.Budget) != StateReach.None;

    private ImmutableArray<Access> Compute(IMethodSymbol method, int budget)
    {
        var body = method.DeclaringSyntaxReferences[0].GetSyntax();

        if (!HasBody(body) || !compilation.ContainsSyntaxTree(body.SyntaxTree))
            return ImmutableArray<Access>.Empty;

        var reach = services.Names.OfUse(body, budget);

        if (reach == StateReach.None || GraphOf(body, method, ModelOf(body.SyntaxTree), reach, budget, default) is not { } graph)
            return ImmutableArray<Access>.Empty;

        return Effects.Of(graph.Root, new EventReader(graph, services, budget).Read(graph.Root, default), default);
    }

    /// <summary>The body of an iterator runs later, piece by piece: a call of it does nothing yet.</summary>
    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => (method.Body is not null || method.ExpressionBody is not null) && !IsIterator(method),
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        ArrowExpressionClauseSyntax => true,
        _ => false,
    };

    public static bool IsIterator(SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes(child => child == function || !Guard.IsFunction(child)))
        {
            if (node is YieldStatementSyntax)
                return true;
        }

        return false;
    }
}
