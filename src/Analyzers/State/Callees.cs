using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>What the members of this compilation do to state, computed when a caller asks, once.</summary>
/// <remarks>
/// A result depends on how many further calls it may follow, so that number is part of the key: the answer is the same whoever asks first,
/// and recursion ends.
/// </remarks>
internal sealed class Callees(Compilation compilation, StateServices services)
{
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Depth), ImmutableArray<Access>> _effects = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    public ImmutableArray<Access> EffectsOf(IMethodSymbol method, int depth)
    {
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;

        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || services.AsyncCode.IsAsync(method))
            return ImmutableArray<Access>.Empty;

        var key = (method, depth);

        if (!_effects.TryGetValue(key, out var effects))
            effects = _effects.GetOrAdd(key, Compute(method, depth));

        return effects;
    }

    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, Create);

    /// <summary>Following calls into other files needs their models; each is made once per compilation.</summary>
    private SemanticModel Create(SyntaxTree tree) =>
#pragma warning disable RS1030
        compilation.GetSemanticModel(tree);
#pragma warning restore RS1030

    private ImmutableArray<Access> Compute(IMethodSymbol method, int depth)
    {
        var body = method.DeclaringSyntaxReferences[0].GetSyntax();

        if (!HasBody(body) || !compilation.ContainsSyntaxTree(body.SyntaxTree) || !services.Names.Reach(body, depth))
            return ImmutableArray<Access>.Empty;

        if (MemberGraph.TryCreate(body, method, ModelOf(body.SyntaxTree), default) is not { } graph)
            return ImmutableArray<Access>.Empty;

        return Effects.Of(graph.Root, new EventReader(graph, services, depth).Read(graph.Root, default), default);
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
