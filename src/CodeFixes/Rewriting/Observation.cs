using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Whether code reads the state, itself or through the source it calls.</summary>
/// <param name="solution">Where the source is.</param>
/// <param name="state">The member, and the property in front of it.</param>
/// <param name="write">A write that does not count. Given one, all others do.</param>
internal sealed class Observation(Solution solution, ImmutableArray<ISymbol> state, SyntaxNode? write = null)
{
    private const int MaxMethods = 300;

    private readonly HashSet<SyntaxNode> _visited = [];

    /// <param name="nodes">The code asked about.</param>
    /// <param name="model">The meaning of it.</param>
    /// <param name="unknown">The answer for calls that lead nobody knows where: delegates, virtual and interface members.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<bool> ReadsAsync(IEnumerable<SyntaxNode> nodes, SemanticModel model, bool unknown, CancellationToken cancellationToken)
    {
        _visited.Clear();
        foreach (var node in nodes)
        {
            if (await ReadsAsync(node, model, unknown, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private async Task<bool> ReadsAsync(SyntaxNode root, SemanticModel model, bool unknown, CancellationToken cancellationToken)
    {
        if (!_visited.Add(root))
            return false;

        if (_visited.Count > MaxMethods)
            return unknown;

        foreach (var node in root.DescendantNodesAndSelf(inner => inner != write))
        {
            if (node == write)
                continue;

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var symbol in ImplicitCode.Disposed(node, model, cancellationToken).Append(Named(node, model, cancellationToken)))
            {
                if (symbol is null or ILocalSymbol or IParameterSymbol or INamespaceOrTypeSymbol || (node is SimpleNameSyntax && symbol is IMethodSymbol))
                    continue;

                if (state.Any(member => SameDeclaration(member, symbol)))
                {
                    if (write is not null || !IsWritten(node))
                        return true;
                }
                else if (IsOpen(symbol) && unknown || await ReadsAsync(symbol, unknown, cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task<bool> ReadsAsync(ISymbol called, bool unknown, CancellationToken cancellationToken)
    {
        foreach (var code in ImplicitCode.Of(called, cancellationToken))
        {
            if (solution.GetDocument(code.SyntaxTree) is not { } document)
                continue;

            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            if (await ReadsAsync(code, model!, unknown, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    /// <summary>What a node names, calls or makes; the operator, where it is one.</summary>
    private static ISymbol? Named(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node is SimpleNameSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or ConstructorInitializerSyntax
            or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax or AssignmentExpressionSyntax { RawKind: not (int)SyntaxKind.SimpleAssignmentExpression }
            ? model.GetSymbolInfo(node, cancellationToken).Symbol
            : null;

    /// <summary>The code of a function that can run after a node: what follows it, all of a loop around it, and what is disposed of.</summary>
    public static IEnumerable<SyntaxNode> After(SyntaxNode node, SyntaxNode function)
    {
        var isLeft = false;
        for (var inner = node; inner != function && inner.Parent is { } outer; inner = outer)
        {
            if (!isLeft && outer is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                yield return outer;

            foreach (var sibling in outer.ChildNodes())
            {
                if (sibling.SpanStart >= inner.Span.End ? !IsElsewhere(sibling, inner) && (!isLeft || sibling is CatchClauseSyntax or FinallyClauseSyntax) : ImplicitCode.IsResource(sibling) && sibling != inner)
                    yield return sibling;
            }

            // Only what cleans up runs after that.
            isLeft |= outer is BlockSyntax { Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax] };
        }
    }

    /// <summary>Another branch, or what runs when it is called.</summary>
    private static bool IsElsewhere(SyntaxNode sibling, SyntaxNode inner) => sibling is ElseClauseSyntax && inner is StatementSyntax
        || sibling is SwitchSectionSyntax && inner is SwitchSectionSyntax
        || sibling is LocalFunctionStatementSyntax or GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax } or MemberDeclarationSyntax and not GlobalStatementSyntax;

    /// <summary>The code of a loop that runs before a node, and so after it in the next round.</summary>
    public static IEnumerable<SyntaxNode> Before(SyntaxNode node, SyntaxNode loop)
    {
        for (var inner = node; inner != loop && inner.Parent is { } outer; inner = outer)
        {
            foreach (var sibling in outer.ChildNodes())
            {
                if (sibling.Span.End <= inner.SpanStart)
                    yield return sibling;
            }
        }
    }

    /// <summary>The same member, also where two compilations have a symbol each for it.</summary>
    public static bool SameDeclaration(ISymbol left, ISymbol right) =>
        left.Name == right.Name && left.Kind == right.Kind
        && left.DeclaringSyntaxReferences.Length > 0 && right.OriginalDefinition.DeclaringSyntaxReferences.Length > 0
        && left.DeclaringSyntaxReferences[0].Span == right.OriginalDefinition.DeclaringSyntaxReferences[0].Span
        && left.DeclaringSyntaxReferences[0].SyntaxTree.FilePath == right.OriginalDefinition.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;

    private static bool IsWritten(SyntaxNode name)
    {
        var expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return expression.Parent is AssignmentExpressionSyntax assignment && assignment.Left == expression && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
    }

    private static bool IsOpen(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } => true,
        { ContainingType.TypeKind: TypeKind.Interface } => true,
        { IsAbstract: true } => true,
        { IsVirtual: true } or { IsOverride: true } => symbol.DeclaringSyntaxReferences.Length > 0,
        _ => false,
    };
}
