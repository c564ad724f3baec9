using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.StaticFieldHoldsFlowStateAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class StaticFieldHoldsFlowStateTests
{
    private const string RequestContext =
        """
        public static class RequestContext
        {
            public static string? RequestId { get; set; }
        }
        """;

    private const string Current =
        """
        public static class Current
        {
            private static string? s_name;
            public static string? Name { get => s_name; set => s_name = value; }
            public static void Enter(string name) => s_name = name;
            public static void EnterTwice(string name) => Enter(name);
            public static void EnterThrice(string name) => EnterTwice(name);
            public static void EnterConstant() => s_name = "constant";
            public static void As(this string name) { s_name = name; }
            public static void Run(string name, System.Action action) { var old = s_name; s_name = name; try { action(); } finally { s_name = old; } }
        }
        public sealed class Scope : System.IDisposable
        {
            private readonly string? _old = Current.Name;
            public Scope(string name) => Current.Name = name;
            public void Dispose() => Current.Name = _old;
        }
        """;

    private const string Conditional =
        """
        public class Connections
        {
            private static string? s_default;
            public Connections(string name) : this(name, true) { }
            public Connections(string name, bool setDefault) { if (setDefault && name != "") { s_default = name; } }
            public Connections(string name, bool setDefault, bool quiet) : this(name, setDefault) { }
        }
        public static class Cache
        {
            private static string? s_text;
            private static int s_version;
            public static string? Text() => s_text;
            public static int Version() => s_version;
            public static void Reload(string text, int version) { s_text = text; s_version = version; }
            public static void FillOn(string text, bool keep) => Fill(text, keep);
            public static void Unless(string text, bool keep, bool quiet) { if (!((keep || quiet))) s_text = text; }
            public static void NotBoth(string text, bool keep, bool quiet) { if (keep && quiet) { System.Console.WriteLine(text); } else s_text = text; }
            public static void Either(string text, bool keep, bool quiet) { if (keep || quiet) s_text = text; }
            public static void Fill(string text, bool keep) { if (keep) { System.Console.WriteLine(text); } else s_text = text; }
        }
        """;

    /// <summary>The body of an async method with the parameter name, in a class with the static field s_name and what the cases use.</summary>
    private static string InAsyncMethod(string body, string modifiers = "async Task") =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        static class Other { public static string? Value; }
        static class Made { static int s_count; public static string Cleared(string value) { s_count = 0; return value; } }
        struct Pair { public string First; public string Second; public string Both { set => First = Second = value; } }
        static class Descriptions { public static string Describe(this object? value) => ""; }
        class C
        {
            static readonly object s_gate = new();
            static readonly SemaphoreSlim s_semaphore = new(1);
            [ThreadStatic] static string? t_name;
            static string? s_name;
            static int s_number;
            static C? s_instance;
            static Pair s_pair;
            static string[]? s_path;
            string _name = "";
            C? _next;
            static string Make() => "";
            static ref Pair Find(string name) => throw new NotImplementedException();
            static Task<string> MakeAsync() => Task.FromResult("");
            static void Use(string? value) { }
            static IDisposable EnterLock() => throw new NotImplementedException();
            static Task<IDisposable> LockAsync() => throw new NotImplementedException();

            {{modifiers}} Run(string name, CancellationToken cancellation)
            {
                {{body}}
            }
        }
        """;

    /// <summary>What is known of the parameters of a method has room for 64 of them.</summary>
    [Theory]
    [InlineData(63, "Set({0}, name)")]
    [InlineData(64, "[|Set({0}, name)|]")]
    [InlineData(65, "[|Set({0}, name)|]")]
    public Task Call_whose_arguments_rule_the_write_out_is_silent_if_they_can_be_told(int last, string call)
    {
        var parameters = string.Join(", ", Enumerable.Range(0, last + 1).Select(static number => $"bool is{number}"));
        var arguments = string.Join(", ", Enumerable.Repeat("false", last + 1));

        return Verify.Finds(InAsyncMethod($"{call.Replace("{0}", arguments)}; await Task.Yield(); static void Set({parameters}, string value) {{ if (is{last}) s_name = value; }}"));
    }

    [Fact]
    public Task Middleware_that_sets_a_static_property_of_another_file_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class Request { public string Id = ""; }
        class Middleware(Func<Request, Task> next)
        {
            public async Task InvokeAsync(Request request)
            {
                [|RequestContext.RequestId|] = request.Id;
                await next(request);
            }
        }
        """,
        RequestContext);

    [Fact]
    public Task Lambda_that_sets_a_static_property_is_found_whether_it_awaits_or_hands_the_task_on() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class App
        {
            void Use(Func<string, Func<Task>, Task> middleware) { }

            void Configure()
            {
                Use(async (id, next) => { [|RequestContext.RequestId|] = id; await next(); });
                Use((id, next) => { [|RequestContext.RequestId|] = id; return next(); });
                Use((id, next) => { RequestContext.RequestId = id; return Task.CompletedTask; });
            }
        }
        """,
        RequestContext);

    [Fact]
    public Task Lambda_in_a_static_constructor_is_found_and_the_constructor_is_not() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class Handlers
        {
            static Func<string, Func<Task>, Task>? s_handler;
            static Handlers()
            {
                RequestContext.RequestId = Environment.MachineName;
                s_handler += async (id, next) => { [|RequestContext.RequestId|] = id; await next(); };
            }
        }
        """,
        RequestContext);

    [Theory]
    [InlineData("[|s_name|] = name; await Task.Yield(); Use(s_name);")]
    [InlineData("var upper = name.ToUpper(); [|s_name|] = upper; await Task.Yield();")]
    [InlineData("[|s_name|] = _name; await Task.Yield();")]
    [InlineData("if (s_instance is not null) { [|s_name|] = _name; await Task.Yield(); }")]
    [InlineData("if (_next is null) { [|s_name|] = _name; await Task.Yield(); }")]
    [InlineData("if (s_instance is null) return; [|s_name|] = _name; await Task.Yield();")]
    [InlineData("if (Other.Value is null) { [|s_name|] = _name; await Task.Yield(); }")]
    [InlineData("if (t_name is null) { [|s_name|] = _name; await Task.Yield(); }")]
    [InlineData("using (Open()) { [|s_name|] = name; await Task.Yield(); } IDisposable Open() => EnterLock();")]
    [InlineData("[|s_name|] = name.Describe(); await Task.Yield();")]
    [InlineData("[|s_name|] = Guid.NewGuid().ToString(); await Task.Yield();")]
    [InlineData("[|s_path|] = new[] { \"first\", Guid.NewGuid().ToString() }; await Task.Yield();")]
    [InlineData("[|s_name|] = name is null ? \"nobody\" : name.Trim(); await Task.Yield();")]
    [InlineData("([|s_name|], var rest) = (name, 1); await Task.Yield();")]
    [InlineData("([|s_name|], Find(name).First) = (name, name); await Task.Yield();")]
    [InlineData("var (first, second) = (\"first\", name); [|s_name|] = second; await Task.Yield();")]
    [InlineData("string first, second, third; (first, (second, third)) = (\"first\", (name, \"third\")); [|s_name|] = second; await Task.Yield();")]
    [InlineData("if (s_name != null) Use(name); [|s_name|] = name; await Task.Yield();")]
    [InlineData("[|s_name|] = Cleared(name); await Task.Yield(); static string Cleared(string value) { s_number = 0; return value; }")]
    [InlineData("[|s_name|] = Made.Cleared(name); await Task.Yield();")]
    [InlineData("Pair pair; pair.First = \"first\"; pair.Second = name; [|s_pair|] = pair; await Task.Yield();")]
    [InlineData("var pair = new Pair(); pair.Both = name; [|s_pair|] = pair; await Task.Yield();")]
    [InlineData("if (name != null) { [|s_name|] = name; } await Task.Yield();")]
    [InlineData("foreach (var c in name.Split(',')) { Use(s_name); await Task.Yield(); [|s_name|] = c; }")]
    [InlineData("try { await Task.Yield(); } catch (Exception e) { [|s_name|] = e.Message + name; await Task.Yield(); }")]
    [InlineData("try { Use(name); } finally { [|s_name|] = name; await Task.Yield(); }")]
    [InlineData("[|s_name|] = name; await foreach (var x in Items()) Use(x); async IAsyncEnumerable<string> Items() { yield return await MakeAsync(); }")]
    [InlineData("[|s_name|] = name; await using (Thing()) { } IAsyncDisposable Thing() => null!;")]
    [InlineData("var old = s_name; [|s_name|] = Make(); try { await Task.Yield(); } finally { s_name = old; }")]
    [InlineData("var old = s_name; [|s_name|] = \"inner\"; await Task.Yield(); s_name = old;")]
    [InlineData("[|s_number|] = 1; await Task.Yield(); s_number = 0;")]
    [InlineData("[|s_name|] = \"busy\"; try { await Task.Yield(); } finally { s_name = null; }")]
    [InlineData("Func<Task> run = async () => { [|s_name|] = name; await Task.Yield(); }; await run();")]
    [InlineData("Func<Task> run = async delegate { [|s_name|] = name; await Task.Yield(); }; await run();")]
    [InlineData("await Inner(); async Task Inner() { [|s_name|] = name; await Task.Yield(); }")]
    [InlineData("[|Set(name)|]; await Task.Yield(); void Set(string value) => s_name = value;")]
    [InlineData("[|Set()|]; await Task.Yield(); void Set() => s_name = name;")]
    [InlineData("[|Keep(\"used\", name)|]; await Task.Yield(); void Keep(string used, string kept) { Use(used); s_name = kept; }")]
    [InlineData("[|Set(1)|]; await Task.Yield(); void Set(int count) { if (count > 0) Again(count - 1); } void Again(int count) { s_name = name; Set(count); }")]
    public Task Value_of_one_flow_in_a_static_across_an_await_is_found(string body) => Verify.Finds(InAsyncMethod(body));

    [Theory]
    [InlineData("async Task Run(string name) => await Task.Delay(([|s_name|] = name).Length);")]
    [InlineData("async void OnOpened(object sender, EventArgs e) { [|s_name|] = sender.ToString(); await Task.Yield(); }")]
    [InlineData("async Task Run(string name) { [|this[0]|] = name; await Task.Yield(); } string this[int index] { set => s_name = value; }")]
    [InlineData("async Task Run<T>(string name) where T : ICurrent { [|T.Enter(name)|]; await Task.Yield(); }")]
    [InlineData("async Task Run(string name) { [|Box(this)|] = name; await Task.Yield(); } static ref string? Box(C c) => ref s_name;")]
    public Task Member_of_any_form_is_followed(string members) => Verify.Finds(InClass(members));

    [Theory]
    [InlineData("async Task Run<T>(string name) where T : ICurrent { T.Name = name; await Task.Yield(); }")]             // any type may implement it in any way
    [InlineData("async Task Run(string name) { var next = this + name; await Task.Yield(); } public static C operator +(C c, string name) { s_name = name; return c; }")]
    [InlineData("async Task Run(string name) { C next = name; await Task.Yield(); } public static implicit operator C(string name) { s_name = name; return new(); }")]
    [InlineData("async Task Run(string name) { _ = Box(this); await Task.Yield(); } static ref string? Box(C c) => ref s_name;")]
    [InlineData("async Task Run(string name) { void Later() => s_name = name; await Task.Yield(); }")]
    [InlineData("async Task Run(string name) { Later = () => s_name = name; await Task.Yield(); } Action? Later;")]
    [InlineData("/// <see cref=\"s_name\"/>\n[Obsolete(nameof(s_name))] async Task Run(string name) { _ = typeof(C); await Task.Yield(); }")]
    [InlineData("void Run(string name) => s_name = name; async Task Wait() { await Task.Yield(); }")]
    public Task What_is_not_followed_or_does_not_run_is_silent(string members) => Verify.Silent(InClass(members));

    private static string InClass(string members) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        interface ICurrent
        {
            private static string? s_name;
            static abstract string? Name { get; set; }
            static virtual void Enter(string name) => s_name = name;
        }
        class C
        {
            static string? s_name;
            {{members}}
        }
        """;

    [Theory]
    [InlineData("async Task")]
    [InlineData("static async Task")]
    [InlineData("async void")]
    [InlineData("async ValueTask")]
    public Task Any_async_method_is_async_code(string modifiers) =>
        Verify.Finds(InAsyncMethod("[|s_name|] = name; await Task.Yield();", modifiers));

    [Fact]
    public Task Async_iterator_suspends_at_yield() =>
        Verify.Finds(InAsyncMethod("[|s_name|] = name; yield return 1;", "async IAsyncEnumerable<int>"));

    [Fact]
    public Task Method_without_async_that_hands_out_a_task_is_async_code() =>
        Verify.Finds(InAsyncMethod("[|s_name|] = name; return MakeAsync();", "Task"));

    [Theory]
    [InlineData("[|Current.Name|] = name; await Task.Yield();")]
    [InlineData("[|Current.Enter(name)|]; await Task.Yield();")]
    [InlineData("[|Current.EnterTwice(name)|]; await Task.Yield();")]
    [InlineData("[|name.As()|]; await Task.Yield();")]
    [InlineData("using ([|new Scope(name)|]) { await Task.Yield(); }")]
    [InlineData("using var scope = [|new Scope(name)|]; await Task.Yield();")]
    [InlineData("var old = Current.Name; [|Current.Name|] = \"inner\"; await Task.Yield(); Current.Name = old;")]
    [InlineData("var old = Current.Name; [|Current.Name|] = name; try { await Task.Yield(); } finally { Current.Name = old; }")]
    public Task State_behind_members_of_another_file_is_found(string body) => Verify.Finds(InAsyncMethod(body), Current);

    [Theory]
    [InlineData("Current.EnterThrice(name); await Task.Yield();")]                                // further away than is followed
    [InlineData("Current.EnterConstant(); await Task.Yield();")]                                  // the same value for everybody
    [InlineData("Current.Run(name, () => { }); await Task.Yield();")]                             // restored before the call returns
    [InlineData("using (new Scope(name)) { Use(Current.Name); } await Task.Yield();")]            // likewise
    [InlineData("Current.Name = null; await Task.Yield(); Use(Current.Name);")]
    [InlineData("if (Current.Name == null) { Current.Name = \"busy\"; await Task.Yield(); Current.Name = null; }")] // lets one flow pass
    [InlineData("Use(Current.Name); await Task.Yield(); Use(Current.Name);")]                     // reads only
    public Task Members_of_another_file_that_leave_nothing_behind_are_silent(string body) => Verify.Silent(InAsyncMethod(body), Current);

    [Theory]
    [InlineData("s_name = name; Use(s_name); s_name = null; await Task.Yield();")]
    [InlineData("await Task.Yield(); s_name = name;")]
    [InlineData("Set(name); await Task.Yield(); void Set(string value) { Use(value); s_name = \"busy\"; }")]
    [InlineData("s_name ??= Make(); await Task.Yield();")]
    [InlineData("s_name = s_name ?? Make(); await Task.Yield();")]
    [InlineData("if (s_name == null) s_name = await MakeAsync(); await Task.Yield();")]
    [InlineData("var (first, second) = (\"first\", name); s_name = first; await Task.Yield(); Use(second);")]
    [InlineData("string first, second, third; (first, (second, third)) = (\"first\", (name, \"third\")); s_name = third; await Task.Yield();")]
    [InlineData("if (s_name != null) return; s_name = name; await Task.Yield();")]
    [InlineData("Pair pair; pair.First = \"first\"; pair.Second = Make(); s_pair = pair; await Task.Yield(); Use(name);")]
    [InlineData("Pair pair; pair.First = \"first\"; pair.Second = name; s_name = pair.First.Length > 0 ? Make() : null; await Task.Yield();")]
    [InlineData("if (s_name != null) throw new InvalidOperationException(); s_name = name; await Task.Yield();")]
    [InlineData("foreach (var c in name) { if (s_name != null) continue; s_name = name; await Task.Yield(); }")]
    [InlineData("foreach (var c in name) { if (s_name != null) { break; } s_name = name; await Task.Yield(); }")]
    [InlineData("Keep(name, \"kept\"); await Task.Yield(); void Keep(string used, string kept) { Use(used); s_name = kept; }")]
    [InlineData("s_name = Make(); await Task.Yield();")]
    [InlineData("s_path = new[] { \"first\", Make() }; await Task.Yield();")]
    [InlineData("s_instance = this; await Task.Yield();")]
    [InlineData("if (s_instance is null) { s_name = _name; await MakeAsync(); }")]                    // parts of one cache
    [InlineData("if (C.s_instance == null) { await MakeAsync(); s_name = name; await MakeAsync(); }")]
    [InlineData("s_name = _next!.ToString(); await Task.Yield();")]                                // whatever a part of this object makes
    [InlineData("s_name = _next.Describe(); await Task.Yield();")]
    [InlineData("s_number = Math.Max(s_number, name.Length); await Task.Yield();")]              // the largest of all flows
    [InlineData("lock (s_gate) { s_name = name; } await Task.Yield();")]
    [InlineData("lock (s_gate) { s_name = name; } await Task.Yield(); s_name = name;")]
    [InlineData("s_path![0] = name; await Task.Yield(); s_path = new[] { name };")]
    [InlineData("s_name = \"first\"; await Task.Yield(); s_name = name;")]
    [InlineData("await s_semaphore.WaitAsync(cancellation); try { s_name = name; await Task.Yield(); } finally { s_semaphore.Release(); }")]
    [InlineData("using (EnterLock()) { s_name = name; await Task.Yield(); }")]
    [InlineData("using var held = await LockAsync(); s_name = name; await Task.Yield();")]
    [InlineData("Interlocked.Exchange(ref s_name, name); await Task.Yield();")]
    [InlineData("Volatile.Write(ref s_name, name); await Task.Yield();")]
    [InlineData("if (Interlocked.Exchange(ref s_number, 1) == 1) return; s_name = name; await Task.Yield();")]
    [InlineData("LazyInitializer.EnsureInitialized(ref s_name, () => Make()); await Task.Yield();")]
    [InlineData("Use(nameof(s_name)); await Task.Yield();")]
    [InlineData("s_name = name; await Task.CompletedTask;")]
    [InlineData("var s_name = name; await Task.Yield(); Use(s_name);")]
    [InlineData("Action later = () => s_name = name; await Task.Yield(); GC.KeepAlive(later);")]
    [InlineData("if (s_number == 1) return; s_number = 1; try { await Task.Yield(); } finally { s_number = 0; }")] // lets one flow pass
    public Task Value_that_is_not_of_one_flow_or_not_there_during_an_await_is_silent(string body) => Verify.Silent(InAsyncMethod(body));

    [Theory]
    [InlineData("new Connections(name, setDefault: false); await Task.Yield();")]
    [InlineData("new Connections(name, false, quiet: true); await Task.Yield();")]
    [InlineData("Cache.Fill(name, keep: true); await Task.Yield();")]
    [InlineData("Cache.FillOn(name, true); await Task.Yield();")]
    [InlineData("Cache.Unless(name, true, false); await Task.Yield();")]
    [InlineData("Cache.Unless(name, false, true); await Task.Yield();")]
    [InlineData("if (name.Length > Cache.Version()) Cache.Reload(name, name.Length); await Task.Yield(); Use(Cache.Text());")] // the newest, for all flows
    public Task Call_that_sets_nothing_or_under_a_guard_of_its_own_is_silent(string body) => Verify.Silent(InAsyncMethod(body), Conditional);

    [Theory]
    [InlineData("[|new Connections(name, setDefault: true)|]; await Task.Yield();")]
    [InlineData("[|new Connections(name)|]; await Task.Yield();")]
    [InlineData("[|new Connections(name, name.Length > 3)|]; await Task.Yield();")]
    [InlineData("[|Cache.Fill(name, keep: false)|]; await Task.Yield();")]
    [InlineData("[|Cache.FillOn(name, false)|]; await Task.Yield();")]
    [InlineData("[|Cache.Unless(name, false, false)|]; await Task.Yield();")]
    [InlineData("[|Cache.NotBoth(name, true, false)|]; await Task.Yield();")]
    [InlineData("[|Cache.Either(name, false, true)|]; await Task.Yield();")]
    [InlineData("if (name.Length > 3) [|[|Cache.Reload(name, name.Length)|]|]; await Task.Yield(); Use(Cache.Text());")]
    public Task Call_that_sets_by_its_arguments_is_found(string body) => Verify.Finds(InAsyncMethod(body), Conditional);

    [Theory]
    [InlineData("class Program { static string? s_name; static async Task Main(string[] args) { s_name = args[0]; await Task.Yield(); } }")]
    [InlineData("class Program { static string? s_name; static void Main() { } static async Task Load(string name) { s_name = name; await Task.Yield(); } }")]
    [InlineData("class Program { static string? s_name; static void Main() { } static async Task Load(string name) { s_name = name; await Task.Yield(); s_name = null; } }")]
    [InlineData("class Database { static string? s_step; public async Task MigrateStepAsync(string name) { s_step = name; await Task.Yield(); } }")]
    [InlineData("class Worker { static string? s_name; public async Task StartAsync(string name) { s_name = name; await Task.Yield(); } }")]
    [InlineData("class OneTimeSetUpAttribute : System.Attribute { } class Tests { static string? s_name; string _x = \"\"; [OneTimeSetUp] public async Task Prepare() { s_name = _x; await Task.Yield(); } }")]
    [InlineData("class C { static string? s_name; static C() { s_name = \"\"; } void M(string name) { s_name = name; } }")]
    [InlineData("class C { static string? s_name = Made(\"\"); static string? s_last; static string Made(string name) => s_last = name; }")]
    [InlineData("class C { static string? s_name; [System.Runtime.CompilerServices.ModuleInitializer] internal static void Load() { s_name = \"\"; } }")]
    [InlineData("interface IAsyncLifetime { Task InitializeAsync(); Task DisposeAsync(); } class Tests : IAsyncLifetime { static string? s_name; string _x = \"\"; public async Task InitializeAsync() { s_name = _x; await Task.Yield(); } public async Task DisposeAsync() { s_name = _x; await Task.Yield(); } }")]
    [InlineData("class ClassInitializeAttribute : System.Attribute { } class Tests { static string? s_name; [ClassInitialize] public static async Task Prepare(string name) { s_name = name; await Task.Yield(); } }")]
    public Task What_runs_once_or_not_in_async_code_is_silent(string code) => Verify.Silent("using System.Threading.Tasks;\n" + code);

    [Theory]
    [InlineData("bool", "true", "false")]
    [InlineData("char", "'a'", "'\\0'")]
    [InlineData("sbyte", "1", "0")]
    [InlineData("byte", "1", "0")]
    [InlineData("short", "1", "0")]
    [InlineData("ushort", "1", "0")]
    [InlineData("int", "1", "0")]
    [InlineData("uint", "1", "0")]
    [InlineData("long", "1", "0")]
    [InlineData("ulong", "1", "0")]
    [InlineData("float", "1", "0")]
    [InlineData("double", "1", "0")]
    [InlineData("decimal", "1", "0")]
    [InlineData("string?", "\"a\"", "null")]
    public async Task Constant_that_is_taken_back_is_found_of_every_type(string type, string value, string none)
    {
        string Code(string write, string last) => $"using System.Threading.Tasks; class C {{ static {type} s_value; async Task Run() {{ {write} = {value}; await Task.Yield(); s_value = {last}; }} }}";

        await Verify.Finds(Code("[|s_value|]", none));
        await Verify.Silent(Code("s_value", value));
    }

    [Theory]
    [InlineData("var known = name; [|s_first|] = known; [|s_second|] = known; await Task.Yield();")]
    [InlineData("[|s_first|] = [|s_second|] = name.Length > 1 ? name : \"\"; await Task.Yield();")]
    public Task Every_static_that_one_value_goes_to_is_found(string body) => Verify.Finds(
        $$"""using System.Threading.Tasks; class C { static string? s_first, s_second; async Task Run(string name) { {{body}} } }""");

    [Theory]
    [InlineData("OneTimeSetUp")]
    [InlineData("OneTimeTearDown")]
    [InlineData("SetUp")]
    [InlineData("TearDown")]
    [InlineData("ClassInitialize")]
    [InlineData("ClassCleanup")]
    [InlineData("AssemblyInitialize")]
    [InlineData("AssemblyCleanup")]
    [InlineData("TestInitialize")]
    [InlineData("TestCleanup")]
    [InlineData("Before")]
    [InlineData("After")]
    [InlineData("GlobalSetup")]
    [InlineData("GlobalCleanup")]
    public Task What_is_run_before_or_after_tests_is_silent(string attribute) => Verify.Silent(
        $$"""
        using System.Threading.Tasks;
        class {{attribute}}Attribute : System.Attribute { }
        class Tests { static string? s_name; string _x = ""; [{{attribute}}] public async Task Do() { s_name = _x; await Task.Yield(); } }
        """);

    [Theory]
    [InlineData("class Worker : IHostedService { static string? s_name; string _x = \"\"; async Task IHostedService.Begin() { SET await Task.Yield(); } }", true)]
    [InlineData("class Worker : IHostedService { static string? s_name; string _x = \"\"; async Task IHostedService.Begin() { await Task.Yield(); } async Task Begin(string x) { SET await Task.Yield(); } }", false)]
    [InlineData("class Worker : BackgroundService { static string? s_name; string _x = \"\"; protected override async Task ExecuteAsync() { SET await Task.Yield(); } }", true)]
    [InlineData("class Worker : BackgroundService { static string? s_name; string _x = \"\"; protected override Task ExecuteAsync() => Task.CompletedTask; async Task Handle() { SET await Task.Yield(); } }", false)]
    public Task What_a_host_runs_once_is_silent(string code, bool isSilent) => Verify.Finds(
        "using System.Threading.Tasks; using Microsoft.Extensions.Hosting;\n" + code.Replace("SET", isSilent ? "s_name = _x;" : "[|s_name|] = _x;"),
        """
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { System.Threading.Tasks.Task Begin(); }
            public abstract class BackgroundService { protected abstract System.Threading.Tasks.Task ExecuteAsync(); }
        }
        """);

    [Theory]
    [InlineData("class C<T> { static T? s_value; async Task Run(T value) { [|s_value|] = value; await Task.Yield(); } }")]
    [InlineData("partial class C { static string? s_value; } partial class C { async Task Run(string value) { [|s_value|] = value; await Task.Yield(); } }")]
    [InlineData("class Outer { static string? s_value; class Inner { async Task Run(string value) { [|s_value|] = value; await Task.Yield(); } } }")]
    [InlineData("interface I { static string? Value { get; set; } } class C { async Task Run(string value) { [|I.Value|] = value; await Task.Yield(); } }")]
    [InlineData("class C(string name) { public static string? Last { get; set; } public async Task Run() { [|Last|] = name; await Task.Yield(); } }")]
    [InlineData("class C { static string? s_value; [System.Runtime.CompilerServices.ModuleInitializer] internal static void Load() { Task.Run(async () => { [|s_value|] = \"a\"; await Task.Yield(); s_value = null; }); } }")]
    [InlineData("interface IAsyncLifetime { Task DisposeAsync(); } class Tests : IAsyncLifetime { static string? s_value; string _x = \"\"; public async Task Check() { [|s_value|] = _x; await Task.Yield(); } public Task DisposeAsync() => Task.CompletedTask; }")]
    [InlineData("class TestAttribute : System.Attribute { } class Tests { static string? s_value; [Test] public async Task Works(string value) { [|s_value|] = value; await Task.Yield(); } }")]
    [InlineData("record R(string Name) { public static string? Last { get; set; } public async Task Run() { [|Last|] = Name; await Task.Yield(); } }")]
    [InlineData("class Box<T> { public static T? Value; } class C { async Task Run(string value) { [|Box<string>.Value|] = value; await Task.Yield(); } }")]
    [InlineData("class C { static System.Func<string, Task> s_run = async value => { [|s_value|] = value; await Task.Yield(); }; static string? s_value; }")]
    [InlineData("class C { static string? s_value; static C() { Run = async value => { [|s_value|] = value; await Task.Yield(); }; } static System.Func<string, Task> Run; }")]
    [InlineData("class DerivedAttribute : System.ThreadStaticAttribute { } class C { [Derived] static string? s_value; async Task Run(string value) { [|s_value|] = value; await Task.Yield(); } }")]
    public Task Every_kind_of_static_member_counts(string code) => Verify.Finds("using System.Threading.Tasks;\n" + code);

    [Fact]
    public Task Using_static_and_unqualified_access_are_the_same_access() => Verify.Finds(
        """
        using System.Threading.Tasks;
        using static RequestContext;
        class C { async Task Run(string id) { [|RequestId|] = id; await Task.Yield(); } }
        """,
        RequestContext);

    [Theory]
    [InlineData("private static readonly System.Threading.AsyncLocal<string?> s_name = new();", "s_name.Value = name;")]
    [InlineData("private static readonly ContextVars.ContextVar<string?> s_name = new(\"name\", null);", "s_name.Set(name);")]
    [InlineData("private string? s_name;", "s_name = name;")]
    [InlineData("[System.ThreadStatic] private static string? s_name;", "s_name = name;")]
    public Task State_that_other_rules_own_is_silent(string member, string write) => Verify.Silent(
        $$"""
        using System.Threading.Tasks;
        class C
        {
            {{member}}
            async Task Run(string name) { {{write}} await Task.Yield(); }
        }
        """);

    [Theory]
    [InlineData("class C : Missing { static string? s_name; async Task Run(string name) { s_name = name; await {|CS0103:missing|}; } }", "CS0246")]
    public Task Code_with_errors_in_its_meaning_is_no_reason_to_fail(string code, string error) =>
        Verify.Finds("using System.Threading.Tasks;\n" + code.Replace("Missing", $"{{|{error}:Missing|}}").Replace("s_name = name;", "[|s_name|] = name;"));

    [Theory]
    [InlineData("class C : Missing { static string? s_name; async Task Run(string name) { int.TryParse(name, out s_name")]
    [InlineData("class C { static string? s_name; static string? s_name; async Task Run(string name) { s_name = name; await Task.Yield(); } async Task Run(string name) { }")]
    [InlineData("class C { static Missing s_name; async Task Run(string name) { s_name = name; await Task.Yield(); s_name. } }")]
    [InlineData("class C { static string? s_name; async Task Run(string name) { s_name = ; await } }")]
    [InlineData("class C { static event Missing Changed { add { s_name = value; } } static string? s_name; async Task Run(string name) { Changed += ; await Task.Yield(); } }")]
    public async Task Unfinished_code_is_silent(string code) => Assert.Empty(await Robustness.AllRules.FindAsync("using System.Threading.Tasks;\n" + code));

    [Theory]
    [InlineData("namespace System.Windows.Forms { class Control { } }")]
    [InlineData("namespace System.Windows { class DependencyObject { } }")]
    [InlineData("namespace Microsoft.UI.Xaml { class DependencyObject { } }")]
    [InlineData("namespace Windows.UI.Xaml { class DependencyObject { } }")]
    [InlineData("namespace Avalonia { class AvaloniaObject { } }")]
    [InlineData("namespace Microsoft.Maui.Controls { class BindableObject { } }")]
    [InlineData("namespace UnityEngine { class MonoBehaviour { } }")]
    [InlineData("namespace Microsoft.AspNetCore.Components.WebAssembly.Hosting { class WebAssemblyHost { } }")]
    public Task Plain_assignment_in_a_user_interface_is_silent(string framework) =>
        Verify.Silent("using System.Threading.Tasks; class C { static string? s_name; async Task Run(string name) { s_name = name; await Task.Yield(); } }", framework);

    [Theory]
    [InlineData("namespace System.Windows.Forms { class Control { } }")]
    [InlineData("namespace Microsoft.UI.Xaml { class DependencyObject { } }")]
    public Task Value_that_a_user_interface_sets_and_clears_is_silent(string framework) =>
        Verify.Silent("using System.Threading.Tasks; class C { static Task? s_splash; async Task Show(Task splash) { s_splash = splash; await splash; s_splash = null; } }", framework);

    [Fact]
    public Task Console_with_an_apartment_is_no_user_interface() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class Program { [System.STAThread] static void Main() { } }
        class C { static string? s_name; async Task Run(string name) { [|s_name|] = name; await Task.Yield(); } }
        """);

    [Theory]
    [InlineData("SetupLogger")]
    [InlineData("Logging.Configure")]
    public Task Call_that_sets_something_up_is_silent(string call) => Verify.Silent(Command(call));

    [Theory]
    [InlineData("[|SetLevel(level)|]")]
    [InlineData("[|Logging.Setups(level)|]")]
    public Task Call_that_sets_for_itself_is_found(string call) => Verify.Finds(Command(call));

    private static string Command(string call) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        static class Logging
        {
            public static string? Level { get; set; }
            public static void Configure(string level) => Level = level;
            public static void Setups(string level) => Level = level;
        }
        static class Command
        {
            static void SetupLogger(string level) => SetLevel(level);
            static void SetLevel(string level) => Logging.Level = level;
            public static async Task<int> RunAsync(string level, Func<Task<int>> run)
            {
                {{call}}(level);
                return await run();
            }
        }
        """.Replace("|](level)", "|]");

    [Fact]
    public Task Top_level_statements_that_set_and_clear_around_an_await_are_found() => Verify.FindsInProgram(
        """
        using System.Threading.Tasks;
        [|RequestContext.RequestId|] = args[0];
        await Task.Yield();
        RequestContext.RequestId = null;
        """,
        RequestContext);

    [Fact]
    public Task Top_level_statements_that_only_set_are_silent() => Verify.FindsInProgram(
        """
        using System.Threading.Tasks;
        RequestContext.RequestId = args[0];
        await Task.Yield();
        """,
        RequestContext);

    [Fact]
    public Task One_finding_per_field_and_function() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class C
        {
            static string? s_a;
            static string? s_b;
            async Task First(string name) { [|s_a|] = name; await Task.Yield(); s_a = name + "2"; await Task.Yield(); [|s_b|] = name; await Task.Yield(); }
            async Task Second(string name) { [|s_a|] = name; await Task.Yield(); }
        }
        """);

    [Theory]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = s_name")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = other | F:C.s_name")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = C.s_name")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = T:C")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = M:C.Run*")]
    [InlineData("dotnet_code_quality.excluded_symbol_names = s_*")]
    [InlineData("dotnet_code_quality.CTX001.excluded_type_names_with_derived_types = Base")]
    [InlineData("dotnet_code_quality.CTX001.excluded_type_names_with_derived_types = T:IBase")]
    [InlineData("dotnet_diagnostic.CTX001.severity = none")]
    public Task Excluded_state_is_silent(string option) => Verify.FindsWith(option, Excludable.Replace("[|", "").Replace("|]", ""));

    [Theory]
    [InlineData("N:Legacy", "s_name")]
    [InlineData("N:Legacy.Old", "s_name")]
    [InlineData("N:Old", "[|s_name|]")]
    public Task State_is_excluded_by_its_namespace(string name, string write) => Verify.FindsWith(
        $"dotnet_code_quality.CTX001.excluded_symbol_names = {name}",
        $$"""
        using System.Threading.Tasks;
        namespace Legacy.Old { class C { static string? s_name; async Task Run(string name) { {{write}} = name; await Task.Yield(); } } }
        """);

    [Theory]
    [InlineData("T:State", "Value = value;")]
    [InlineData("T:Other", "[|Value|] = value;")]
    public Task Property_is_excluded_by_the_type_of_its_value(string type, string write) => Verify.FindsWith(
        $"dotnet_code_quality.CTX001.excluded_type_names_with_derived_types = {type}",
        $$"""
        using System.Threading.Tasks;
        class State { }
        class C
        {
            static State? Value { get; set; }
            async Task Run(State value) { {{write}} await Task.Yield(); }
        }
        """);

    [Theory]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = s_other")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = ")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_names = T:D|*:|:|||")]
    [InlineData("dotnet_code_quality.CTX002.excluded_symbol_names = s_name")]
    [InlineData("dotnet_code_quality.CTX001.excluded_type_names_with_derived_types = Derived")]
    public Task Options_that_exclude_something_else_change_nothing(string option) => Verify.FindsWith(option, Excludable);

    private const string Excludable =
        """
        using System.Threading.Tasks;
        interface IBase { }
        class Base : IBase { }
        class C : Base
        {
            static string? s_name;
            async Task Run(string name) { [|s_name|] = name; await Task.Yield(); }
        }
        """;

    [Theory]
    [InlineData("Work.Start(() => [|Work.For(name, () => Work.Of(name))|]);")]
    [InlineData("Work.Start(() => [|Work.For(name, later)|]);")]
    [InlineData("Work.Start(() => [|box.Keep(Work.Of(name))|]);")]
    [InlineData("Work.Start(() => { var task = [|Work.For(name, () => Work.Of(name))|]; return task; });")]
    public Task Lambda_that_gets_its_task_from_a_method_of_any_result_is_found(string start) => Verify.Finds(ByOthers(start), Work);

    [Theory]
    [InlineData("Work.Start(() => Work.Of(name));")]
    [InlineData("Work.Now(() => Work.For(name, () => name));")]
    public Task Lambda_that_gets_nothing_else_or_no_task_is_silent(string start) => Verify.Silent(ByOthers(start), Work);

    private static string ByOthers(string start) => $$"""class C { void Run(string name, Later later, Box<Result> box) { {{start}} } }""";

    private const string Work =
        """
        global using Later = System.Func<System.Threading.Tasks.Task>;
        global using Result = System.Threading.Tasks.Task;
        using System;
        using System.Threading.Tasks;
        public class Box<T> { static T? s_kept; public T Keep(T value) { s_kept = value; return value; } }
        public class Work
        {
            static string? s_user;
            public static void Start(Func<Task> work) => work();
            public static void Now(Func<string> work) => work();
            public static Task Of(string name) => Task.Delay(name.Length);
            public static T For<T>(string name, Func<T> work) { s_user = name; return work(); }
        }
        """;
}
