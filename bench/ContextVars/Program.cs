using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ContextVars.Benchmarks;
using Perfolizer.Horology;

// Many short iterations: on a machine that does other work too, some of them run undisturbed.
// The argument is what the project file says too, for the project that BenchmarkDotNet makes of it.
var job = Job.Default.WithWarmupCount(150).WithIterationCount(40).WithIterationTime(TimeInterval.FromMilliseconds(5))
    .WithArguments([new MsBuildArgument("/p:CentralPackageTransitivePinningEnabled=false")]);
var config = DefaultConfig.Instance.AddJob(job).AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
    .WithBuildTimeout(TimeSpan.FromMinutes(10));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(LiveVariables).Assembly).Run(args, config);

// One line for each operation and size, the two arms side by side: median and minimum in nanoseconds, bytes, and the ratio of minima.
Console.WriteLine("| operation | live | AsyncLocal | ContextVar | ratio | + 6 others: AsyncLocal | ContextVar | ratio |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var summary in summaries)
{
    foreach (var size in summary.Reports.GroupBy(Parameter(nameof(LiveVariables.Live))))
    {
        var cells = size.GroupBy(Parameter(nameof(LiveVariables.Framework))).OrderBy(group => group.Key).Select(Compare);
        Console.WriteLine($"| {size.First().BenchmarkCase.Descriptor.Type.Name} | {size.Key} | {string.Join(" | ", cells)} |");
    }
}

static Func<BenchmarkReport, int> Parameter(string name) => report => (int)report.BenchmarkCase.Parameters[name]!;

static string Compare(IEnumerable<BenchmarkReport> arms)
{
    var baseline = arms.Single(arm => arm.BenchmarkCase.Descriptor.Baseline);
    var ours = arms.Single(arm => !arm.BenchmarkCase.Descriptor.Baseline);
    return $"{Cell(baseline)} | {Cell(ours)} | {ours.ResultStatistics?.Min / baseline.ResultStatistics?.Min:F2}";
}

static string Cell(BenchmarkReport arm) =>
    $"{arm.ResultStatistics?.Median:N1} / {arm.ResultStatistics?.Min:N1} ns, {arm.GcStats.GetBytesAllocatedPerOperation(arm.BenchmarkCase):N0} B";
