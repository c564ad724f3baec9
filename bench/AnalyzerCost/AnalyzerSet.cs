using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Bench;

/// <summary>Analyzers that are measured together, with the rules that are on by default.</summary>
internal sealed record AnalyzerSet(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)
{
    public static AnalyzerSet Ours { get; } = new("ContextAnalyzers", [.. CreateAll(Assembly.Load("ContextAnalyzers"))]);

    /// <summary>As many analyzers as ours, which register what ours do: the driver's own work for them, and nothing else.</summary>
    public static AnalyzerSet Empty { get; } = new("empty analyzers", [.. Ours.Analyzers.Select(static _ => new EmptyAnalyzer())]);

    public static IEnumerable<AnalyzerSet> OneByOne =>
        from analyzer in Ours.Analyzers
        let ids = string.Join(", ", analyzer.SupportedDiagnostics.Select(rule => rule.Id).Order())
        orderby ids
        select new AnalyzerSet($"— {ids}", [analyzer]);

    /// <summary>The peer packages this project names, and the SDK's own analyzers.</summary>
    public static IEnumerable<AnalyzerSet> Peers =>
        from attribute in typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        where attribute.Key.StartsWith("Peer:", StringComparison.Ordinal)
        select new AnalyzerSet(attribute.Key["Peer:".Length..], [.. Load(attribute.Value!)]);

    private static IEnumerable<DiagnosticAnalyzer> Load(string folder)
    {
        // A package may hold one build per compiler: take the newest that is not newer than ours.
        var folders =
            from file in Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories)
            where !file.EndsWith(".resources.dll", StringComparison.Ordinal)
            group file by Path.GetDirectoryName(file)! into sameFolder
            let roslyn = Regex.Match(sameFolder.Key, @"roslyn(\d+\.\d+)")
            orderby roslyn.Success ? Version.Parse(roslyn.Groups[1].Value) : new Version(0, 0) descending
            select sameFolder;

        var files = folders.First().ToArray();
        var context = new AssemblyLoadContext(folder);
        context.Resolving += (loader, name) =>
            files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name.Name) is { } file ? loader.LoadFromAssemblyPath(file) : null;

        return files.SelectMany(file => CreateAll(context.LoadFromAssemblyPath(file)));
    }

    private static IEnumerable<DiagnosticAnalyzer> CreateAll(Assembly assembly)
    {
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            types = [.. exception.Types.OfType<Type>()];
        }

        return
            from type in types
            where !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer))
            where type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } attribute && attribute.Languages.Contains(LanguageNames.CSharp)
            let analyzer = (DiagnosticAnalyzer)Activator.CreateInstance(type)!
            where analyzer.SupportedDiagnostics.Any(rule => rule.IsEnabledByDefault)
            select analyzer;
    }

#pragma warning disable RS1001, RS1022 // Not for users: it measures the driver.
    private sealed class EmptyAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("NOOP", "Nothing", "Nothing", "Bench", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
            context.RegisterCompilationStartAction(static start => start.RegisterSemanticModelAction(static _ => { }));
        }
    }
#pragma warning restore RS1001, RS1022
}
