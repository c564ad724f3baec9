using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>The analyzers and fixes under their own rules. The build does this for all other code, and cannot do it for what it uses to do it.</summary>
public sealed class OwnCodeTests
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.Collections.Immutable", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks",
        "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.Diagnostics",
    ];

    [Fact]
    public async Task Rules_find_nothing_in_their_own_code_but_what_is_planted()
    {
        const string Planted = "class Planted { static string? s_x; async Task<string?> M(string x) { s_x = x; await Task.Yield(); return s_x; } }";
        var compilation = Compilation(Planted);
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        var findings = await compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal("CTX001", Assert.Single(findings).Id);
    }

    private static CSharpCompilation Compilation(string planted)
    {
        var sources = new[] { "src/Analyzers", "src/CodeFixes" }
            .SelectMany(directory => Directory.EnumerateFiles(Repository.File(directory), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText)
            .Append(planted)
            .Append(string.Concat(Usings.Select(name => $"global using {name};\n")));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("ContextAnalyzers", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file));

        return CSharpCompilation.Create(
            "Own",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
