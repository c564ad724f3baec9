using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Lines end as they do in the file, whatever the editor is set to.</summary>
internal static class LineEndings
{
    /// <summary>The line break of a document: that of its first line.</summary>
    public static SyntaxTrivia Of(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }

        return SyntaxFactory.ElasticCarriageReturnLineFeed;
    }

    /// <summary>The text of a document with what is annotated formatted.</summary>
    public static async Task<SourceText> FormatAsync(Document document, SyntaxTrivia newLine, CancellationToken cancellationToken)
    {
        var options = (await document.GetOptionsAsync(cancellationToken).ConfigureAwait(false)).WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, newLine.ToString());
        var formatted = await Formatter.FormatAsync(document, Formatter.Annotation, options, cancellationToken).ConfigureAwait(false);

        return await formatted.GetTextAsync(cancellationToken).ConfigureAwait(false);
    }
}
