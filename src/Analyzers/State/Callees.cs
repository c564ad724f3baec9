using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>What the members of this compilation do to state, computed when a caller asks, once.</summary>
/// <remarks>
/// A result depends on how far it may follow further calls, so that number is part of the key: the answer is the same whoever asks first,
/// and recursion ends.
/// </remarks>
internal sealed class Callees(Compilation compilation, StateServices services)
{
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Budget), ImmutableArray<Access>> _effects = new();
    private readonly ConcurrentDictionary<SyntaxNode, MemberGraph> _graphs = new();
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
        && (reach == StateReach.Direct || services.CallReach.LeadsToChange(operation, budget))
            ? GraphOf(operation, member, cancellationToken)
            : null;

    public MemberGraph? GraphOf(IOperation body, ISymbol? member, CancellationToken cancellationToken)
    {
        if (!_graphs.TryGetValue(body.Syntax, out var known) && BodyGraphs.Of(compilation).Of(body, cancellationToken) is { } graph)
            known = _graphs.GetOrAdd(body.Syntax, new MemberGraph(graph, member, cancellationToken));

        return known;
    }

    private ImmutableArray<Access> Compute(IMethodSymbol method, int budget)
    {
        var body = method.DeclaringSyntaxReferences[0].GetSyntax();

        if (!HasBody(body) || !compilation.ContainsSyntaxTree(body.SyntaxTree))
            return ImmutableArray<Access>.Empty;

        if (ForwardingAccessor.TryRead(method, body, services, out var access))
            return access is null ? ImmutableArray<Access>.Empty : ImmutableArray.Create(access);

        var reach = services.Names.OfUse(body, budget);

        if (reach == StateReach.None || GraphOf(body, method, ModelOf(body.SyntaxTree), reach, budget, default) is not { } graph)
            return ImmutableArray<Access>.Empty;

        return Effects.Of(graph.Root, new EventReader(graph, services, budget).Read(graph.Root, default), default);
    }

    /// <summary>The body of an iterator runs later, piece by piece: a call of it does nothing yet.</summary>
    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => (method.Body is not null || method.ExpressionBody is not null) && !IsIterator(method),
        AccessorDeclarationSyntax accessor => (accessor.Body is not null || accessor.ExpressionBody is not null) && !IsIterator(accessor),
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
