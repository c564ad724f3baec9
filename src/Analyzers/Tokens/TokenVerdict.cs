using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.Tokens;

/// <summary>Names the fault that a walk has found: of several ways to lose a token, the one to repair first.</summary>
internal static class TokenVerdict
{
    public static TokenObligation On(IInvocationOperation set, FunctionBody body, TokenWalk walk, List<object> holders)
    {
        var (fault, subject, path) = walk.IsComplete ? Decide(set, walk, holders) : (TokenFault.None, "", []);

        return new(set, body, fault, subject, path.OfType<Location>().ToImmutableArray())
        {
            IsReset = walk.Resets.Count > 0,
            Yield = walk.IsComplete ? walk.Yield?.Syntax.GetLocation() : null,
            IsReturned = walk.IsReturned,
            Misuse = walk.IsComplete ? walk.Misuse : null,
        };
    }

    private static (TokenFault Fault, string Subject, Location?[] Path) Decide(IInvocationOperation set, TokenWalk walk, List<object> holders)
    {
        var escapes = walk.Escapes;
        var name = holders.OfType<ISymbol>().FirstOrDefault()?.Name ?? "";
        if (walk is { Ignored: { By: var callee }, Resets.Count: 0, HandedOn: null })
            return (TokenFault.IgnoredByCallee, NameOf(callee), [LocationOf(callee)]);

        if (escapes.TryGetValue(EscapeKind.Overwritten, out var overwritten))
            return (TokenFault.Overwritten, name, [LocationOf(overwritten.By!)]);

        var isHandedOn = walk.HandedOn is not null;
        if (walk.Resets.Count == 0 && !isHandedOn)
            return escapes.Count > 0 ? (TokenFault.NeverReset, name, []) : (TokenFault.None, "", []);

        if (escapes.TryGetValue(EscapeKind.NextRound, out var round) && !IsResetInLoopOf(set, walk))
            return isHandedOn ? (TokenFault.None, "", []) : (TokenFault.SetAgainInLoop, name, [.. walk.Resets.Select(reset => LocationOf(reset.Operation))]);

        var isLeft = escapes.TryGetValue(EscapeKind.End, out var left) || escapes.TryGetValue(EscapeKind.NextRound, out left);
        if (isLeft && walk.Resets.Count > 0 && walk.Resets.All(static reset => IsIn(ControlFlowRegionKind.Catch, reset.Region)))
            return (TokenFault.ResetInCatchOnly, "", [LocationOf(walk.Resets[0].Operation)]);

        var firstReset = FirstReset(walk);
        if (isLeft && left.Cause is { } cause)
        {
            if (cause.IsException)
                return Thrown(cause.By);

            return JumpBetween(set.Syntax, firstReset, cause.By.Syntax) is { } jump
                ? (TokenFault.EarlyExit, KeywordOf(jump), [jump.GetLocation()])
                : UnderCondition(set, walk, cause.By);
        }

        // Who hands a token on has done his part; that something may throw before that is too common to be a fault.
        if (isHandedOn)
            return (TokenFault.None, "", []);

        if (escapes.TryGetValue(EscapeKind.Throw, out var thrown))
        {
            var by = thrown.By ?? (thrown.Cause is { IsException: true } caught ? caught.By : null);

            return by is null ? (TokenFault.ResetOnNormalPathOnly, "", []) : Thrown(by);
        }

        if (!escapes.TryGetValue(EscapeKind.Exception, out var exception))
            return (TokenFault.None, "", []);

        var isBeforeTry = walk.Resets.Exists(reset => IsIn(ControlFlowRegionKind.Finally, reset.Region) && IsBeforeTryOf(reset.Operation.Syntax, exception.By!.Syntax));
        if (isBeforeTry)
            return (TokenFault.ThrowsBeforeTry, NameOf(exception.By!), [LocationOf(exception.By!)]);

        return exception.Cause is { IsException: false, By: var condition } && IsInFinally(condition.Syntax)
            ? UnderCondition(set, walk, condition)
            : Thrown(exception.By!);
    }

    private static (TokenFault Fault, string Subject, Location?[] Path) Thrown(IOperation by) =>
        by.Syntax.FirstAncestorOrSelf<SyntaxNode>(static node => node is StatementSyntax or ThrowExpressionSyntax) is (ThrowStatementSyntax or ThrowExpressionSyntax) and var @throw
            ? (TokenFault.EarlyExit, "throw", [@throw.GetLocation()])
            : (TokenFault.ResetOnNormalPathOnly, NameOf(by), [LocationOf(by)]);

    /// <summary>The condition around the reset, or else the last one on the way out.</summary>
    private static (TokenFault Fault, string Subject, Location?[] Path) UnderCondition(IInvocationOperation set, TokenWalk walk, IOperation last)
    {
        var kept = walk.Resets.Count == 0 ? walk.HandedOn!.Value.By : walk.Resets[0].Operation;
        var around = kept.Syntax.FirstAncestorOrSelf<IfStatementSyntax>()?.Condition;
        var condition = around is not null && around.SpanStart > set.Syntax.Span.End ? around : last.Syntax.FirstAncestorOrSelf<SwitchLabelSyntax>() ?? last.Syntax;

        return (TokenFault.ResetUnderCondition, TextOf(condition), [condition.GetLocation()]);
    }

    private static int FirstReset(TokenWalk walk)
    {
        var first = walk.HandedOn is { } use ? use.By.Syntax.SpanStart : int.MaxValue;
        foreach (var (operation, _) in walk.Resets)
            first = Math.Min(first, operation.Syntax.SpanStart);

        return first;
    }

    /// <summary>The jump that a condition leads to, or else the first one before a position.</summary>
    private static StatementSyntax? JumpBetween(SyntaxNode set, int end, SyntaxNode near)
    {
        var branch = near.FirstAncestorOrSelf<StatementSyntax>();
        // The condition of the loop around the Set comes after a continue in it.
        var isLoop = branch is (ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax) && branch.Span.Contains(set.Span);
        if (!isLoop && (branch is not (IfStatementSyntax or SwitchStatementSyntax) || branch.SpanStart < set.Span.End))
            return null;

        foreach (var node in branch!.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is StatementSyntax jump && (isLoop ? jump is ContinueStatementSyntax : IsJump(jump)) && jump.SpanStart > set.SpanStart && jump.SpanStart < end)
                return jump;
        }

        return null;
    }

    private static bool IsJump(StatementSyntax statement) =>
        statement is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or ThrowStatementSyntax;

    private static bool IsResetInLoopOf(IInvocationOperation set, TokenWalk walk)
    {
        var loop = set.Syntax.FirstAncestorOrSelf<StatementSyntax>(static node =>
            node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

        return loop is not null && (walk.HandedOn is { } use && Contains(loop, use.By) || walk.Resets.Exists(reset => Contains(loop, reset.Operation)));
    }

    private static bool Contains(SyntaxNode node, IOperation operation) => node.Span.Contains(operation.Syntax.Span);

    private static bool IsIn(ControlFlowRegionKind kind, ControlFlowRegion region)
    {
        for (var current = region; current is not null; current = current.Outer())
        {
            if (current.Kind == kind)
                return true;
        }

        return false;
    }

    private static bool IsBeforeTryOf(SyntaxNode reset, SyntaxNode thrower) =>
        reset.FirstAncestorOrSelf<FinallyClauseSyntax>()?.Parent is TryStatementSyntax @try && thrower.SpanStart < @try.SpanStart;

    private static bool IsInFinally(SyntaxNode node) => node.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null;

    private static string KeywordOf(StatementSyntax jump) => jump.GetFirstToken().ValueText;

    private static string NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } @delegate } => TextOf(@delegate.Syntax),
        IInvocationOperation invocation => invocation.TargetMethod.Name,
        IObjectCreationOperation creation => $"new {creation.Type!.Name}",
        _ => TextOf(operation.Syntax),
    };

    /// <summary>Source text as a message quotes it: on one line, and not long.</summary>
    private static string TextOf(SyntaxNode node)
    {
        var text = node.ToString().TrimEnd(':');

        return text.Length <= 40 && text.IndexOf('\n') < 0 ? text : "…";
    }

    private static Location LocationOf(IOperation operation) => operation.Syntax.GetLocation();
}
