using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Robustness;

public class DeterminismTests
{
    [Fact]
    public async Task Findings_are_the_same_on_every_run_whatever_the_order_of_files_and_the_concurrency()
    {
        var files = Enumerable.Range(0, 5)
            .SelectMany(copy => Shapes.All.Select((source, i) => Parse(InNamespace(source, $"N{copy}_{i}"), $"F{copy}_{i}.cs")))
            .ToArray();
        var expected = await Findings(files, concurrent: false);

        Assert.NotEmpty(expected);
        for (var run = 0; run < 10; run++)
        {
            new Random(run).Shuffle(files);
            Assert.Equal(expected, await Findings(files, concurrent: run % 2 == 0));
        }
    }

    [Fact]
    public async Task One_document_alone_has_the_findings_that_the_whole_compilation_has_in_it()
    {
        var files = Shapes.All.Select((source, i) => Parse(source, $"F{i}.cs")).ToArray();
        var compilation = Compile(files);
        var all = await compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        foreach (var file in files)
        {
            // Fresh, so that nothing is left from another document.
            var alone = Compile(files);
            var findings = await alone.WithAnalyzers(AllRules.Analyzers).GetAnalyzerSemanticDiagnosticsAsync(
                alone.GetSemanticModel(file), filterSpan: null, TestContext.Current.CancellationToken);

            Assert.Equal(Text(all.Where(diagnostic => diagnostic.Location.SourceTree == file)), Text(findings));
        }
    }

    private static async Task<IEnumerable<string>> Findings(SyntaxTree[] files, bool concurrent)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrent, logAnalyzerExecutionTime: false);
        var findings = await Compile(files).WithAnalyzers(AllRules.Analyzers, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        return Text(findings);
    }

    /// <summary>With all that a user sees: place, severity, message, and the additional places in their order.</summary>
    private static string[] Text(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Select(diagnostic => $"{diagnostic} {string.Join(", ", diagnostic.AdditionalLocations.Select(location => location.GetLineSpan()))}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A copy apart from the others. Its usings are global here.</summary>
    private static string InNamespace(string source, string name) =>
        $"namespace {name};\n" + string.Join('\n', source.Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal) || line.Contains('=')));

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), path);

    private static CSharpCompilation Compile(IEnumerable<SyntaxTree> files) => CSharpCompilation.Create(
        "Order",
        files.Append(Parse("global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; global using ContextVars;", "Usings.cs")),
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
