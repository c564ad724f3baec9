using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Generate;

/// <summary>A rule as users meet it: its descriptor, and whether something repairs what it finds.</summary>
public sealed record Rule(DiagnosticDescriptor Descriptor, bool HasFix)
{
    /// <summary>The rules of all analyzers, in the order of their ID.</summary>
    public static IReadOnlyList<Rule> All()
    {
        HashSet<string> fixable = [.. InstancesOf<CodeFixProvider>("ContextAnalyzers.CodeFixes").SelectMany(fix => fix.FixableDiagnosticIds)];
        return
        [
            .. InstancesOf<DiagnosticAnalyzer>("ContextAnalyzers")
                .SelectMany(analyzer => analyzer.SupportedDiagnostics)
                .DistinctBy(descriptor => descriptor.Id)
                .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
                .Select(descriptor => new Rule(descriptor, fixable.Contains(descriptor.Id))),
        ];
    }

    private static IEnumerable<T> InstancesOf<T>(string assembly) =>
        Assembly.Load(assembly).GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
            .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!);
}
