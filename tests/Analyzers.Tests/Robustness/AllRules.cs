using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Everything the package brings into a compiler or an editor, found as they find it: by attribute.</summary>
internal static class AllRules
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers => [.. Create<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(typeof(KnownSymbols).Assembly)];

    public static ImmutableArray<CodeFixProvider> CodeFixes => [.. Create<CodeFixProvider, ExportCodeFixProviderAttribute>(Assembly.Load("ContextAnalyzers.CodeFixes"))];

    private static IEnumerable<T> Create<T, TAttribute>(Assembly assembly)
        where TAttribute : Attribute =>
        from type in assembly.GetTypes()
        where type.GetCustomAttribute<TAttribute>() is not null
        orderby type.Name
        select (T)Activator.CreateInstance(type)!;
}
