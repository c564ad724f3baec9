using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>What is done about a token: <c>try</c> and <c>finally</c>, or <c>using</c>.</summary>
/// <param name="Title">What the user chooses by; the equivalence key too.</param>
/// <param name="Rewrite">The root with one scope rewritten; null where that cannot be done.</param>
internal sealed record TokenFix(string Title, Func<TokenScope, SyntaxNode, SyntaxNode?> Rewrite)
{
    public static readonly TokenFix ResetInFinally = new("Reset in finally", static (scope, root) => scope.ResetInFinally(root));

    public static readonly TokenFix UseUsing = new("Use using", static (scope, root) => scope.UseUsing(root));

    /// <summary>Applies the fix to the Sets of a document, the last one first, so that their scopes nest. Sets it cannot be applied to stay as they are.</summary>
    /// <remarks>
    /// Conversions use it on what they made: they replace the write of a static field by <c>v.Set(x)</c>, mark it with
    /// <see cref="Marked"/>, and give the document to <see cref="ApplyToMarkedAsync"/>.
    /// </remarks>
    public async Task<Document> ApplyAsync(Document document, IEnumerable<ExpressionSyntax> sets, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var rewritten = await ApplyToMarkedAsync(document.WithSyntaxRoot(root.ReplaceNodes(sets, static (_, set) => Marked(set))), cancellationToken).ConfigureAwait(false);

        return document.WithText(await LineEndings.FormatAsync(rewritten, LineEndings.Of(root), cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="ApplyAsync"/>
    public async Task<Document> ApplyToMarkedAsync(Document document, CancellationToken cancellationToken)
    {
        while (true)
        {
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (root!.GetAnnotatedNodes(MarkKind).LastOrDefault() is not ExpressionSyntax marked)
                return document;

            var set = marked.WithoutAnnotations(MarkKind);
            root = root.ReplaceNode(marked, set.WithAdditionalAnnotations(CurrentMark));
            document = document.WithSyntaxRoot(root);

            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            root = await model!.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            var current = (ExpressionSyntax)root.GetAnnotatedNodes(CurrentMark).Single();
            var rewritten = TokenScope.Find(model, current, cancellationToken) is { } scope ? Rewrite(scope, root) ?? root : root;

            current = (ExpressionSyntax)rewritten.GetAnnotatedNodes(CurrentMark).Single();
            document = document.WithSyntaxRoot(rewritten.ReplaceNode(current, current.WithoutAnnotations(CurrentMark)));
        }
    }

    /// <summary>A Set that the fix is to be applied to.</summary>
    public static ExpressionSyntax Marked(ExpressionSyntax set) => set.WithAdditionalAnnotations(new SyntaxAnnotation(MarkKind));

    private const string MarkKind = "ContextAnalyzers.Set";

    private static readonly SyntaxAnnotation CurrentMark = new("ContextAnalyzers.CurrentSet");
}
