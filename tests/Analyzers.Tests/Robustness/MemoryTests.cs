using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Robustness;

public class MemoryTests
{
    [Fact]
    public void An_analyzed_compilation_is_not_kept_alive()
    {
        var compilation = Analyze();
        for (var i = 0; i < 10 && compilation.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(compilation.IsAlive);
    }

    /// <summary>Apart, and not inlined, so that no local of the test holds the compilation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Analyze()
    {
        var compilation = CSharpCompilation.Create(
            "Memory",
            Shapes.All.Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"F{i}.cs")),
            TestReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        Assert.NotEmpty(compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult());
        return new WeakReference(compilation);
    }
}
