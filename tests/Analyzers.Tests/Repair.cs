using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.Tests;

/// <summary>A project in memory whose findings are repaired one after the other, as somebody would who takes the light bulb each time.</summary>
internal sealed class Repair : IDisposable
{
    private const int MaxFixes = 30;

    private readonly AdhocWorkspace _workspace = new();

    public Repair(string[] sources, string? editorConfig = null)
    {
        var id = ProjectId.CreateNewId();
        var solution = _workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Repair", "Repair", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true),
            metadataReferences: TestReferences.All));
        for (var i = 0; i < sources.Length; i++)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), $"{i}.cs", SourceText.From(sources[i]), filePath: $"/{i}.cs");

        Solution = editorConfig is null ? solution : solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".editorconfig", SourceText.From("root = true\n" + editorConfig), filePath: "/.editorconfig");
    }

    public Solution Solution { get; }

    public void Dispose() => _workspace.Dispose();

    public async Task<Compilation> CompileAsync() => (await Solution.Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken))!;

    public Task<ImmutableArray<Diagnostic>> FindingsAsync(ImmutableArray<DiagnosticAnalyzer> analyzers) => FindingsAsync(Solution, analyzers);

    /// <summary>The solution when nothing of that key (the first action, if none is named) is offered any more.</summary>
    public async Task<Solution> ToEndAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, string? key)
    {
        var solution = Solution;
        for (var count = 0; await NextAsync(solution, analyzers, fix, key) is { } action; count++)
        {
            Assert.True(count < MaxFixes, "The fix never ends.");
            var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
            solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        }

        return solution;
    }

    public static async Task<string[]> TextsAsync(Solution solution) => await Task.WhenAll(solution.Projects.Single().Documents.Select(TextAsync));

    public static async Task<string> TextAsync(Document document) => (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private static async Task<CodeAction?> NextAsync(Solution solution, ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, string? key)
    {
        var findings = await FindingsAsync(solution, analyzers);
        foreach (var finding in findings.Where(finding => fix.FixableDiagnosticIds.Contains(finding.Id)).OrderBy(finding => finding.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(finding => finding.Location.SourceSpan))
        {
            var actions = new List<CodeAction>();
            var document = solution.GetDocument(finding.Location.SourceTree)!;
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
            if (actions.FirstOrDefault(action => key is null || action.EquivalenceKey == key) is { } action)
                return action;
        }

        return null;
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Solution solution, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = await solution.Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken);

        return await compilation!.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
