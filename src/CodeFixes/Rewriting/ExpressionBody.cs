using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The body behind the arrow of a method, an accessor, a local function or a lambda, and the block it becomes when it needs a second statement.</summary>
internal static class ExpressionBody
{
    /// <summary>Whether what is behind the arrow is returned; null for a function that gets no block here, and where a comment would have no place.</summary>
    public static bool? ReturnsValue(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        var arrow = Arrow(function);
        if (arrow == default || FlowBoundary.Symbol(function, model, cancellationToken) is not { } symbol || HasComment(arrow.GetPreviousToken().TrailingTrivia) || HasComment(arrow.LeadingTrivia) || HasComment(arrow.TrailingTrivia))
            return null;

        return !symbol.ReturnsVoid && !(symbol.IsAsync && symbol.ReturnType is INamedTypeSymbol { IsGenericType: false });
    }

    public static SyntaxNode ToBlock(SyntaxNode function, Func<StatementSyntax> first, bool returnsValue, Func<IEnumerable<StatementSyntax>, BlockSyntax> block, SyntaxTrivia newLine)
    {
        var body = (function as LambdaExpressionSyntax)?.ExpressionBody ?? Clause(function)!.Expression;
        var last = returnsValue
            ? SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), body.WithoutTrivia(), SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            : (StatementSyntax)SyntaxFactory.ExpressionStatement(body.WithoutTrivia());
        var statements = block([first(), last]);
        if (function is LambdaExpressionSyntax lambda)
            return lambda.WithExpressionBody(null).WithBlock(statements.WithTrailingTrivia(function.GetTrailingTrivia())).WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(newLine));

        var arrow = Arrow(function);
        var before = arrow.GetPreviousToken();
        statements = statements.WithTrailingTrivia(function.GetTrailingTrivia());
        function = function.ReplaceToken(before, before.WithTrailingTrivia(newLine));

        return function switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(statements),
            LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(statements),
            _ => ((ConstructorDeclarationSyntax)function).WithExpressionBody(null).WithSemicolonToken(default).WithBody(statements),
        };
    }

    private static SyntaxToken Arrow(SyntaxNode function) => (function as LambdaExpressionSyntax)?.ArrowToken ?? Clause(function)?.ArrowToken ?? default;

    private static ArrowExpressionClauseSyntax? Clause(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.ExpressionBody,
        LocalFunctionStatementSyntax local => local.ExpressionBody,
        ConstructorDeclarationSyntax constructor => constructor.ExpressionBody,
        _ => null,
    };

    private static bool HasComment(SyntaxTriviaList trivia) => trivia.Any(static single => !single.IsKind(SyntaxKind.WhitespaceTrivia) && !single.IsKind(SyntaxKind.EndOfLineTrivia));
}
