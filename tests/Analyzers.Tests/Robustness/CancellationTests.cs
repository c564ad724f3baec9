using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Typing cancels what was begun for the text of before: work stops, and nobody hears of it as an error.</summary>
public class CancellationTests
{
    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>How many bodies are analyzed before the token is cancelled: at once, soon, and in the middle of it all.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Analysis_that_is_cancelled_stops_and_reports_no_exception(int bodies)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Exception? reported = null;
        var compilation = CSharpCompilation.Create(
            "Cancelled", Shapes.All.Select((text, i) => CSharpSyntaxTree.ParseText(text, path: $"F{i}.cs")), TestReferences.All, Options);
        var analysis = compilation.WithAnalyzers(
            AllRules.Analyzers.Insert(0, new CancelAfter(bodies, source)),
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => reported ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => analysis.GetAnalyzerDiagnosticsAsync(source.Token));
        Assert.True(reported is null or OperationCanceledException, $"{reported}");
    }

    [Fact]
    public async Task Fix_that_is_cancelled_changes_nothing()
    {
        using var workspace = new AdhocWorkspace();
        var tried = 0;

        foreach (var source in Shapes.All)
        {
            var document = workspace.CurrentSolution.AddProject("Cancelled", "Cancelled", LanguageNames.CSharp)
                .WithMetadataReferences(TestReferences.All)
                .WithCompilationOptions(Options)
                .AddDocument("Cancelled.cs", source);

            foreach (var action in await ActionsFor(document))
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => action.GetOperationsAsync(new CancellationToken(canceled: true)));
                tried++;
            }
        }

        Assert.True(tried > Shapes.All.Count, $"Only {tried} code actions were tried.");
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task Fix_all_that_is_cancelled_changes_nothing(FixAllScope scope)
    {
        using var workspace = new AdhocWorkspace();
        var fixes = AllRules.CodeFixes;
        var tried = new HashSet<CodeFixProvider>();

        foreach (var source in Shapes.All)
        {
            var document = workspace.CurrentSolution.AddProject("Cancelled", "Cancelled", LanguageNames.CSharp)
                .WithMetadataReferences(TestReferences.All)
                .WithCompilationOptions(Options)
                .AddDocument("Cancelled.cs", source);
            var findings = await FindingsAsync(document);

            foreach (var fix in fixes.Where(fix => fix.GetFixAllProvider() is not null && !tried.Contains(fix)))
            {
                var ids = fix.FixableDiagnosticIds.Intersect(findings.Select(finding => finding.Id)).ToList();
                var keys = new List<string?>();
                foreach (var finding in findings.Where(finding => ids.Contains(finding.Id)))
                    await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => keys.Add(action.EquivalenceKey), TestContext.Current.CancellationToken));

                if (keys.Count == 0)
                    continue;

                var context = new FixAllContext(document, fix, scope, keys[0]!, ids, new Known(findings), TestContext.Current.CancellationToken);
                var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => action!.GetOperationsAsync(new CancellationToken(canceled: true)));
                tried.Add(fix);
            }
        }

        Assert.Empty(workspace.CurrentSolution.Projects);
        Assert.True(tried.Count >= 3, $"Only {tried.Count} fixes were tried.");
    }

    /// <summary>The one who types does so when the fix has found its way into another project.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fix_that_is_cancelled_on_its_way_offers_nothing(bool isCancelled)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var workspace = new AdhocWorkspace();
        var library = workspace.CurrentSolution.AddProject("Library", "Library", LanguageNames.CSharp)
            .WithMetadataReferences(TestReferences.All)
            .WithCompilationOptions(Options)
            .AddDocument("Current.cs", "public static class Current { [System.ThreadStatic] private static string? t_user; public static string? User { get => t_user; set => t_user = value; } }");
        var user = DocumentId.CreateNewId(ProjectId.CreateNewId());
        var solution = library.Project.Solution
            .AddProject(user.ProjectId, "User", "User", LanguageNames.CSharp)
            .AddProjectReference(user.ProjectId, new ProjectReference(library.Project.Id))
            .AddMetadataReferences(user.ProjectId, TestReferences.All)
            .AddDocument(user, "Caller.cs", new LoadedLate("class Caller { public string? Name() => Current.User; }", isCancelled ? source.Cancel : () => { }));
        var document = solution.GetDocument(library.Id)!;
        var compilation = await document.Project.GetCompilationAsync(source.Token);
        var diagnostic = Assert.Single(await compilation!.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(source.Token));
        var actions = new List<CodeAction>();
        var fix = AllRules.CodeFixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));

        async Task OfferAsync()
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), source.Token));
            foreach (var action in actions)
                await action.GetOperationsAsync(source.Token);
        }

        if (isCancelled)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(OfferAsync);
        else
            await OfferAsync();

        Assert.Equal(isCancelled, actions.Count == 0);
    }

    private static async Task<List<CodeAction>> ActionsFor(Document document)
    {
        var actions = new List<CodeAction>();

        foreach (var diagnostic in await FindingsAsync(document))
        {
            foreach (var fix in AllRules.CodeFixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }

        return actions;
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);

        return await compilation!.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Known(ImmutableArray<Diagnostic> findings) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(findings);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }

    private sealed class LoadedLate(string text, Action onLoad) : TextLoader
    {
        public override Task<TextAndVersion> LoadTextAndVersionAsync(LoadTextOptions options, CancellationToken cancellationToken)
        {
            onLoad();
            return Task.FromResult(TextAndVersion.Create(SourceText.From(text), VersionStamp.Default));
        }
    }

#pragma warning disable RS1001, RS1022, RS2008 // Not for users: it stands for one who types.
    private sealed class CancelAfter(int bodies, CancellationTokenSource source) : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("CANCEL", "Cancels", "Cancels", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        private int _left = bodies;

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterCodeBlockAction(_ =>
            {
                if (Interlocked.Decrement(ref _left) < 0)
                    source.Cancel();
            });
        }
    }
#pragma warning restore RS1001, RS1022, RS2008
}
