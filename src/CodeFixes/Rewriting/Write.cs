using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A write of the state: <c>x = value</c>, or an expression that makes the new value from the old one.</summary>
/// <param name="Use">The expression for the state.</param>
/// <param name="Expression">The whole write.</param>
/// <param name="Step">What a number grows by: such a write is a counter, unless another takes it back.</param>
/// <param name="Argument">Of a call to a method that does nothing but set: the argument that it sets, if it sets one.</param>
internal sealed record Write(Use Use, ExpressionSyntax Expression, int? Step, int? Argument = null)
{
    public ExpressionStatementSyntax? Statement => Expression.Parent as ExpressionStatementSyntax;

    /// <summary>The list that the statement stands in; null for an embedded statement, and for a write in an expression.</summary>
    public StatementList? List => Statement is { } statement ? StatementList.Of(statement) : null;

    public SyntaxNode Function => Rewriting.Function.Of(Expression);

    /// <summary>What a simple assignment assigns; null for any other write.</summary>
    public ExpressionSyntax? Assigned => Expression switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => assignment.Right,
        InvocationExpressionSyntax call when Argument < call.ArgumentList.Arguments.Count => call.ArgumentList.Arguments[Argument.Value].Expression,
        _ => null,
    };

    public bool IsCall => Expression is InvocationExpressionSyntax;

    /// <summary>Null where the write is none that a flow variable can follow.</summary>
    public static Write? Create(Use use)
    {
        switch (use.Expression.Parent)
        {
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment:
                return new(use, assignment, Step: null);

            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment when use.Model.GetTypeInfo(use.Expression).Type?.SpecialType == SpecialType.System_String:
                return new(use, assignment, Step: null);

            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression, Right: LiteralExpressionSyntax { Token.Value: int amount } } assignment:
                return new(use, assignment, assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? amount : -amount);

            case PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax:
                return new(use, (ExpressionSyntax)use.Expression.Parent, use.Expression.Parent.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PostIncrementExpression ? 1 : -1);

            default:
                return null;
        }
    }

    /// <summary>What sets the variable, in the place of the write as other edits have left it.</summary>
    public string Set(SyntaxNode current, FlowVariable kind, string variable) => IsCall
        ? Unwrapped(current).WithoutTrivia().ToFullString()
        : kind.Set(variable, Value(current, kind, variable));

    /// <summary>What undoes that. The variable of a call may be out of sight.</summary>
    public string Reset(FlowVariable kind, string variable, string token) => IsCall ? $"{token}.Dispose()" : kind.Reset(variable, token);

    /// <summary>The new value, taken from the write as other edits have left it.</summary>
    public string Value(SyntaxNode current, FlowVariable kind, string variable)
    {
        if (Step is { } step)
            return step < 0 ? $"{kind.Get(variable)} - {-step}" : $"{kind.Get(variable)} + {step}";

        var assignment = (AssignmentExpressionSyntax)Unwrapped(current);
        return assignment.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => assignment.Right.ToString(),
            SyntaxKind.CoalesceAssignmentExpression => $"{kind.Get(variable)} ?? {assignment.Right}",
            _ => $"{kind.Get(variable)} + {Parenthesized(assignment.Right)}",
        };
    }

    private static SyntaxNode Unwrapped(SyntaxNode current) => current is ExpressionStatementSyntax statement ? statement.Expression : current;

    private static string Parenthesized(ExpressionSyntax expression) => expression is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or LambdaExpressionSyntax or SwitchExpressionSyntax
        ? $"({expression})"
        : expression.ToString();
}
