using System.Text.RegularExpressions;
using ContextAnalyzers.CodeFixes;
using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Testing;

namespace ContextAnalyzers.Tests;

/// <summary>What is true of the result of every fix, whatever the test is about.</summary>
internal static class FixedCode
{
    /// <summary>
    /// No new compiler warning. No finding of any rule, or none that the token fixes leave. Formatted as before. Nothing but what had to change.
    /// The same with other line endings. And a second run changes nothing.
    /// </summary>
    public static async Task IsGoodAsync(DiagnosticAnalyzer analyzer, CodeFixProvider fix, string? key, string[] sources, string[] fixedSources)
    {
        var (plain, expected) = (Plain(sources), Plain(fixedSources));
        using var before = new Repair(plain);
        using var after = new Repair(expected);
        var known = Ids(await before.CompileAsync());
        AddsNothing(known, await after.CompileAsync());
        IsSmall(sources, fixedSources);
        await IsFormattedAsync(before.Solution, after.Solution);

        Assert.Equal(expected, await Repair.TextsAsync(await after.ToEndAsync([analyzer], fix, key)));
        using var windows = new Repair([.. plain.Select(Windows)]);
        Assert.Equal(expected.Select(Windows), await Repair.TextsAsync(await windows.ToEndAsync([analyzer], fix, key)));

        // What a test leaves in its fixed source on purpose is marked there.
        if (fixedSources.Any(source => source.Contains("[|") || source.Contains("{|")))
            return;

        using var repaired = new Repair(await Repair.TextsAsync(await after.ToEndAsync(AllRules.Analyzers, new ResetTokenCodeFix(), key: null)));
        AddsNothing(Ids(await before.CompileAsync()), await repaired.CompileAsync());

        // That an object can be changed is for its author to judge: the preview of the conversion has said so.
        Assert.Empty((await repaired.FindingsAsync(AllRules.Analyzers)).Where(finding => finding.Id != Descriptors.MutableObjectSharedByFlows.Id).Select(finding => finding.ToString()));
    }

    private static List<string> Ids(Compilation compilation) => [.. compilation.GetDiagnostics().Where(IsShown).Select(diagnostic => diagnostic.Id)];

    private static void AddsNothing(List<string> known, Compilation compilation)
    {
        foreach (var diagnostic in compilation.GetDiagnostics().Where(IsShown))
            Assert.True(known.Remove(diagnostic.Id), $"The fix adds {diagnostic}");
    }

    /// <summary>Not CS1701: the library of the tests is built for an older framework than the sources.</summary>
    private static bool IsShown(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701";

    private static async Task IsFormattedAsync(Solution before, Solution after)
    {
        foreach (var (old, changed) in before.Projects.Single().Documents.Zip(after.Projects.Single().Documents))
        {
            if (await FormattedAsync(old) == await Repair.TextAsync(old))
                Assert.Equal(await FormattedAsync(changed), await Repair.TextAsync(changed));
        }
    }

    private static async Task<string> FormattedAsync(Document document) => await Repair.TextAsync(await Formatter.FormatAsync(document));

    /// <summary>Lines that a fix takes away come back as others, or are about what it repairs; none comes back with other spaces in it.</summary>
    private static void IsSmall(string[] sources, string[] fixedSources)
    {
        foreach (var (source, fixedSource) in sources.Zip(fixedSources))
        {
            TestFileMarkupParser.GetPositionsAndSpans(source.ReplaceLineEndings("\n"), out var plain, out _, out var spans);
            var (removed, added) = LineDifference.Between(plain, Plain([fixedSource])[0]);
            var packed = added.Where(line => line.Length > 0).ToLookup(line => Regex.Replace(line, @"\s", ""));
            foreach (var line in removed.SelectMany(run => run))
                Assert.All(packed[Regex.Replace(line, @"\s", "")], changed => Assert.Equal(line, changed));

            var words = added.Concat(spans.Values.SelectMany(marked => marked).Select(span => plain.Substring(span.Start, span.Length))).SelectMany(Words).Append("ThreadStatic").ToHashSet();

            // A condition in front of a reset goes with it, and so does a flag that was made for it.
            Assert.All(removed.Where(run => !Regex.IsMatch(run[0], @"^if \(|^(var |bool )?\w+ = (true|false);$")), run => Assert.True(!run.SelectMany(Words).Any() || run.SelectMany(Words).Any(words.Contains), $"The fix takes away: {string.Join('\n', run)}"));
        }
    }

    private static IEnumerable<string> Words(string line) => Regex.Matches(line, @"\w+").Select(match => match.Value);

    private static string Windows(string text) => text.Replace("\n", "\r\n");

    private static string[] Plain(string[] sources) => [.. sources.Select(source =>
    {
        TestFileMarkupParser.GetPositionsAndSpans(source.ReplaceLineEndings("\n"), out var plain, out _, out _);

        return plain;
    })];
}
