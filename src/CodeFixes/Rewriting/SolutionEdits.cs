using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>What a plan does to the documents of a solution.</summary>
internal sealed class SolutionEdits(Solution solution, FlowVariable kind)
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

        foreach (var id in _documents.Keys)
        {
            if (await kind.FinishAsync(changed.GetDocument(id)!, cancellationToken).ConfigureAwait(false) is not { } document)
                return null;

            document = await Formatter.FormatAsync(document, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            var old = await solution.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var text = SourceText.From((await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString(), old.Encoding, old.ChecksumAlgorithm);
            foreach (var linked in Linked(id))
                changed = changed.WithDocumentText(linked, text);
        }

        return await CompilesAsWellAsBeforeAsync(changed, cancellationToken).ConfigureAwait(false) ? changed : null;
    }

    private async Task<bool> CompilesAsWellAsBeforeAsync(Solution changed, CancellationToken cancellationToken)
    {
        foreach (var id in _documents.Keys.SelectMany(Linked))
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var diagnostic in await DiagnosticsAsync(solution, id, cancellationToken).ConfigureAwait(false))
                known[diagnostic.Id] = known.TryGetValue(diagnostic.Id, out var count) ? count + 1 : 1;

            foreach (var diagnostic in await DiagnosticsAsync(changed, id, cancellationToken).ConfigureAwait(false))
            {
                if (!known.TryGetValue(diagnostic.Id, out var count) || count == 0)
                    return false;

                known[diagnostic.Id] = count - 1;
            }
        }

        return true;
    }

    private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(Solution solution, DocumentId id, CancellationToken cancellationToken)
    {
        var model = await solution.GetDocument(id)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);

        return model!.GetDiagnostics(cancellationToken: cancellationToken).Where(static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false });
    }

    private IEnumerable<DocumentId> Linked(DocumentId id) => solution.GetDocument(id)!.GetLinkedDocumentIds().Add(id);
}
