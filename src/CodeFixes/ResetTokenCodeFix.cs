using System.Composition;
using ContextAnalyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes;

/// <summary>CTX101 and CTX102: gives the value a scope that ends on every path.</summary>
/// <remarks>One provider with two actions, so that their order is certain: `dotnet format` and Fix all take the first.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ResetTokenCodeFix)), Shared]
public sealed class ResetTokenCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(Descriptors.SetWithoutReset.Id, Descriptors.ResetNotOnEveryPath.Id);

    public override FixAllProvider GetFixAllProvider() => FixAllInDocument.Instance;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var root = (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (SetOf(root, diagnostic) is not { } set || TokenScope.Find(model, set, context.CancellationToken) is not { } scope)
                continue;

            Register(context, diagnostic, TokenFix.ResetInFinally, set, scope, root);
            Register(context, diagnostic, TokenFix.UseUsing, set, scope, root);
        }
    }

    private static void Register(CodeFixContext context, Diagnostic diagnostic, TokenFix fix, ExpressionSyntax set, TokenScope scope, SyntaxNode root)
    {
        if (fix.Rewrite(scope, root) is null)
            return;

        var document = context.Document;
        context.RegisterCodeFix(CodeAction.Create(fix.Title, cancellationToken => fix.ApplyAsync(document, [set], cancellationToken), equivalenceKey: fix.Title), diagnostic);
    }

    private static ExpressionSyntax? SetOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) as ExpressionSyntax;

    private sealed class FixAllInDocument : DocumentBasedFixAllProvider
    {
        public static readonly FixAllInDocument Instance = new();

        protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var root = (await document.GetSyntaxRootAsync(fixAllContext.CancellationToken).ConfigureAwait(false))!;
            var fix = fixAllContext.CodeActionEquivalenceKey == TokenFix.UseUsing.Title ? TokenFix.UseUsing : TokenFix.ResetInFinally;
            var sets = diagnostics.Select(diagnostic => SetOf(root, diagnostic)).OfType<ExpressionSyntax>().Distinct();

            return await fix.ApplyAsync(document, sets, fixAllContext.CancellationToken).ConfigureAwait(false);
        }
    }
}
