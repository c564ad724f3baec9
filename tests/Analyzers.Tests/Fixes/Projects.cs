using System.Collections.Immutable;
using System.Text;
using ContextAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>A solution of several projects, and what the conversion makes of it.</summary>
internal sealed class Projects : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();

    public Solution Solution => _workspace.CurrentSolution;

    public void Dispose() => _workspace.Dispose();

    /// <summary>Adds a project. A file of the same path in two projects is a linked file.</summary>
    public ProjectId Add(string name, ProjectId[] references, string[] symbols, params (string Path, string Text)[] files) =>
        Add(name, OutputKind.DynamicallyLinkedLibrary, references, symbols, files);

    private ProjectId Add(string name, OutputKind output, ProjectId[] references, string[] symbols, params (string Path, string Text)[] files)
    {
        var id = ProjectId.CreateNewId(name);
        var solution = Solution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(preprocessorSymbols: symbols),
            projectReferences: references.Select(reference => new ProjectReference(reference)),
            metadataReferences: TestReferences.All));
        foreach (var (path, text) in files)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(path), SourceText.From(text), filePath: path);

        Assert.True(_workspace.TryApplyChanges(solution));

        return id;
    }

    /// <summary>Adds a project of one file with statements at the top level.</summary>
    public void AddProgram(string name, (string Path, string Text) file) => Add(name, OutputKind.ConsoleApplication, [], [], file);

    /// <summary>Sets an MSBuild property that a project shows to analyzers.</summary>
    public void SetProperty(ProjectId project, string name, string value) =>
        Assert.True(_workspace.TryApplyChanges(Solution.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(project), "Properties.globalconfig", SourceText.From($"is_global = true\nbuild_property.{name} = {value}\n", Encoding.UTF8), filePath: "/Properties.globalconfig")));

    public void SetLanguageVersion(ProjectId project, LanguageVersion version) =>
        Assert.True(_workspace.TryApplyChanges(Solution.WithProjectParseOptions(project, new CSharpParseOptions(version))));

    /// <summary>Adds a project in Visual Basic.</summary>
    public void AddVisualBasic(string name, ProjectId reference, string text)
    {
        var id = ProjectId.CreateNewId(name);
        var solution = Solution
            .AddProject(ProjectInfo.Create(id, VersionStamp.Default, name, name, LanguageNames.VisualBasic, projectReferences: [new ProjectReference(reference)], metadataReferences: TestReferences.All))
            .AddDocument(DocumentId.CreateNewId(id), "Module.vb", text, filePath: $"/{name}/Module.vb");
        Assert.True(_workspace.TryApplyChanges(solution));
    }

    /// <summary>Has a generator add a file to a project.</summary>
    public void Generate(ProjectId project, string text) =>
        Assert.True(_workspace.TryApplyChanges(Solution
            .AddAdditionalDocument(DocumentId.CreateNewId(project), "Generated.txt", SourceText.From(text, Encoding.UTF8), filePath: "/Generated.txt")
            .AddAnalyzerReference(project, CopyGenerator.Reference)));

    public void WithoutContextVars(ProjectId project)
    {
        var library = TestReferences.All.Single(reference => reference.Display!.EndsWith("ContextVars.dll", StringComparison.Ordinal));
        Assert.True(_workspace.TryApplyChanges(Solution.GetProject(project)!.RemoveMetadataReference(library).Solution));
    }

    /// <summary>The actions offered for the finding in a file.</summary>
    public async Task<ImmutableArray<CodeAction>> OffersAsync(string path)
    {
        var document = Solution.Projects.SelectMany(project => project.Documents).First(candidate => candidate.FilePath == path);
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        foreach (var diagnostic in await DiagnosticsAsync(document.Project))
        {
            if (diagnostic.Location.SourceTree!.FilePath == path)
                await new ConvertStateCodeFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }

        return actions.ToImmutable();
    }

    /// <summary>The actions offered for what a generator has added to a project.</summary>
    public async Task<ImmutableArray<CodeAction>> OffersForGeneratedAsync(ProjectId id)
    {
        var project = Solution.GetProject(id)!;
        var generated = Assert.Single(await project.GetSourceGeneratedDocumentsAsync(TestContext.Current.CancellationToken));
        var tree = await generated.GetSyntaxTreeAsync(TestContext.Current.CancellationToken);
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        foreach (var diagnostic in await DiagnosticsAsync(project))
        {
            if (diagnostic.Location.SourceTree == tree)
                await new ConvertStateCodeFix().RegisterCodeFixesAsync(new CodeFixContext(generated, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }

        return actions.ToImmutable();
    }

    public static async Task<Solution> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);

        return Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution;
    }

    public async Task<Solution> FixAllAsync(FixAllScope scope, string path, string key = "ConvertToContextVar") =>
        await ApplyAsync(await FixAllActionAsync(scope, path, key, found: null));

    /// <param name="scope">What is fixed.</param>
    /// <param name="path">The file it starts in.</param>
    /// <param name="key">Which conversion.</param>
    /// <param name="found">Called when the findings of a project are asked for.</param>
    public async Task<CodeAction> FixAllActionAsync(FixAllScope scope, string path, string key, Action? found)
    {
        var document = Solution.Projects.SelectMany(project => project.Documents).First(candidate => candidate.FilePath == path);
        var context = new FixAllContext(document, new ConvertStateCodeFix(), scope, key, ["CTX001", "CTX003"], new Found(found), TestContext.Current.CancellationToken);

        return (await new ConvertStateCodeFix().GetFixAllProvider().GetFixAsync(context))!;
    }

    /// <summary>The text of every file, and no compiler diagnostic in any project.</summary>
    public static async Task<Dictionary<string, string>> TextsAsync(Solution solution)
    {
        var texts = new Dictionary<string, string>();
        foreach (var project in solution.Projects)
        {
            var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
            Assert.Empty(compilation!.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701"));
            foreach (var document in project.Documents)
            {
                var text = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
                if (!texts.TryAdd(document.FilePath!, text))
                    Assert.Equal(texts[document.FilePath!], text);
            }
        }

        return texts;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);

        return await compilation!.WithAnalyzers([new StateMarker()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Found(Action? found) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            found?.Invoke();

            return await DiagnosticsAsync(project);
        }

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree!.FilePath == document.FilePath);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
