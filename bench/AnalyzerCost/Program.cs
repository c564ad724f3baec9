using System.Globalization;
using ContextAnalyzers.Bench;

// dotnet run -c Release --project bench/AnalyzerCost -- [--source DIR]... [--files N] [--rounds N] [--brief]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var folders = new List<string>();
var files = 1000;
var rounds = 7;
var brief = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--source" when i + 1 < args.Length && Directory.Exists(args[i + 1]): folders.Add(args[++i]); break;
        case "--files" when i + 1 < args.Length && int.TryParse(args[i + 1], out files): i++; break;
        case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], out rounds): i++; break;
        case "--brief": brief = true; break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is not understood. Options: --source DIR, --files N, --rounds N, --brief.");
            return 2;
    }
}

AnalyzerSet[] ours = [AnalyzerSet.Empty, AnalyzerSet.Ours];
AnalyzerSet[] others = [.. brief ? [] : AnalyzerSet.Peers];
AnalyzerSet[] sets = [.. ours, .. brief ? [] : AnalyzerSet.OneByOne, .. others];
Subject[] subjects = [Subject.Generated(files), Subject.Generated(files * 10), .. folders.Select(Subject.Folder)];

foreach (var subject in subjects)
    Report(subject, subject.Files > files * 5 ? Math.Min(rounds, 3) : rounds);

ReportActions(subjects[0], rounds);

ReportOneDocument("as the project has them", file => file % 10 == 0);
ReportOneDocument("nothing but flow state", _ => true);
return 0;

void Report(Subject subject, int count)
{
    // On the large subject what counts is how we grow.
    AnalyzerSet[] measured = subject == subjects[1] ? ours : [.. ours, .. others];
    var binding = new List<Cost>();
    var costs = measured.ToDictionary(set => set, _ => new List<Cost>());

    // What runs before leaves its marks on the heap, so the order is another one in each round.
    AnalyzerSet?[] order = [null, .. measured];
    var random = new Random(1);

    // The runtime compiles what is new to it as long as that runs, and then once more: ten rounds long everything takes a multiple of its time.
    for (var round = subject == subjects[0] ? -10 : -1; round < count; round++)
    {
        random.Shuffle(order);
        foreach (var set in order.Where(set => round >= -1 || set is null || ours.Contains(set)))
        {
            var cost = set is null ? Measurement.Binding(subject) : Measurement.Build(subject, set);
            if (round >= 0)
                (set is null ? binding : costs[set]).Add(cost);
        }
    }

    Console.WriteLine($"""

        ## {subject.Name}: {subject.Lines:N0} lines, {count} rounds, binding {Estimate.MedianOf(binding.Select(cost => cost.Processor.TotalMilliseconds)):N0} ms and {Estimate.MedianOf(binding.Select(cost => (double)cost.Bytes)) / 1e6:N0} MB

        | analyzers | time above binding | above the empty analyzers | lies between | bytes above the empty analyzers |
        | --- | ---: | ---: | ---: | ---: |
        """);

    foreach (var set in measured)
    {
        // Each round is compared with itself: the machine's speed drifts between rounds.
        Estimate Ratio(Func<Cost, double> figure, List<Cost> other) =>
            Estimate.Of(costs[set].Select((cost, round) => (figure(cost) - figure(other[round])) / figure(binding[round])));

        var time = Ratio(cost => cost.Processor.TotalMilliseconds, costs[AnalyzerSet.Empty]);

        Console.WriteLine(
            $"| {set.Name} | {Ratio(cost => cost.Processor.TotalMilliseconds, binding).Median:P1} | {time.Median:P1} | {time.Low:P1} to {time.High:P1} | {Ratio(cost => cost.Bytes, costs[AnalyzerSet.Empty]).Median:P1} |");
    }
}

void ReportActions(Subject subject, int count)
{
    AnalyzerSet?[] order = [null, .. sets];
    var random = new Random(1);
    var binding = new List<Cost>();
    var costs = sets.ToDictionary(set => set, _ => new List<Cost>());

    for (var round = -3; round < count; round++)
    {
        random.Shuffle(order);
        foreach (var set in order)
        {
            var cost = set is null ? Measurement.Binding(subject, isConcurrent: false) : Measurement.Actions(subject, set);
            if (round >= 0)
                (set is null ? binding : costs[set]).Add(cost);
        }
    }

    Console.WriteLine($"""

        ## {subject.Name}, time inside the actions of analyzers, one thread: {count} rounds, binding {Estimate.MedianOf(binding.Select(cost => cost.Processor.TotalMilliseconds)):N0} ms

        | analyzers | milliseconds | of binding | lies between | bytes above the empty analyzers |
        | --- | ---: | ---: | ---: | ---: |
        """);

    foreach (var set in sets)
    {
        var time = Estimate.Of(costs[set].Select((cost, round) => cost.Processor / binding[round].Processor));
        var bytes = Estimate.MedianOf(costs[set].Select((cost, round) => (double)(cost.Bytes - costs[AnalyzerSet.Empty][round].Bytes) / binding[round].Bytes));

        Console.WriteLine(
            $"| {set.Name} | {Estimate.MedianOf(costs[set].Select(cost => cost.Processor.TotalMilliseconds)):N1} | {time.Median:P1} | {time.Low:P1} to {time.High:P1} | {bytes:P1} |");
    }
}

void ReportOneDocument(string kind, Func<int, bool> isFlowState)
{
    const int count = 60;
    AnalyzerSet[] order = [.. sets];
    var random = new Random(1);
    var compilation = Subject.Generated(500).Fresh();
    compilation.GetDiagnostics();
    var text = string.Join("\n", Enumerable.Range(9000, 12).Select(number => (isFlowState(number) ? GeneratedCode.FlowState : GeneratedCode.Plain)
        .Replace("using ContextVars;", "").Replace("namespace Service{n};", "namespace Service{n} {").Replace("{n}", number.ToString(CultureInfo.InvariantCulture)) + "\n}"));
    var document = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
        "using ContextVars;\n" + text, (Microsoft.CodeAnalysis.CSharp.CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Edited.cs");
    compilation = compilation.AddSyntaxTrees(document);
    var times = sets.ToDictionary(set => set, _ => new List<double>());

    for (var round = -20; round < count; round++)
    {
        random.Shuffle(order);
        foreach (var set in order)
        {
            var time = Measurement.OneDocument(compilation, document, set).TotalMilliseconds;
            if (round >= 0)
                times[set].Add(time);
        }
    }

    Console.WriteLine($"""

        ## One file of {document.GetText().Lines.Count:N0} lines changed in a project of 500 files, {kind}: median of {count}

        | analyzers | milliseconds | above the empty analyzers |
        | --- | ---: | ---: |
        """);

    foreach (var set in sets)
        Console.WriteLine($"| {set.Name} | {Estimate.MedianOf(times[set]):N1} | {Estimate.MedianOf(times[set].Zip(times[AnalyzerSet.Empty], (time, empty) => time - empty)):N1} |");
}
