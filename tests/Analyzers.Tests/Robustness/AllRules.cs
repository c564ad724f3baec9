using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Everything the package brings into a compiler or an editor, found as they find it: by attribute.</summary>
internal static class AllRules
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers => [.. Create<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(typeof(KnownSymbols).Assembly)];

    public static ImmutableArray<CodeFixProvider> CodeFixes => [.. Create<CodeFixProvider, ExportCodeFixProviderAttribute>(Assembly.Load("ContextAnalyzers.CodeFixes"))];

    /// <summary>The findings of all rules in one file.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], TestReferences.All, new(kind));

        return await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<T> Create<T, TAttribute>(Assembly assembly)
        where TAttribute : Attribute =>
        from type in assembly.GetTypes()
        where type.GetCustomAttribute<TAttribute>() is not null
        orderby type.Name
        select (T)Activator.CreateInstance(type)!;
}
