using ContextAnalyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ContextAnalyzers.CodeFixes;

/// <summary>Fixes many findings at once, member by member: two findings about one member are one conversion, and two members may share a document.</summary>
internal sealed class ConvertStateFixAllProvider : FixAllProvider
{
    public static ConvertStateFixAllProvider Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(CodeAction.Create(
        "Convert all state to flow variables",
        cancellationToken => FixAllAsync(fixAllContext.WithCancellationToken(cancellationToken)),
        fixAllContext.CodeActionEquivalenceKey));

    private static async Task<Solution> FixAllAsync(FixAllContext context)
    {
        var members = new Dictionary<string, (ProjectId Project, string DeclarationId)>(StringComparer.Ordinal);
        foreach (var diagnostic in await DiagnosticsAsync(context).ConfigureAwait(false))
        {
            if (await StateMember.FindAsync(context.Solution, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } member
                && DocumentationCommentId.CreateDeclarationId(member.Symbol) is { } id)
            {
                // The same file in two projects declares the same member twice, and is edited once.
                var location = member.Symbol.Locations[0];
                members[$"{location.SourceTree!.FilePath}({location.SourceSpan.Start}) {id}"] = (member.Project.Id, id);
            }
        }

        var solution = context.Solution;
        foreach (var (project, id) in members.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (await StateMember.FindAsync(solution, project, id, context.CancellationToken).ConfigureAwait(false) is not { } member)
                continue;

            var choices = await ConversionChoice.FindAsync(solution, member, context.CodeActionEquivalenceKey, context.CancellationToken).ConfigureAwait(false);
            if (choices.Length > 0)
                solution = choices[0].Changed;
        }

        return solution;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(FixAllContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (context is { Scope: FixAllScope.Document, Document: { } document })
            return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);

        if (context.Scope == FixAllScope.Project)
            return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);

        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            diagnostics.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
        }

        return diagnostics.ToImmutable();
    }
}
