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
            if (node == write || node is not (SimpleNameSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax))
                continue;

            cancellationToken.ThrowIfCancellationRequested();
            var symbol = model.GetSymbolInfo(node, cancellationToken).Symbol;
            if (symbol is null or ILocalSymbol or IParameterSymbol or INamespaceOrTypeSymbol || (node is SimpleNameSyntax && symbol is IMethodSymbol))
                continue;

            if (state.Any(member => SameDeclaration(member, symbol)))
            {
                if (write is not null || !IsWritten(node))
                    return true;

                continue;
            }

            if (IsOpen(symbol) && unknown)
                return true;

            foreach (var reference in symbol.DeclaringSyntaxReferences)
            {
                if (symbol is IFieldSymbol)
                    continue;

                var declaration = await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
                if (declaration is TypeDeclarationSyntax || solution.GetDocument(declaration.SyntaxTree) is not { } document)
                    continue;

                var bodyModel = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
                if (bodyModel is not null && bodyModel.SyntaxTree == declaration.SyntaxTree && await ReadsAsync(declaration, bodyModel, unknown, cancellationToken).ConfigureAwait(false))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The code of a function that can run after a node: what follows it, and all of a loop around it.</summary>
    public static IEnumerable<SyntaxNode> After(SyntaxNode node, SyntaxNode function)
    {
        for (var inner = node; inner != function && inner.Parent is { } outer; inner = outer)
        {
            if (outer is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                yield return outer;

            foreach (var sibling in outer.ChildNodes())
            {
                var alternative = (outer is IfStatementSyntax && sibling is ElseClauseSyntax && inner is StatementSyntax) || (outer is SwitchStatementSyntax && sibling is SwitchSectionSyntax);
                if (sibling.SpanStart >= inner.Span.End && !alternative)
                    yield return sibling;
            }

            if (outer is BlockSyntax { Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax] })
                yield break;
        }
    }

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
