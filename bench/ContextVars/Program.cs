using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ContextVars.Benchmarks;
using Perfolizer.Horology;

// Short iterations: 180 cases, and what is compared differs by more than their noise.
// The argument is what the project file says too, for the project that BenchmarkDotNet makes of it.
var job = Job.Default.WithWarmupCount(10).WithIterationCount(11).WithIterationTime(TimeInterval.FromMilliseconds(50))
    .WithArguments([new MsBuildArgument("/p:CentralPackageTransitivePinningEnabled=false")]);
var config = DefaultConfig.Instance.AddJob(job).AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(LiveVariables).Assembly).Run(args, config);

// One line for each operation and size, the two arms side by side: medians, their ratio, and bytes.
Console.WriteLine("| operation | live | AsyncLocal | ContextVar | ratio | + 6 others: AsyncLocal | ContextVar | ratio |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var summary in summaries)
{
    foreach (var size in summary.Reports.GroupBy(Parameter<int>(nameof(LiveVariables.Live))))
    {
        var cells = size.GroupBy(Parameter<int>(nameof(LiveVariables.Framework))).OrderBy(group => group.Key).Select(Compare);
        Console.WriteLine($"| {size.First().BenchmarkCase.Descriptor.Type.Name} | {size.Key} | {string.Join(" | ", cells)} |");
    }
}

static Func<BenchmarkReport, T> Parameter<T>(string name) => report => (T)report.BenchmarkCase.Parameters[name]!;

static string Compare(IEnumerable<BenchmarkReport> arms)
{
    var baseline = arms.Single(arm => arm.BenchmarkCase.Descriptor.Baseline);
    var ours = arms.Single(arm => !arm.BenchmarkCase.Descriptor.Baseline);
    return $"{Cell(baseline)} | {Cell(ours)} | {Median(ours) / Median(baseline):F2}";
}

static string Cell(BenchmarkReport arm) => $"{Median(arm):N1} ns, {arm.GcStats.GetBytesAllocatedPerOperation(arm.BenchmarkCase) ?? 0:N0} B";

static double Median(BenchmarkReport arm) => arm.ResultStatistics?.Median ?? double.NaN;
