using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A write whose value is used: <c>M(x = y);</c> becomes <c>x = y; M(x);</c>.</summary>
internal static class WriteInExpression
{
    /// <summary>False where the write cannot move in front of the code that it is part of.</summary>
    public static async Task<bool> PlanAsync(Use use, Solution solution, StateMember member, DocumentEdits edits, HashSet<SyntaxNode> touched, CancellationToken cancellationToken)
    {
        if (Write.Create(use) is not { } write || write.Expression is PostfixUnaryExpressionSyntax
            || EvaluationOrder.Find(write.Expression) is not { } order
            || !await order.CanMoveToFrontAsync(use.Model, new Observation(solution, member.Symbols, write.Expression), cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        // The next round comes to what is left of it.
        if (!touched.Add(order.Host))
            return true;

        if (Host(order.Host, use.Model, cancellationToken) is not { } place)
            return false;

        var value = Value(write, member);
        StatementSyntax? statement = null;
        edits.Replace(Outermost(write.Expression), current =>
        {
            var moved = current;
            while (moved is ParenthesizedExpressionSyntax parenthesized)
                moved = parenthesized.Expression;

            statement = SyntaxFactory.ExpressionStatement(((ExpressionSyntax)moved).WithoutTrivia());
            return SyntaxFactory.ParseExpression(value).WithTriviaFrom(current);
        });
        place(edits, () => statement!);

        return true;
    }

    /// <summary>The value that the write has, by the shortest name.</summary>
    private static string Value(Write write, StateMember member)
    {
        var model = write.Use.Model;
        var isName = write.Assigned is LiteralExpressionSyntax
            || write.Assigned is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol;

        return isName && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(write.Assigned!).Type, member.Type) ? write.Assigned!.ToString() : write.Use.Expression.ToString();
    }

    private static ExpressionSyntax Outermost(ExpressionSyntax write)
    {
        while (write.Parent is ParenthesizedExpressionSyntax parenthesized)
            write = parenthesized;

        return write;
    }

    /// <summary>How a statement is put in front of the host.</summary>
    private static Action<DocumentEdits, Func<StatementSyntax>>? Host(SyntaxNode host, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (host)
        {
            case StatementSyntax statement and not LocalFunctionStatementSyntax when StatementList.Of(statement) is not null:
                return (edits, write) => edits.Replace(statement, current => new[] { InFrontOf(current, write(), edits), Below(current) });

            case StatementSyntax { Parent: not ElseClauseSyntax } and not LocalFunctionStatementSyntax or ExpressionStatementSyntax:
                return (edits, write) => edits.Replace(host, current => Block([write(), ((StatementSyntax)current).WithoutTrivia()], edits).WithTrailingTrivia(current.GetTrailingTrivia()));

            default:
                return ExpressionBody.ReturnsValue(host, model, cancellationToken) is { } returns
                    ? (edits, write) => edits.Replace(host, current => ExpressionBody.ToBlock(current, write, returns, body => Block(body, edits, IndentOf(host)), edits.NewLine))
                    : null;
        }
    }

    private static StatementSyntax InFrontOf(StatementSyntax host, StatementSyntax write, DocumentEdits edits) =>
        write.WithLeadingTrivia(host.GetLeadingTrivia()).WithTrailingTrivia(edits.NewLine);

    private static StatementSyntax Below(StatementSyntax host) =>
        host.WithLeadingTrivia(host.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    /// <summary>A block that the formatter puts right, except that it leaves that of a lambda where it begins.</summary>
    private static BlockSyntax Block(IEnumerable<StatementSyntax> statements, DocumentEdits edits, string indent = "") => SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indent)), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(edits.NewLine)),
            SyntaxFactory.List(statements.Select(statement => statement.WithTrailingTrivia(edits.NewLine))),
            SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indent)), SyntaxKind.CloseBraceToken, default))
        .WithAdditionalAnnotations(Formatter.Annotation);

    private static string IndentOf(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();

        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}
