using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A write of the state: <c>x = value</c>, or an assignment that makes the new value from the old one.</summary>
/// <param name="Use">The expression for the state.</param>
/// <param name="Expression">The whole write.</param>
internal sealed record Write(Use Use, AssignmentExpressionSyntax Expression)
{
    public ExpressionStatementSyntax? Statement => Expression.Parent as ExpressionStatementSyntax;

    /// <summary>The list that the statement stands in; null for an embedded statement, and for a write in an expression.</summary>
    public StatementList? List => Statement is { } statement ? StatementList.Of(statement) : null;

    public SyntaxNode Function => Rewriting.Function.Of(Expression);

    /// <summary>Null where the write is none that a flow variable can follow.</summary>
    public static Write? Create(Use use)
    {
        if (use.Expression.Parent is not AssignmentExpressionSyntax assignment)
            return null;

        // A sum in a number is a counter, and a counter is no state of one flow.
        return assignment.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => new Write(use, assignment),
            SyntaxKind.AddAssignmentExpression when use.Model.GetTypeInfo(use.Expression).Type?.SpecialType == SpecialType.System_String => new Write(use, assignment),
            _ => null,
        };
    }

    /// <summary>The new value, taken from the write as other edits have left it.</summary>
    public static string Value(SyntaxNode write, FlowVariable kind, string variable)
    {
        var assignment = (AssignmentExpressionSyntax)(write is ExpressionStatementSyntax statement ? statement.Expression : write);

        return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
            ? assignment.Right.ToString()
            : $"{kind.Get(variable)} {assignment.OperatorToken.Text.TrimEnd('=')} {Parenthesized(assignment.Right)}";
    }

    private static string Parenthesized(ExpressionSyntax expression) => expression is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or LambdaExpressionSyntax or SwitchExpressionSyntax
        ? $"({expression})"
        : expression.ToString();
}
