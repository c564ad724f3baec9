using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Prepares statements for the scope they move into: without the resets it replaces, and with their declarations hoisted.</summary>
internal sealed class ScopeRewriter(
    ImmutableArray<StatementSyntax> resets, HoistedDeclarations hoisted, StatementSyntax setStatement, StatementSyntax? assignment) : CSharpSyntaxRewriter
{
    /// <summary>The statement as it stands in the scope; several, where a declaration is split or a <c>try</c> loses its reason; none for a reset.</summary>
    public IEnumerable<StatementSyntax> Rewrite(StatementSyntax statement)
    {
        if (hoisted.Split(statement) is { } parts)
            return parts;

        // Not a switch expression: its type would be SyntaxList, whose Add returns another list, so that a collection expression of it is empty.
        var rewritten = Visit(statement);
        if (rewritten is BlockSyntax block && statement is TryStatementSyntax)
            return WithTriviaOf(statement, block);

        return rewritten is null ? [] : [(StatementSyntax)rewritten];
    }

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is StatementSyntax statement && resets.Contains(statement))
            return null;

        return node == setStatement && assignment is not null ? assignment : base.Visit(node);
    }

    public override SyntaxNode? VisitDeclarationExpression(DeclarationExpressionSyntax node) =>
        node.Designation is SingleVariableDesignationSyntax designation && hoisted.Contains(designation)
            ? SyntaxFactory.IdentifierName(designation.Identifier).WithTriviaFrom(node)
            : base.VisitDeclarationExpression(node);

    public override SyntaxNode? VisitTryStatement(TryStatementSyntax node)
    {
        var visited = (TryStatementSyntax)base.VisitTryStatement(node)!;
        if (visited.Finally is not { Block.Statements.Count: 0 } || node.Finally!.Block.Statements.Count == 0)
            return visited;

        return visited.Catches.Count == 0 ? visited.Block : visited.WithFinally(null);
    }

    private static SyntaxList<StatementSyntax> WithTriviaOf(StatementSyntax original, BlockSyntax block)
    {
        if (block.Statements.Count == 0)
            return default;

        var first = block.Statements[0];

        return block.Statements.Replace(first, first.WithLeadingTrivia(original.GetLeadingTrivia().AddRange(first.GetLeadingTrivia())));
    }
}
