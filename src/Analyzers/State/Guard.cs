using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>Conditions that ask for the member itself: a lazy initialization, or a guard against running twice.</summary>
internal static class Guard
{
    /// <summary>The write happens only if the member had, or had not, some value.</summary>
    /// <param name="write">The write, or the call that makes it.</param>
    /// <param name="name">By which this function knows the member.</param>
    /// <param name="reads">Whether a condition reads the member by other means.</param>
    public static bool Protects(SyntaxNode write, string name, Func<SyntaxNode, bool>? reads = null) =>
        Protects(write, condition => Mentions(condition, name) || (reads is not null && reads(condition)));

    /// <summary>The same, asked by conditions for which a function says so.</summary>
    public static bool Protects(SyntaxNode write, Func<SyntaxNode, bool> asks) => IsCoalescing(write) || IsUnder(write, asks);

    private static bool IsCoalescing(SyntaxNode write) =>
        write.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment
        && assignment.Left.Span.IntersectsWith(write.SpanStart);

    /// <summary>The write happens only where what is there does not fit what the function was given: <c>t_buffer.Length &lt; size</c>.</summary>
    /// <param name="write">The write.</param>
    /// <param name="reads">Whether an expression reads what is there.</param>
    /// <param name="isOwn">Whether a name is that of a parameter or local of the function.</param>
    public static bool Compares(SyntaxNode write, Func<SyntaxNode, bool> reads, Func<string, bool> isOwn) => IsUnder(write, condition =>
    {
        foreach (var part in condition.DescendantNodesAndSelf())
        {
            var isComparison = part switch
            {
                BinaryExpressionSyntax { OperatorToken.RawKind: var kind } comparison when IsComparison((SyntaxKind)kind) =>
                    (reads(comparison.Left) && IsOwn(comparison.Right)) || (reads(comparison.Right) && IsOwn(comparison.Left)),
                InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Equals" } } call =>
                    call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access && reads(access.Expression) && HasOwn(call),
                InvocationExpressionSyntax call when Mention.LastNameOf(call.Expression) is "Equals" or "ReferenceEquals" => reads(call) && HasOwn(call),
                _ => false,
            };

            if (isComparison)
                return true;
        }

        return false;

        bool HasOwn(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Any(argument => IsOwn(argument.Expression));

        bool IsOwn(ExpressionSyntax side) => !reads(side) && side.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && isOwn(name));
    });

    private static bool IsComparison(SyntaxKind kind) => kind
        is SyntaxKind.EqualsEqualsToken or SyntaxKind.ExclamationEqualsToken or SyntaxKind.LessThanToken or SyntaxKind.LessThanEqualsToken
        or SyntaxKind.GreaterThanToken or SyntaxKind.GreaterThanEqualsToken;

    /// <summary>A condition around the write, or one under which the function was left before it, asks.</summary>
    private static bool IsUnder(SyntaxNode write, Func<SyntaxNode, bool> asks)
    {
        for (var node = write; node.Parent is { } parent && !IsFunction(node); node = parent)
        {
            if (ConditionOf(parent) is { } condition && condition != node && asks(condition))
                return true;

            if (node is StatementSyntax statement && LeavesEarlier(statement, asks))
                return true;
        }

        return false;
    }

    /// <summary>The read only asks whether the member is filled, and fills it if it is not.</summary>
    public static bool IsTestBeforeInitialization(SyntaxNode read, string name)
    {
        for (var node = read; node.Parent is { } parent && node is not StatementSyntax && !IsFunction(node); node = parent)
        {
            if (ConditionOf(parent) != node)
                continue;

            if (Assigns(parent, name))
                return true;

            // What is empty in either of two ways is filled.
            if (!parent.IsKind(SyntaxKind.LogicalOrExpression))
                return false;
        }

        return false;
    }

    /// <summary>The write stands under <c>if (read is null)</c>.</summary>
    public static bool IsWhereEmpty(SyntaxNode write, SyntaxNode read)
    {
        var test = read.Parent switch
        {
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } pattern => pattern,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } comparison => comparison,
            _ => (SyntaxNode?)null,
        };
        return test?.Parent is IfStatementSyntax @if && @if.Condition == test && @if.Statement.Span.Contains(write.Span);
    }

    public static bool IsFunction(SyntaxNode node) =>
        node is MemberDeclarationSyntax and not GlobalStatementSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static ExpressionSyntax? ConditionOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax @if => @if.Condition,
        ConditionalExpressionSyntax conditional => conditional.Condition,
        WhileStatementSyntax loop => loop.Condition,
        SwitchStatementSyntax @switch => @switch.Expression,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => coalesce.Left,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } logical => logical.Left,
        _ => null,
    };

    /// <summary><c>if (filled) return;</c> before the statement, in the same block.</summary>
    private static bool LeavesEarlier(StatementSyntax statement, Func<SyntaxNode, bool> asks)
    {
        var siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };

        foreach (var earlier in siblings)
        {
            if (earlier == statement)
                return false;

            if (earlier is IfStatementSyntax @if && asks(@if.Condition) && Leaves(@if.Statement))
                return true;
        }

        return false;
    }

    private static bool Leaves(StatementSyntax statement)
    {
        var last = statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last() : statement;
        return last is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax
            or YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement };
    }

    public static bool Mentions(SyntaxNode node, string name)
    {
        foreach (var part in node.DescendantNodesAndSelf())
        {
            if (part is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name)
                return true;
        }

        return false;
    }

    /// <summary>Something is assigned to the name, or takes it by reference.</summary>
    public static bool Assigns(SyntaxNode node, string name) => Assigns(node, name, static _ => true);

    /// <summary>The same, and not only by what <c>Interlocked</c> and <c>Volatile</c> do, which disturbs no other flow.</summary>
    public static bool AssignsUnguarded(SyntaxNode node, string name) => Assigns(node, name, static argument => !IsAtomic(argument));

    private static bool IsAtomic(ArgumentSyntax argument) =>
        argument.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var type } }
        && Mention.LastNameOf(type) is "Interlocked" or "Volatile";

    private static bool Assigns(SyntaxNode node, string name, Func<ArgumentSyntax, bool> mayAssign)
    {
        foreach (var part in node.DescendantNodes(static child => !IsFunction(child)))
        {
            var target = part switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument when mayAssign(argument) => argument.Expression,
                RefExpressionSyntax reference => reference.Expression,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix => prefix.Operand,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix => postfix.Operand,
                _ => null,
            };

            if (target is not null && Mentions(target, name))
                return true;
        }

        return false;
    }
}
