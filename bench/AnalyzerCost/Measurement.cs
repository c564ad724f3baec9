using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.Bench;

/// <summary>Processor time, which is steadier than the clock where the machine is shared, and allocated bytes of one action.</summary>
internal readonly record struct Cost(TimeSpan Processor, long Bytes)
{
    public static Cost Of(Subject subject, Action action)
    {
        using var region = NoCollection.StartFor(subject);
        var processor = Environment.CpuUsage.TotalTime;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return new Cost(Environment.CpuUsage.TotalTime - processor, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}

/// <summary>What several rounds say of one figure.</summary>
internal readonly record struct Estimate(double Median, double Low, double High)
{
    /// <summary>The median, and between which two of the values the true one lies 19 times in 20, however they are distributed. Of five and fewer all there are.</summary>
    public static Estimate Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2.0;
        var reach = 0.98 * Math.Sqrt(sorted.Length);

        return new(
            (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            sorted[Math.Max((int)Math.Round(middle - reach) - 1, 0)],
            sorted[Math.Min((int)Math.Round(middle + reach), sorted.Length - 1)]);
    }

    public static double MedianOf(IEnumerable<double> values) => Of(values).Median;
}

/// <summary>Keeps the collector from running: one collection takes longer than what is measured. What it costs goes by the bytes.</summary>
/// <remarks>Where the code takes more memory than this, the collector runs, and getting the memory would take longer.</remarks>
internal sealed class NoCollection : IDisposable
{
    private const long Room = 1L << 30;

    private NoCollection()
    {
    }

    public static NoCollection? StartFor(Subject subject)
    {
        GC.Collect();

        return subject.Lines < 50_000 && GC.TryStartNoGCRegion(Room) ? new() : null;
    }

    /// <summary>Lets it run again, if what ran has not used up the room before.</summary>
    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }
}

internal static class Measurement
{
    /// <summary>The compiler's own work: declarations and all bodies bound, flow analysed, diagnostics made.</summary>
    public static Cost Binding(Subject subject, bool isConcurrent = true)
    {
        var compilation = subject.Fresh(isConcurrent);
        return Cost.Of(subject, () => compilation.GetDiagnostics());
    }

    /// <summary>The same with analyzers attached, as the compiler runs them.</summary>
    public static Cost Build(Subject subject, AnalyzerSet set)
    {
        var attached = Attach(subject.Fresh(), set);
        return Cost.Of(subject, () => Throw(attached.GetAllDiagnosticsAsync().GetAwaiter().GetResult()));
    }

    /// <summary>The time inside the analyzers' own actions, all on one thread: a small figure that need not be told apart from two large ones. The bytes are of the whole.</summary>
    public static Cost Actions(Subject subject, AnalyzerSet set)
    {
        // The references are bound in any build, and should not count as the time of who happens to ask first.
        var compilation = subject.Fresh(isConcurrent: false);
        _ = compilation.GetSpecialType(SpecialType.System_Object);

        var attached = compilation.WithAnalyzers(
            set.Analyzers,
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        AnalysisResult? result = null;
        var cost = Cost.Of(subject, () => result = attached.GetAnalysisResultAsync(default).GetAwaiter().GetResult());
        Throw(result!.GetAllDiagnostics());
        return cost with { Processor = TimeSpan.FromTicks(result.AnalyzerTelemetryInfo.Values.Sum(info => info.ExecutionTime.Ticks)) };
    }

    /// <summary>One file changed in an editor: the analyzers' work on that file alone, its model bound before.</summary>
    public static TimeSpan OneDocument(CSharpCompilation before, SyntaxTree document, AnalyzerSet set)
    {
        var text = document.GetText();
        var edited = document.WithChangedText(text.Replace(new TextSpan(text.Length, 0), "// edited\n"));
        var compilation = before.ReplaceSyntaxTree(document, edited);
        var model = compilation.GetSemanticModel(edited);
        model.GetDiagnostics();

        var attached = Attach(compilation, set);
        var clock = Stopwatch.StartNew();
        Throw(attached.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, default).GetAwaiter().GetResult());
        return clock.Elapsed;
    }

    private static CompilationWithAnalyzers Attach(CSharpCompilation compilation, AnalyzerSet set) => compilation.WithAnalyzers(
        set.Analyzers,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));

    private static void Throw(ImmutableArray<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } crash)
            throw new InvalidOperationException(crash.GetMessage(CultureInfo.InvariantCulture));
    }
}
