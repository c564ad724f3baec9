using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>A generator that adds each additional file to the source.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // No compiler loads it.
[Generator(LanguageNames.CSharp)]
internal sealed class CopyGenerator : IIncrementalGenerator
#pragma warning restore RS1036, RS1038, RS1041
{
    /// <summary>By its file, as a build gives it: newer workspaces take no reference of one's own making.</summary>
    public static AnalyzerFileReference Reference { get; } = new(typeof(CopyGenerator).Assembly.Location, new Loader());

    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.AdditionalTextsProvider, (output, file) =>
            output.AddSource($"{Path.GetFileNameWithoutExtension(file.Path)}.cs", file.GetText(output.CancellationToken)!));

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath) { }

        public Assembly LoadFromPath(string fullPath) => typeof(CopyGenerator).Assembly;
    }
}
