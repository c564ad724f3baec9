using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>The shapes of bugs that public projects had and repaired, in our own words. The report names the project; the code is only alike.</summary>
public class RealBugTests
{
    [Theory]
    [InlineData("louthy/echo-process#65: session of an actor", "CTX007",
        "static class ActorContext { [ThreadStatic] static string? t_session; public static string? Session => t_session; public static void SetContext(string session) { t_session = session; } }")]
    [InlineData("louthy/echo-process#65: request of an actor", "CTX007",
        "static class ActorContext { [ThreadStatic] static Request? t_request; public static Request? Request { get => t_request; set => t_request = value; } }")]
    [InlineData("dotnet/orleans: request context", "CTX007",
        "public static class RequestContext { [ThreadStatic] static Dictionary<string, object>? t_data; public static void Import(Dictionary<string, object> data) { t_data = data; } public static object? Get(string key) => t_data?[key]; }")]
    [InlineData("MindscapeHQ/raygun4net#371: message built in the continuation", "CTX004",
        "class Client { readonly ThreadLocal<Request?> _request = new(); void Send(Request request) { _request.Value = request; Task.Delay(1).ContinueWith(_ => Console.WriteLine(_request.Value)); } }")]
    [InlineData("MindscapeHQ/raygun4net#441: current request", "CTX004",
        "class Client { static readonly ThreadLocal<Request?> s_request = new(); async Task SendAsync(Request request) { s_request.Value = request; await Task.Yield(); Console.WriteLine(s_request.Value); } }")]
    [InlineData("linq2db/linq2db#3096: flag behind a property", "CTX003",
        "static class Options { [ThreadStatic] static bool t_inline; public static bool Inline { get => t_inline; set => t_inline = value; } } class C { async Task Run() { Options.Inline = true; await Task.Yield(); Options.Inline = false; } }")]
    [InlineData("linq2db/linq2db#3096: static flag", "CTX001",
        "static class Options { public static bool Inline { get; set; } } class C { async Task Run() { Options.Inline = true; await Task.Yield(); Options.Inline = false; } }")]
    [InlineData("seesharper/DbReader#79: reader of a query", "CTX003",
        "static class Readers { [ThreadStatic] static object? t_reader; public static void Set(object reader) => t_reader = reader; public static object? Get() => t_reader; } class C { async Task Read(object reader) { Readers.Set(reader); await Task.Yield(); Console.WriteLine(Readers.Get()); } }")]
    [InlineData("2881099/csredis#231: flow variable per thread", "CTX006",
        "class GlobalContext { [ThreadStatic] static AsyncLocal<GlobalContext>? t_local; public static AsyncLocal<GlobalContext> Local => t_local ??= new(); }")]
    [InlineData("c-ohle/RationalNumerics#2: flow variable per thread", "CTX006",
        "class Rational { [ThreadStatic] static readonly AsyncLocal<int> s_limit = new(); }")]
    [InlineData("dotnet/aspnetcore#56341: services of a request", "CTX001",
        "static class App { public static IServiceProvider? Services { get; set; } } class Middleware { async Task Invoke(IServiceProvider services, Func<Task> next) { App.Services = services; await next(); App.Services = null; } }")]
    [InlineData("aspnet thread: items of a request", "CTX003",
        "static class Items { [ThreadStatic] static Dictionary<string, object>? t_items; public static Dictionary<string, object> All => t_items ??= new(); public static void Begin(Dictionary<string, object> items) => t_items = items; } class C { async Task Handle() { await Task.Yield(); Items.Begin(new()); Items.All[\"a\"] = 1; await Task.Yield(); Console.WriteLine(Items.All); } }")]
    [InlineData("aquality-automation/aquality-selenium-dotnet#255: container per thread", "CTX007",
        "public static class Services { static readonly ThreadLocal<IServiceProvider?> s_provider = new(); public static IServiceProvider? Provider { get => s_provider.Value; set => s_provider.Value = value; } }")]
    [InlineData("dotnet-websharper/core#1061: remote context", "CTX007",
        "public static class Remoting { static readonly ThreadLocal<Request?> s_context = new(); public static Request? Context => s_context.Value; public static void SetContext(Request context) { s_context.Value = context; } }")]
    [InlineData("Orckestra/C1-CMS-Foundation#730: data of a thread", "CTX007",
        "public static class ThreadDataManager { [ThreadStatic] static Request? t_data; public static Request? Current => t_data; public static IDisposable Initialize(Request data) => new Scope(data); sealed class Scope : IDisposable { readonly Request? _old = t_data; public Scope(Request data) => t_data = data; public void Dispose() => t_data = _old; } }")]
    [InlineData("HangfireIO/Hangfire: scope of a job", "CTX007",
        "public class JobScope : IDisposable { static readonly ThreadLocal<JobScope?> s_current = new(); public JobScope() { s_current.Value = this; } public static JobScope? Current => s_current.Value; public void Dispose() { s_current.Value = null; } }")]
    [InlineData("akkadotnet/akka.net: transport of a serialization", "CTX007",
        "public static class Serialization { [ThreadStatic] internal static string? t_transport; public static string? Transport => t_transport; public static T With<T>(string transport, Func<T> action) { var old = t_transport; t_transport = transport; try { return action(); } finally { t_transport = old; } } }")]
    [InlineData("transaction scope around an await", "CTX003",
        "class Tx : IDisposable { [ThreadStatic] static Tx? t_current; readonly Tx? _outer; public Tx() { _outer = t_current; t_current = this; } public static Tx? Current => t_current; public void Dispose() => t_current = _outer; } class C { async Task Save() { using (new Tx()) { await Task.Yield(); } } }")]
    [InlineData("unit of work read after an await", "CTX003",
        "static class UnitOfWork { [ThreadStatic] static object? t_session; public static object? Current { get => t_session; set => t_session = value; } } class Repository { async Task<object?> Load() { await Task.Yield(); return UnitOfWork.Current; } }")]
    [InlineData("tenant switched around an await", "CTX001",
        "static class Tenant { public static string? Id; } class C { async Task As(string id, Func<Task> action) { var old = Tenant.Id; Tenant.Id = id; try { await action(); } finally { Tenant.Id = old; } } }")]
    [InlineData("tenant of a job", "CTX003",
        "static class Tenant { [ThreadStatic] public static string? Id; } class C { async Task Run(string id) { Tenant.Id = id; await Task.Yield(); } }")]
    [InlineData("audit switched off around an await", "CTX003",
        "static class Audit { [ThreadStatic] static int t_off; public static void Off() => t_off++; public static void On() => t_off--; } class C { async Task Run() { Audit.Off(); try { await Task.Yield(); } finally { Audit.On(); } } }")]
    [InlineData("correlation id for the log", "CTX001",
        "static class Log { public static string? CorrelationId { get; set; } } class Consumer { async Task Consume(Request request) { Log.CorrelationId = request.Id ?? Guid.NewGuid().ToString(); await Task.Yield(); } }")]
    [InlineData("user in a slot of the thread", "CTX004",
        "class C { static readonly LocalDataStoreSlot s_slot = Thread.AllocateDataSlot(); async Task Run(string user) { Thread.SetData(s_slot, user); await Task.Yield(); Console.WriteLine(Thread.GetData(s_slot)); } }")]
    [InlineData("recursion guard across an await", "CTX003",
        "class Validator { [ThreadStatic] static bool t_busy; async Task Validate() { if (t_busy) return; t_busy = true; try { await Task.Yield(); } finally { t_busy = false; } } }")]
    [InlineData("sessions in a plain dictionary", "CTX002",
        "class Hub { static readonly Dictionary<string, Request> s_sessions = new(); async Task Connect(string id, Request request) { await Task.Yield(); s_sessions[id] = request; } }")]
    [InlineData("culture of a request on its thread", "CTX003",
        "static class Locale { [ThreadStatic] static string? t_name; public static string Name { get => t_name ?? \"en\"; set => t_name = value; } } class Middleware { async Task Invoke(Request request, Func<Task> next) { Locale.Name = request.Id!; await next(); } }")]
    public async Task Bug_is_found(string report, string rule, string code)
    {
        var source =
            $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            public class Request { public string? Id; }
            {{code}}
            """;

        var compilation = CSharpCompilation.Create(
            "bug",
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            TestReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), static d => d.Severity == DiagnosticSeverity.Error);

        var findings = await compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.True(findings.Any(finding => finding.Id == rule), $"{report}: expected {rule}, found {string.Join(", ", findings.Select(static f => f.Id))}");
    }
}
