using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Puts statements into the scope of a value: a declaration, the statements in <c>try</c>, the cleanup in <c>finally</c>.</summary>
/// <remarks>
/// Pure syntax, so it serves statements that were rewritten already. The statements keep their comments, directives and blank lines. What is
/// made is annotated for the formatter. Which declarations later statements need, <see cref="HoistedDeclarations"/> tells beforehand.
/// </remarks>
internal static class ResetInFinally
{
    /// <summary><c>var token = set;</c></summary>
    public static LocalDeclarationStatementSyntax Declare(string token, ExpressionSyntax set) => SyntaxFactory.LocalDeclarationStatement(
        SyntaxFactory.VariableDeclaration(
            SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(
                SyntaxFactory.Identifier(token).WithTrailingTrivia(SyntaxFactory.Space),
                argumentList: null,
                SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), set.WithoutTrivia())))));

    /// <summary><c>variable.Reset(token);</c>, or <c>token.Dispose();</c> where naming the variable again could mean another one.</summary>
    public static StatementSyntax Reset(string token, ExpressionSyntax set)
    {
        var variable = set is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set" } access }
            ? access.Expression
            : null;

        return variable is not null && IsPath(variable) ? SyntaxFactory.ParseStatement($"{variable.WithoutTrivia()}.Reset({token});") : Dispose(token);
    }

    /// <summary><c>token.Dispose();</c>, which does nothing for a token that was not set.</summary>
    public static StatementSyntax Dispose(string token) => SyntaxFactory.ParseStatement($"{token}.Dispose();");

    /// <summary><c>try { body } finally { cleanup }</c>; null where the body holds one half of a pair of directives.</summary>
    /// <param name="end">What stands behind the last statement and belongs to it: comments, closing directives.</param>
    public static TryStatementSyntax? Try(IReadOnlyList<StatementSyntax> body, SyntaxTriviaList end, StatementSyntax cleanup, SyntaxTrivia newLine)
    {
        if (!Directives.AreBalanced(body, end))
            return null;

        return SyntaxFactory.TryStatement(
                Token(SyntaxKind.TryKeyword, newLine),
                Block(body, end, newLine),
                catches: default,
                SyntaxFactory.FinallyClause(Token(SyntaxKind.FinallyKeyword, newLine), Block([cleanup], end: default, newLine)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary><c>using (set) { body }</c>; null under the same conditions.</summary>
    public static UsingStatementSyntax? Using(ExpressionSyntax set, IReadOnlyList<StatementSyntax> body, SyntaxTriviaList end, SyntaxTrivia newLine)
    {
        if (!Directives.AreBalanced(body, end))
            return null;

        return SyntaxFactory.UsingStatement(declaration: null, set.WithoutTrivia(), Block(body, end, newLine))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithCloseParenToken(Token(SyntaxKind.CloseParenToken, newLine))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>A statement with a line break behind it, as it may have come from a line that it shared.</summary>
    public static StatementSyntax EndsLine(StatementSyntax statement, SyntaxTrivia newLine)
    {
        var trailing = statement.GetTrailingTrivia();

        return trailing.Any(SyntaxKind.EndOfLineTrivia) ? statement : statement.WithTrailingTrivia(trailing.Add(newLine));
    }

    private static BlockSyntax Block(IReadOnlyList<StatementSyntax> body, SyntaxTriviaList end, SyntaxTrivia newLine)
    {
        var statements = body.Select((statement, index) => EndsLine(index == 0 ? WithoutBlankLines(statement) : statement, newLine));

        return SyntaxFactory.Block(
            Token(SyntaxKind.OpenBraceToken, newLine),
            SyntaxFactory.List(statements),
            Token(SyntaxKind.CloseBraceToken, newLine).WithLeadingTrivia(end));
    }

    private static SyntaxToken Token(SyntaxKind kind, SyntaxTrivia newLine) => SyntaxFactory.Token(kind).WithTrailingTrivia(newLine);

    private static StatementSyntax WithoutBlankLines(StatementSyntax statement)
    {
        var leading = statement.GetLeadingTrivia();
        while (leading.Count > 0 && leading[0].IsKind(SyntaxKind.EndOfLineTrivia))
            leading = leading.RemoveAt(0);

        return statement.WithLeadingTrivia(leading);
    }

    /// <summary>Names, and members of names: evaluating it again gives the same variable.</summary>
    private static bool IsPath(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or AliasQualifiedNameSyntax or PredefinedTypeSyntax => true,
        MemberAccessExpressionSyntax access => IsPath(access.Expression),
        _ => false,
    };
}
