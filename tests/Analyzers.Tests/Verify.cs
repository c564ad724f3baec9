using System.Collections.Immutable;
using System.Reflection;
using ContextVars;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ContextAnalyzers.Tests;

/// <summary>What every rule's tests say: this source is silent, this one has findings, this fix makes that of it.</summary>
/// <remarks>Several files are given as one array; the first is Test0.cs. Expected findings stand in the source as markup.</remarks>
internal static class Verify<TAnalyzer, TCodeFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    /// <summary>The findings are exactly those marked in the source.</summary>
    public static Task Finds(params string[] sources) => Run(new Test(), sources);

    /// <summary>Nothing is found. The source has no markup, or this is not the method to call.</summary>
    public static Task Silent(params string[] sources)
    {
        Assert.DoesNotContain(sources, source => source.Contains("[|") || source.Contains("{|"));
        return Finds(sources);
    }

    /// <summary>The findings in a program with statements at the top level.</summary>
    public static Task FindsInProgram(params string[] sources) =>
        Run(new Test { TestState = { OutputKind = OutputKind.ConsoleApplication } }, sources);

    /// <summary>The first code action in a program with statements at the top level.</summary>
    public static Task FixesInProgram(string source, string fixedSource)
    {
        var test = new Test { TestState = { OutputKind = OutputKind.ConsoleApplication } };
        test.FixedState.Sources.Add(fixedSource);

        return Run(test, [source]);
    }

    /// <summary>The findings under an option of `.editorconfig`.</summary>
    public static Task FindsWith(string option, params string[] sources) =>
        Run(new Test { TestState = { AnalyzerConfigFiles = { ("/.editorconfig", $"root = true\n[*.cs]\n{option}\n") } } }, sources);

    /// <summary>The same in a project that does not refer to ContextVars.</summary>
    public static Task FindsWithoutLibrary(string option, params string[] sources)
    {
        var test = new Test { TestState = { AnalyzerConfigFiles = { ("/.editorconfig", $"root = true\n[*.cs]\n{option}\n") } } };
        test.TestState.AdditionalReferences.Remove(TestReferences.Library);

        return Run(test, sources);
    }

    /// <summary>The first code action under an option of `.editorconfig`.</summary>
    public static Task FixesWith(string option, string source, string fixedSource)
    {
        var test = new Test { TestState = { AnalyzerConfigFiles = { ("/.editorconfig", $"root = true\n[*.cs]\n{option}\n") } } };
        test.FixedState.Sources.Add(fixedSource);

        return Run(test, [source]);
    }

    /// <summary>The code action of that title (the first offered, if none is named) turns the one source into the other.</summary>
    public static Task Fixes(string source, string fixedSource, string? title = null) => Fixes([source], [fixedSource], title);

    /// <inheritdoc cref="Fixes(string, string, string?)"/>
    public static async Task Fixes(string[] sources, string[] fixedSources, string? title = null)
    {
        var test = new Test { CodeActionEquivalenceKey = title };
        foreach (var source in fixedSources)
            test.FixedState.Sources.Add(source);

        await Run(test, sources);
        await FixedCode.IsGoodAsync(new TAnalyzer(), new TCodeFix(), title, sources, fixedSources);
    }

    /// <summary>There are findings, as marked, but no fix is offered for them.</summary>
    public static Task FindsButDoesNotFix(params string[] sources) => Fixes(sources, sources);

    private static Task Run(Test test, string[] sources)
    {
        foreach (var source in sources)
            test.TestState.Sources.Add(source);

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Test : CSharpCodeFixTest<TAnalyzer, TCodeFix, DefaultVerifier>
    {
        public Test()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(TestReferences.All);
        }

        protected override CompilationOptions CreateCompilationOptions() =>
            ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(NullableContextOptions.Enable).WithAllowUnsafe(true);
    }
}

/// <summary>What test sources compile against: .NET's reference pack as the SDK installs it, and ContextVars.</summary>
internal static class TestReferences
{
    public static MetadataReference Library { get; } = MetadataReference.CreateFromFile(typeof(ContextVar<>).Assembly.Location);

    public static ImmutableArray<MetadataReference> All { get; } = [.. Pack("ReferencePack"), Library];

    /// <summary>ASP.NET Core's own, for what is written for it.</summary>
    public static ImmutableArray<MetadataReference> Web { get; } = [.. Pack("WebReferencePack")];

    private static IEnumerable<MetadataReference> Pack(string name)
    {
        var directory = typeof(TestReferences).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == name)
            .Value!;

        return Directory.EnumerateFiles(directory, "*.dll").Select(file => MetadataReference.CreateFromFile(file));
    }
}
