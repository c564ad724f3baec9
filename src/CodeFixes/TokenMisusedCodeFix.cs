using System.Composition;
using ContextAnalyzers.CodeFixes.Rewriting;
using ContextAnalyzers.Tokens;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes;

/// <summary>CTX105: resets in the reverse order of Set, once, and on the variable that was set.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TokenMisusedCodeFix)), Shared]
public sealed class TokenMisusedCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.TokenMisused.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax reset || Function.MemberOf(reset).ContainsDiagnostics)
                continue;

            if (!Enum.TryParse<TokenMisuseKind>(diagnostic.Properties[nameof(TokenMisuseKind)], out var kind) || Fix(kind, reset, diagnostic, root) is not (var title, { } changed))
                continue;

            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: title), diagnostic);
        }
    }

    private static (string Title, SyntaxNode? Changed) Fix(TokenMisuseKind kind, InvocationExpressionSyntax reset, Diagnostic diagnostic, SyntaxNode root) => kind switch
    {
        TokenMisuseKind.OtherVariable => ("Reset the variable that was set", WithVariableOf(diagnostic, reset, root)),
        TokenMisuseKind.SecondReset => ("Remove the second reset", Without(reset, root)),
        TokenMisuseKind.OuterBeforeInner => ("Reset in reverse order", Swapped(reset, root)),
        _ => ("", null),
    };

    private static SyntaxNode? WithVariableOf(Diagnostic diagnostic, InvocationExpressionSyntax reset, SyntaxNode root)
    {
        var set = root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true);

        return set is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } variable } }
            && reset.Expression is MemberAccessExpressionSyntax { Expression: { } other }
            ? root.ReplaceNode(other, variable.WithTriviaFrom(other))
            : null;
    }

    private static SyntaxNode? Without(InvocationExpressionSyntax reset, SyntaxNode root)
    {
        // A finally that is left empty would have to go as well.
        return reset.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: > 1 } } statement
            ? root.RemoveNode(statement, SyntaxRemoveOptions.KeepUnbalancedDirectives)
            : null;
    }

    /// <summary>The reset and the one before it change places, and keep their comments where they are.</summary>
    private static SyntaxNode? Swapped(InvocationExpressionSyntax reset, SyntaxNode root)
    {
        if (reset.Parent is not ExpressionStatementSyntax inner || StatementList.Of(inner) is not { } list || list.IndexOf(inner) is not (> 0 and var index))
            return null;

        var outer = list.Statements[index - 1];

        return outer is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reset" } access } }
            && reset.Expression is MemberAccessExpressionSyntax { Expression: var variable }
            && variable.IsEquivalentTo(access.Expression, topLevel: false)
            ? root.ReplaceNodes([outer, inner], (original, _) => original == outer ? inner.WithTriviaFrom(outer) : outer.WithTriviaFrom(inner))
            : null;
    }
}
