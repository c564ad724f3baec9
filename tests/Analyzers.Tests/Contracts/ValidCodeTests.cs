using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>Correct code as people write it, tests/ValidCode: no rule speaks. Its build says the same of the newest compiler, this of every one that tests run in.</summary>
public sealed class ValidCodeTests
{
    private static readonly string[] Usings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    [Fact]
    public async Task Rules_find_nothing_in_correct_code_but_what_is_planted()
    {
        const string Planted = "class Planted { static string? s_x; async Task<string?> M(string x) { s_x = x; await Task.Yield(); return s_x; } }";
        var compilation = Compile(Planted);

        // Source generators do not run here, and what they would write is nobody's finding.
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, Id: not "CS8795" });

        var findings = await compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal("CTX001", Assert.Single(findings).Id);
    }

    [Fact]
    public void There_is_enough_correct_code_to_mean_something()
    {
        var lines = Files.SelectMany(File.ReadLines).Select(line => line.Trim()).Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

        Assert.True(lines >= 3000, $"Only {lines} lines of tests/ValidCode are code.");
    }

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.File("tests/ValidCode"), "*.cs", SearchOption.AllDirectories);

    private static CSharpCompilation Compile(string planted) => CSharpCompilation.Create(
        "ValidCode",
        Files.Select(File.ReadAllText)
            .Append(planted)
            .Append(string.Concat(Usings.Select(name => $"global using {name};\n")))
            .Select(source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), cancellationToken: TestContext.Current.CancellationToken)),
        [.. TestReferences.All, .. TestReferences.Web],
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
}
