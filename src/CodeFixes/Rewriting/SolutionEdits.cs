using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>What a plan does to the documents of a solution.</summary>
/// <param name="original">The solution as its author wrote it.</param>
/// <param name="solution">The solution that is edited: the same code, with writes in statements of their own.</param>
/// <param name="kind">How the result spells variables.</param>
internal sealed class SolutionEdits(Solution original, Solution solution, FlowVariable kind)
{
    private readonly Dictionary<DocumentId, DocumentEdits> _documents = new();

    /// <summary>The edits of a document. A linked file has one document per project, and one set of edits.</summary>
    public async Task<DocumentEdits> OfAsync(Document document, CancellationToken cancellationToken)
    {
        var linked = document.GetLinkedDocumentIds();
        foreach (var pair in _documents)
        {
            if (pair.Key == document.Id || linked.Contains(pair.Key))
                return pair.Value;
        }

        return _documents[document.Id] = new DocumentEdits((CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!);
    }

    /// <summary>The solution with all edits; null where one of them turns out not to be right.</summary>
    public async Task<Solution?> ApplyAsync(CancellationToken cancellationToken)
    {
        // Scopes are found by what the code means, so every document must have its new meaning before the first is looked at.
        var changed = solution;
        foreach (var pair in _documents)
        {
            var root = pair.Value.Apply();
            foreach (var id in Linked(pair.Key))
                changed = changed.WithDocumentSyntaxRoot(id, root);
        }

        foreach (var pair in _documents)
        {
            var id = pair.Key;
            if (await kind.FinishAsync(changed.GetDocument(id)!, cancellationToken).ConfigureAwait(false) is not { } document)
                return null;

            var formatted = await LineEndings.FormatAsync(document, pair.Value.NewLine, cancellationToken).ConfigureAwait(false);
            var old = await original.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var text = SourceText.From(formatted.ToString(), old.Encoding, old.ChecksumAlgorithm);
            foreach (var linked in Linked(id))
                changed = changed.WithDocumentText(linked, text);
        }

        var added = await AddedDiagnosticsAsync(changed, cancellationToken).ConfigureAwait(false);
        if (added.Count == 0)
            return changed;

        return await SuppressNullableAsync(changed, added, cancellationToken).ConfigureAwait(false) is { } suppressed
            && (await AddedDiagnosticsAsync(suppressed, cancellationToken).ConfigureAwait(false)).Count == 0 ? suppressed : null;
    }

    /// <summary>What the compiler has to say about the changed files that it did not say before.</summary>
    private async Task<List<(DocumentId File, Diagnostic Diagnostic)>> AddedDiagnosticsAsync(Solution changed, CancellationToken cancellationToken)
    {
        var added = new List<(DocumentId, Diagnostic)>();
        foreach (var (file, id) in _documents.Keys.SelectMany(file => Linked(file).Select(id => (file, id))))
        {
            var known = (await DiagnosticsAsync(original, id, cancellationToken).ConfigureAwait(false)).Select(static diagnostic => diagnostic.Id).ToList();
            foreach (var diagnostic in await DiagnosticsAsync(changed, id, cancellationToken).ConfigureAwait(false))
            {
                if (!known.Remove(diagnostic.Id))
                    added.Add((file, diagnostic));
            }
        }

        return added;
    }

    /// <summary>Says of reads that they are not null, where a null check said it of the field; null if that is not all there is to say.</summary>
    private async Task<Solution?> SuppressNullableAsync(Solution changed, List<(DocumentId File, Diagnostic Diagnostic)> added, CancellationToken cancellationToken)
    {
        foreach (var file in added.GroupBy(static found => found.File, static found => found.Diagnostic))
        {
            var document = changed.GetDocument(file.Key)!;
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            var reads = file.Select(diagnostic => root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)).ToList();
            if (file.Any(static diagnostic => !diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal)) || reads.Any(read => read is not ExpressionSyntax || !kind.IsRead(read)))
                return null;

            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            text = text.WithChanges(reads.Select(static read => read.Span.End).Distinct().OrderBy(static end => end).Select(static end => new TextChange(new TextSpan(end, 0), "!")));
            foreach (var id in Linked(document.Id))
                changed = changed.WithDocumentText(id, text);
        }

        return changed;
    }

    private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(Solution solution, DocumentId id, CancellationToken cancellationToken)
    {
        var model = await solution.GetDocument(id)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);

        return model!.GetDiagnostics(cancellationToken: cancellationToken).Where(static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false });
    }

    private ImmutableArray<DocumentId> Linked(DocumentId id) => solution.GetDocument(id)!.GetLinkedDocumentIds().Add(id);
}
