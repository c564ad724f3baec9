using ContextAnalyzers.Bench;
using Microsoft.CodeAnalysis;
AppDomain.CurrentDomain.SetData("BYTES", (Func<long>)GC.GetAllocatedBytesForCurrentThread);
var subject = args[0].StartsWith('/') ? Subject.Folder(args[0]) : Subject.Generated(int.Parse(args[0]));
foreach (var arg in args.Skip(1)) { var only = arg; if (arg.Contains(":")) { only = arg.Split(":")[0]; AppDomain.CurrentDomain.SetData("STAGE", arg.Split(":")[1]); } else AppDomain.CurrentDomain.SetData("STAGE", null);
var ours = only == "empty" ? AnalyzerSet.Empty : only == "all" ? AnalyzerSet.Ours : new AnalyzerSet(only, [.. AnalyzerSet.Ours.Analyzers.Where(a => only.Split(',').Any(o => a.SupportedDiagnostics.Any(d => d.Id.StartsWith(o))))]);
var z = only == "bind" ? Measurement.Binding(subject) : Measurement.Build(subject, ours); Console.WriteLine($"{arg} {z.Bytes/1e6:N1} MB {z.Processor.TotalMilliseconds:N0} ms"); 
if (AppDomain.CurrentDomain.GetData("PROBE") is System.Collections.Concurrent.ConcurrentDictionary<string, (long, long)> d) { foreach (var e in d.OrderBy(x => x.Key)) Console.WriteLine($"    {e.Key}: {e.Value.Item1:N0} {e.Value.Item2/1e6:N1} MB"); d.Clear(); } }
