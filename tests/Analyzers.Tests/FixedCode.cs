using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Testing;

namespace ContextAnalyzers.Tests;

/// <summary>What is true of the result of every fix: no new compiler warning, nothing for any rule of ours, formatted as before.</summary>
internal static class FixedCode
{
    public static async Task IsGoodAsync(string[] sources, string[] fixedSources)
    {
        var before = Compile(sources);
        var after = Compile(fixedSources);
        var known = before.GetDiagnostics().Where(IsShown).Select(diagnostic => diagnostic.Id).ToList();
        foreach (var diagnostic in after.GetDiagnostics().Where(IsShown))
            Assert.True(known.Remove(diagnostic.Id), $"The fix adds {diagnostic}");

        // What a test leaves in its fixed source on purpose is marked there.
        if (!fixedSources.Any(source => source.Contains("[|") || source.Contains("{|")))
        {
            var findings = await after.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.Empty(findings.Select(finding => finding.ToString()));
        }

        using var workspace = new AdhocWorkspace();
        foreach (var (old, changed) in before.SyntaxTrees.Zip(after.SyntaxTrees))
        {
            if (Formatted(old, workspace) == old.ToString())
                Assert.Equal(Formatted(changed, workspace), changed.ToString());
        }
    }

    private static CSharpCompilation Compile(string[] sources) => CSharpCompilation.Create(
        "Fixed",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(Plain(source), path: $"/{index}.cs")),
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static string Plain(string source)
    {
        TestFileMarkupParser.GetPositionsAndSpans(source, out var plain, out _, out _);

        return plain;
    }

    /// <summary>
    /// Not CS1701: the library of the tests is built for an older framework than the sources. Not CS0219: the variable of a condition
    /// that goes with its reset is left behind for its author to judge.
    /// </summary>
    private static bool IsShown(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id is not ("CS1701" or "CS0219");

    private static string Formatted(SyntaxTree tree, Workspace workspace) => Formatter.Format(tree.GetRoot(), workspace).ToFullString();
}
