using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>Tells without binding where a lambda that does not say <c>async</c> may do something and then return a task. Most lambdas return something else.</summary>
internal static class TaskLambda
{
    /// <summary>The parts of the lambda that run before the call which makes the task: that call does nothing to its caller, as async code does nothing to its own.</summary>
    public static IEnumerable<SyntaxNode> PartsBeforeTask(AnonymousFunctionExpressionSyntax lambda, StateNames names) => lambda switch
    {
        _ when StartsSomething(lambda) => [lambda],
        { ExpressionBody: { } result } => PartsOf(result, names),
        { Block: { } block } when ReturnsIn(block).Any(MayBeTask) => [block],
        _ => [],
    };

    /// <summary><c>new(…)</c> may make a thread or a timer, which run what they are handed.</summary>
    private static bool StartsSomething(AnonymousFunctionExpressionSyntax lambda) => lambda.Parent is ArgumentSyntax { Parent.Parent: ImplicitObjectCreationExpressionSyntax };

    private static IEnumerable<ExpressionSyntax> ReturnsIn(BlockSyntax block) => block
        .DescendantNodes(static node => node is not (ExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<ReturnStatementSyntax>()
        .Select(static statement => statement.Expression)
        .OfType<ExpressionSyntax>();

    private static IEnumerable<SyntaxNode> PartsOf(ExpressionSyntax result, StateNames names) => result switch
    {
        ParenthesizedExpressionSyntax parenthesized => PartsOf(parenthesized.Expression, names),
        InvocationExpressionSyntax call when Mention.LastNameOf(call.Expression) is { } name && names.MayReturnAnything(name) => [call],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax callee } call => [callee.Expression, call.ArgumentList],
        InvocationExpressionSyntax { Expression: SimpleNameSyntax } call => [call.ArgumentList],
        MemberAccessExpressionSyntax member => [member.Expression],
        _ => MayBeTask(result) ? [result] : [],
    };

    /// <summary>A task that the code makes itself would be named in it.</summary>
    private static bool MayBeTask(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax => value.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression,
        BinaryExpressionSyntax => value.IsKind(SyntaxKind.CoalesceExpression) || value.IsKind(SyntaxKind.AsExpression),
        AssignmentExpressionSyntax assignment => assignment.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression && MayBeTask(assignment.Right),
        ObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or AnonymousObjectCreationExpressionSyntax => false,
        AnonymousFunctionExpressionSyntax or InterpolatedStringExpressionSyntax or PrefixUnaryExpressionSyntax or TupleExpressionSyntax => false,
        _ => true,
    };
}
