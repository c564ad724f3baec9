using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The statements that see the value which a statement sets: those of a list, behind or in the one at an index.</summary>
/// <param name="List">The list that holds them.</param>
/// <param name="Index">The place in the list of the statement that sets the value, or of the one that holds it.</param>
internal readonly record struct ValueScope(StatementList List, int Index)
{
    /// <summary>Null where nothing follows.</summary>
    public static ValueScope? Find(SemanticModel model, StatementSyntax statement)
    {
        ValueScope? innermost = null;
        ValueScope? outermost = null;
        var isLeft = true;
        var hasHandlers = false;
        for (var current = statement; ;)
        {
            hasHandlers |= current.Parent is TryStatementSyntax @try && IsSeenByHandlers(@try);
            if (StatementList.Of(current) is { } list)
            {
                var scope = new ValueScope(list, list.IndexOf(current));
                if (scope.IsFollowed)
                    innermost ??= scope;

                // Catch and finally see the value however the block is left.
                if (innermost is not null && hasHandlers || isLeft && scope.IsFollowed)
                    outermost = scope;

                hasHandlers = false;
                isLeft &= scope.IsLeftThroughItsEnd(model);
                if (IsScopeOfItsOwn(list.Owner))
                    break;
            }

            if (Enclosing(current) is not { } enclosing)
                break;

            current = enclosing;
        }

        // Where the list is not left through its end, nobody behind it sees the value.
        return outermost ?? innermost;
    }

    private bool IsFollowed
    {
        get
        {
            for (var i = Index + 1; i < List.Statements.Count; i++)
            {
                if (!IsNothing(List.Statements[i]))
                    return true;
            }

            return false;
        }
    }

    private bool IsLeftThroughItsEnd(SemanticModel model)
    {
        var flow = model.AnalyzeControlFlow(List.Statements[Index], List.Statements[List.Statements.Count - 1]);
        if (flow is not { Succeeded: true })
            return false;

        return flow.EndPointIsReachable || flow.ExitPoints.Any(static exit => exit.IsKind(SyntaxKind.BreakStatement) || exit.IsKind(SyntaxKind.GotoStatement));
    }

    /// <summary>Whether a try has more than a finally that resets, which needs no value.</summary>
    private static bool IsSeenByHandlers(TryStatementSyntax @try) => @try.Catches.Count > 0 || @try.Finally is { Block.Statements: var statements } && statements.Any(static statement =>
        statement is not ExpressionStatementSyntax
        {
            Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reset" or "TryReset" or "Dispose" } }
        });

    private static bool IsNothing(StatementSyntax statement) => statement is LocalFunctionStatementSyntax or EmptyStatementSyntax or BreakStatementSyntax
        or ContinueStatementSyntax or GotoStatementSyntax or ReturnStatementSyntax { Expression: null };

    private static bool IsScopeOfItsOwn(SyntaxNode owner) => owner switch
    {
        CompilationUnitSyntax => true,
        BlockSyntax { Parent: var parent } => parent is not (StatementSyntax or ElseClauseSyntax or GlobalStatementSyntax or SwitchSectionSyntax)
            || parent is LocalFunctionStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax,
        _ => false,
    };

    /// <summary>The statement that a statement, or the list it stands in, is a part of; null at a loop, where each round is a scope.</summary>
    private static StatementSyntax? Enclosing(StatementSyntax statement)
    {
        var enclosing = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>();

        return enclosing is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or LocalFunctionStatementSyntax ? null : enclosing;
    }
}
