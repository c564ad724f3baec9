using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.UnsynchronizedStaticWriteAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class UnsynchronizedStaticWriteTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;\n";

    private static string InAsyncMethod(string body) =>
        $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Threading;
        using System.Threading.Tasks;
        [System.Runtime.CompilerServices.InlineArray(4)] struct Four { int _first; }
        struct Tally { int _count; public void Increment() => _count++; public readonly int Count() => _count; }
        record Rates(string Text, int Until);
        class State { public string? User; public string? Name { get; set; } }
        class Filler
        {
            public Filler(ref string? value) => value = "";
            public Filler(string name, out string? value) => value = name;
            public Filler(ref string? value, int size) => Size = value?.Length ?? size;
            public int Size { get; }
        }
        delegate void Replacing(ref string? value);
        ref struct Box { public ref string? Name; }
        class C
        {
            static string[] s_grown = [];
            static readonly object s_gate = new();
            static readonly List<string> s_list = new();
            static readonly Stack<List<string>> s_pool = new();
            static readonly Dictionary<string, string> s_map = new();
            static readonly ConcurrentDictionary<string, string> s_concurrent = new();
            static ImmutableList<string> s_immutable = ImmutableList<string>.Empty;
            static readonly string[] s_array = new string[4];
            static readonly State s_state = new();
            static string? s_name;
            static Rates? s_rates;
            static volatile bool s_stop;
            static int s_count;
            static Tally s_tally;
            static C? s_instance;
            static Four s_four;
            static Exception? s_error;
            static readonly Lock s_lock = new();
            static readonly int[] s_numbers = new int[4];
            static Action? s_handlers;
            static event Action? Opened;
            static event Action Closed { add { s_handlers += value; } remove { lock (s_gate) s_handlers -= value; } }
            static ref string? Name() => ref s_name;
            static ref int Number(int index) => ref s_numbers[index];
            static bool Keep(string name) { s_name = name; return true; }
            static string Make() => "";
            static void Fill(ref string? value) => value = "";
            static void Look(ref string? value) => Use(value?.Length);
            static int Take(ref int left) => Volatile.Read(ref left) > 0 ? Interlocked.Decrement(ref left) : 0;
            static int TakeAtMost(ref int left, int most) { if (left > most) left = most; return Interlocked.Decrement(ref left); }
            static void Tell(ref Tally tally) => tally.Increment();
            static void Get(string key, out string? value) => value = key;
            static void Use(object? value) { }
            static void AddToList(string name) => s_list.Add(name);

            async Task Run(string name)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("[|s_name|] = name;")]
    [InlineData("[|s_name|] ??= name;")]
    [InlineData("[|s_name|] += name;")]
    [InlineData("[|s_count|] = System.Math.Max(s_count, name.Length); await Task.Yield();")]
    [InlineData("if (s_state.User != null) [|s_state.Name|] = name;")]
    [InlineData("[|s_count|] >>>= name.Length;")]
    [InlineData("[|s_count|]++; await Task.Yield(); s_count--;")]
    [InlineData("try { [|s_count|]++; await Task.Yield(); } finally { await Task.Yield(); s_count = 0; }")]
    [InlineData("Fill(ref [|s_name|]);")]
    [InlineData("TakeAtMost(ref [|s_count|], name.Length);")]
    [InlineData("Tell(ref [|s_tally|]);")]
    [InlineData("Get(name, out [|s_name|]);")]
    [InlineData("_ = new Filler(ref [|s_name|]);")]
    [InlineData("_ = new Filler(name, out [|s_name|]);")]
    [InlineData("Replace(ref [|s_name|]); void Replace(ref string? value) => value = name;")]
    [InlineData("Replacing replacing = Fill; replacing(ref [|s_name|]);")]
    [InlineData("Array.Resize(ref [|s_grown|], name.Length);")]
    [InlineData("await Task.Run(() => { ref var alias = ref [|s_count|]; ++alias; });")]
    [InlineData("await Task.Run(() => { var box = new Box(); box.Name = ref [|s_name|]; });")]
    [InlineData("if (s_name is null) [|s_name|] = name;")]
    [InlineData("var known = s_name; if (known is null) [|s_name|] = known = name;")]
    [InlineData("if (s_rates is null) [|s_rates|] = new Rates(name, 1);")]
    [InlineData("var other = Make(); if (other == \"\") [|s_rates|] = new Rates(await Task.FromResult(name.Trim()), 1);")]
    [InlineData("await Task.Run(() => { ref string? alias = ref [|s_name|]; alias = name; });")]
    [InlineData("await Task.Run(() => { ref var alias = ref [|s_numbers[0]|]; alias++; });")]
    [InlineData("await Task.Run(() => { ref var alias = ref [|Name()|]; alias = name; });")]
    [InlineData("[|Name()|] = name;")]
    [InlineData("await Task.Run(() => { Span<int> numbers = s_numbers; [|numbers[0]|] = 1; });")]
    [InlineData("await Task.Run(() => { [|s_numbers.AsSpan()[0]|] = 1; });")]
    [InlineData("[|s_four[0]|] = name.Length;")]
    [InlineData("[|Closed|] += () => Use(name);")]
    [InlineData("try { await Task.Yield(); } catch when ([|Keep(name)|]) { }")]
    [InlineData("try { await Task.Yield(); } catch when (([|s_name|] = name) != null) { }")]
    [InlineData("try { await Task.Yield(); } finally { [|s_name|] = name; }")]
    [InlineData("[|s_immutable|] = s_immutable.Add(name);")]
    [InlineData("[|s_list.Add(name)|];")]
    [InlineData("var list = [|s_pool.Pop()|]; Use(list); s_pool.Push(list);")]     // two flows at once break it, whatever they put back
    [InlineData("var list = new List<string>(); [|s_pool.Push(list)|];")]
    [InlineData("[|s_map[name]|] = name;")]
    [InlineData("[|s_array[0]|] = name;")]
    [InlineData("[|s_array[0]|] ??= name;")]
    [InlineData("if (s_array[0] == \"\") [|s_array[0]|] = name;")]
    [InlineData("[|s_array[0]|] = await Task.FromResult(name.Trim());")]
    [InlineData("if (s_array.Length > 0) [|s_array[0]|] = await Task.FromResult(name.Trim());")] // asks for no element
    [InlineData("if (s_map[name] == \"\") [|s_map[name]|] = await Task.FromResult(name.Trim());")] // a dictionary changes as a whole
    [InlineData("[|s_state.User|] = name;")]
    [InlineData("[|s_state.Name|] = name;")]
    [InlineData("[|s_tally.Increment()|];")]
    [InlineData("[|AddToList(name)|];")]
    [InlineData("await Task.Run(() => [|s_list.Add(name)|]);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => [|s_list.Add(name)|]);")]
    [InlineData("Parallel.For(0, 3, i => [|s_list.Add(name)|]);")]
    public Task Unsynchronized_change_is_found(string body) => Verify.Finds(InAsyncMethod(body));

    [Theory]
    [InlineData("static readonly string", "\"\"", "_ = s_value.Length + name.Length;")]
    [InlineData("static readonly int", "1", "_ = s_value.ToString() + name;")]
    [InlineData("static readonly DateTime", "default", "_ = s_value.AddDays(1);")]
    [InlineData("static readonly Count", "default", "_ = s_value.Read(); s_value.Increment();")]
    [InlineData("static readonly Count?", "default", "s_value?.Increment();")]
    public Task Readonly_value_is_silent(string declaration, string value, string use) => Verify.Silent(Readonly(declaration, value, use));

    [Theory]
    [InlineData("static readonly List<string>", "new()", "[|s_value.Add(name)|];")]
    [InlineData("static readonly string[]", "new string[1]", "[|s_value[0]|] = name;")]
    [InlineData("static readonly Dictionary<string, string>", "new()", "[|s_value[name]|] = name;")]
    [InlineData("static readonly Holder", "new()", "[|s_value.Name|] = name;")]
    [InlineData("static string", "\"\"", "[|s_value|] = name;")]
    [InlineData("static int", "1", "[|s_value|] = name.Length;")]
    [InlineData("static Count", "default", "[|s_value.Increment()|];")]
    public Task What_can_change_in_a_readonly_or_else_itself_is_found(string declaration, string value, string use) => Verify.Finds(Readonly(declaration, value, use));

    private static string Readonly(string declaration, string value, string use) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        struct Count { int _count; public void Increment() => _count++; public readonly int Read() => _count; }
        class Holder { public string? Name; }
        class C
        {
            {{declaration}} s_value = {{value}};
            static object Read() => s_value;
            async Task Run(string name) { await Task.Yield(); {{use}} }
        }
        """;

    [Theory]
    [InlineData("lock (s_gate) { s_list.Add(name); }")]
    [InlineData("lock (s_gate) s_map[name] = name;")]
    [InlineData("Monitor.Enter(s_gate); s_list.Add(name); Monitor.Exit(s_gate);")]
    [InlineData("await Task.Run(() => { using (s_lock.EnterScope()) { s_list.Add(name); } });")]
    [InlineData("lock (s_lock) s_list.Add(name);")]
    [InlineData("await Task.Run(() => { ref var alias = ref s_name; Use(alias); });")]
    [InlineData("await Task.Run(() => { ref var alias = ref s_state.User; alias = Make(); });")]
    [InlineData("await Task.Run(() => { ref readonly var alias = ref s_numbers[0]; Use(alias); });")]
    [InlineData("await Task.Run(() => { ReadOnlySpan<int> numbers = s_numbers; Use(numbers[0]); });")]
    [InlineData("await Task.Run(() => { Span<int> numbers = new int[4]; numbers[0] = s_numbers[0]; });")]
    [InlineData("Use(Name()); Use(s_four[0]);")]
    [InlineData("Opened += () => Use(name); Opened -= null;")] // the compiler's own accessors are atomic
    [InlineData("Closed -= () => Use(name);")]
    [InlineData("try { await Task.Yield(); } catch (Exception error) { s_error = error; }")] // the last one, whoever's it was
    [InlineData("s_concurrent[name] = name; s_concurrent.TryAdd(name, name);")]
    [InlineData("s_count++; s_concurrent[name] = name;")]       // beside state that is looked at
    [InlineData("ImmutableInterlocked.Update(ref s_immutable, (list, item) => list.Add(item), name);")]
    [InlineData("Interlocked.Increment(ref s_count);")]
    [InlineData("Volatile.Write(ref s_name, name);")]
    [InlineData("s_count = 0; s_count++;")] // for diagnosis
    [InlineData("s_count++;")]                                  // one way, for diagnosis
    [InlineData("s_stop = true;")]
    [InlineData("s_name = Make();")]                            // who writes last wins
    [InlineData("s_name ??= Make();")]
    [InlineData("if (s_name is null) s_name = await Task.FromResult(name.Trim());")] // worked out because it was not there
    [InlineData("var known = s_name; if (known is null) { known = await Task.FromResult(name.Trim()); s_name = known; }")]
    [InlineData("if (s_rates is null || s_rates.Until < name.Length) s_rates = new Rates(await Task.FromResult(name.Trim()), name.Length);")]
    [InlineData("var rates = s_rates; if (rates == null) s_rates = rates = new Rates(await Task.FromResult(name.Trim()), 1);")]
    [InlineData("if (s_array[0] is null) s_array[0] = await Task.FromResult(name.Trim());")] // an element is a variable of its own
    [InlineData("var known = s_array[name.Length]; if (known is not null) return; s_array[name.Length] = await Task.FromResult(name.Trim());")]
    [InlineData("C.s_array[0] ??= Make();")]
    [InlineData("Look(ref s_name);")]
    [InlineData("Take(ref s_count);")]                          // atomic there as it would be here
    [InlineData("await Task.Run(() => { ref var left = ref s_count; Interlocked.Decrement(ref left); });")]
    [InlineData("_ = new Filler(ref s_name, 1);")]
    [InlineData("Length(ref s_name); void Length(ref string? value) => Use(value?.Length);")]
    [InlineData("s_state.User = Make();")]                      // settings of the process
    [InlineData("s_state.Name = \"constant\";")]
    [InlineData("Name(\"constant\"); void Name(string value) => s_state.Name = value;")]
    [InlineData("var list = s_list; list.Add(name);")]          // what a local stands for is not followed
    [InlineData("var list = s_list; list.Clear();")]
    [InlineData("if (s_state.Name != name) s_state.Name = name;")] // who writes last wins, and asked before
    [InlineData("s_name = null;")]
    [InlineData("s_instance = this;")]
    [InlineData("Use(s_list.Count); Use(s_list.Contains(name)); Use(s_map[name]); Use(s_tally.Count());")]
    [InlineData("var list = new List<string>(); list.Add(name);")]
    [InlineData("Action<string> later = s_list.Add; Use(later);")]
    public Task Safe_or_harmless_change_is_silent(string body) => Verify.Silent(InAsyncMethod(body));

    [Theory]
    [InlineData("static readonly ImmutableList<string> s_value = ImmutableList<string>.Empty;", "s_value.Add(name);")]
    [InlineData("static readonly Lazy<string> s_value = new(() => \"\");", "_ = s_value.Value;")]
    [InlineData("static readonly System.Runtime.CompilerServices.ConditionalWeakTable<string, string> s_value = new();", "s_value.Add(name, name);")]
    [InlineData("static readonly System.Threading.Channels.Channel<string> s_value = System.Threading.Channels.Channel.CreateUnbounded<string>();", "s_value.Writer.TryWrite(name);")]
    [InlineData("static readonly SemaphoreSlim s_value = new(1);", "s_value.Release();")]
    [InlineData("static readonly System.Diagnostics.Metrics.Counter<int> s_value = new System.Diagnostics.Metrics.Meter(\"m\").CreateCounter<int>(\"c\");", "s_value.Add(1);")]
    [InlineData("static readonly System.Diagnostics.ActivitySource s_value = new(\"a\");", "s_value.StartActivity(name);")]
    [InlineData("static readonly System.Text.RegularExpressions.Regex s_value = new(\"a\");", "s_value.Match(name);")]
    [InlineData("static readonly System.Net.Http.HttpClient s_value = new();", "s_value.BaseAddress = new Uri(name);")]
    [InlineData("static readonly System.Collections.Frozen.FrozenSet<string> s_value = System.Collections.Frozen.FrozenSet<string>.Empty;", "_ = s_value.Contains(name);")]
    [InlineData("static readonly ConcurrentBag<string> s_value = new();", "s_value.Add(name);")]
    [InlineData("const string Value = \"\";", "_ = Value + name;")]
    public Task What_is_made_to_be_shared_is_silent(string member, string use) => Verify.Silent(InStaticMethod(member, use));

    [Theory]
    [InlineData("static readonly List<string> s_value = new();", "[|s_value.Add(name)|];")]
    [InlineData("static readonly Dictionary<string, string> s_value = new();", "[|s_value[name]|] = name;")]
    [InlineData("class Client { public Uri? BaseAddress; } static readonly Client s_value = new();", "[|s_value.BaseAddress|] = new Uri(name);")]
    public Task What_is_not_made_to_be_shared_is_found_in_a_static_method_too(string member, string use) => Verify.Finds(InStaticMethod(member, use));

    [Theory]
    [InlineData("SemaphoreSlim", "new(1)", "s_gate.Wait();", "s_gate.Release();")]
    [InlineData("SemaphoreSlim", "new(1)", "await s_gate.WaitAsync();", "s_gate.Release();")]
    [InlineData("Semaphore", "new(1, 1)", "s_gate.WaitOne();", "s_gate.Release();")]
    [InlineData("Mutex", "new()", "s_gate.WaitOne();", "s_gate.ReleaseMutex();")]
    [InlineData("AutoResetEvent", "new(true)", "s_gate.WaitOne();", "s_gate.Set();")]
    [InlineData("ReaderWriterLock", "new()", "s_gate.AcquireWriterLock(9);", "s_gate.ReleaseWriterLock();")]
    [InlineData("ReaderWriterLockSlim", "new()", "s_gate.EnterWriteLock();", "s_gate.ExitWriteLock();")]
    [InlineData("ReaderWriterLockSlim", "new()", "s_gate.TryEnterWriteLock(9);", "s_gate.ExitWriteLock();")]
    [InlineData("ReaderWriterLockSlim", "new()", "s_gate.EnterUpgradeableReadLock();", "s_gate.ExitUpgradeableReadLock();")]
    [InlineData("object", "new()", "Monitor.Enter(s_gate);", "Monitor.Exit(s_gate);")]
    [InlineData("object", "new()", "Monitor.TryEnter(s_gate);", "Monitor.Exit(s_gate);")]
    public async Task Change_is_silent_where_a_lock_is_held(string type, string gate, string enter, string exit)
    {
        string Change(string statements) => InStaticMethod($"static readonly {type} s_gate = {gate}; static readonly List<string> s_value = new();", statements);

        await Verify.Silent(Change($"{enter} s_value.Add(name); {exit}"));
        await Verify.Finds(Change($"[|s_value.Add(name)|]; {enter} {exit}"));

        if (type != "AutoResetEvent") // what is set may have another reason
            await Verify.Finds(Change($"{enter} {exit} [|s_value.Add(name)|];"));
    }

    [Theory]
    [InlineData("Wait", "Release")]
    [InlineData("Enter", "Exit")]
    public Task What_only_has_the_names_of_a_lock_holds_none(string enter, string exit) => Verify.Finds(InStaticMethod(
        $"class Gate {{ public void {enter}() {{ }} public void {exit}() {{ }} }} static readonly Gate s_gate = new(); static readonly List<string> s_value = new();",
        $"s_gate.{enter}(); [|s_value.Add(name)|]; s_gate.{exit}();"));

    [Theory]
    [InlineData("SpinLock", "var taken = false; s_gate.Enter(ref taken); s_value.Add(name); s_gate.Exit();")]
    [InlineData("Lock", "s_gate.Enter(); s_value.Add(name); s_gate.Exit();")]
    public Task Change_is_silent_where_a_lock_that_no_await_crosses_is_held(string type, string statements) =>
        Verify.Silent(InStaticMethod($"static {type} s_gate = new(); static readonly List<string> s_value = new(); static void Add(string name) {{ {statements} }}", "Add(name);"));

    private static string InStaticMethod(string member, string use) =>
        $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            {{member}}
            static async Task Run(string name) { await Task.Yield(); {{use}} }
        }
        """;

    [Theory]
    [InlineData("class World { static double s_ticks; public static void Initialize() { var thread = new Thread(() => { while (true) s_ticks += Elapsed(); }); thread.Start(); } static double Elapsed() => 1; }")]
    [InlineData("class World { static readonly List<string> s_items = new(); public static void Start() { Task.Run(async () => { await Task.Yield(); s_items.Add(\"\"); }); } }")]
    [InlineData("class Plugin { static string? s_config; public async Task OnServerInit(string config) { await Task.Yield(); s_config = config; } }")]
    [InlineData("class World { static readonly List<string> s_items = new(); static readonly Task s_fill = Task.Run(() => s_items.Add(\"\")); }")]
    [InlineData("class World { static readonly List<string> s_items = new(); static World() => Task.Run(() => s_items.Add(\"\")); }")]
    [InlineData("interface IAsyncLifetime { Task DisposeAsync(); } class Tests : IAsyncLifetime { static readonly List<string> s_left = new(); public async Task DisposeAsync() { await Task.Yield(); s_left.Add(\"\"); } }")]
    public Task What_is_started_once_is_silent(string code) => Verify.Silent(Usings + code);

    [Theory]
    [InlineData("class World { static double s_ticks; public static void Open() { var thread = new Thread(() => { while (true) [|s_ticks|] += Elapsed(); }); thread.Start(); } static double Elapsed() => 1; }")]
    [InlineData("class World { static double s_ticks; public static void Initialize() { for (var i = 0; i < 4; i++) new Thread(() => [|s_ticks|] += Elapsed()).Start(); } static double Elapsed() => 1; }")]
    [InlineData("class World { static double s_ticks; public static void Initialize() { Parallel.For(0, 4, i => [|s_ticks|] += Elapsed()); } static double Elapsed() => 1; }")]
    [InlineData("class World { static double s_ticks; public static void Initialize(List<Func<Task>> steps) { steps.Add(async () => { await Task.Yield(); [|s_ticks|] += Elapsed(); }); } static double Elapsed() => 1; }")]
    [InlineData("class World { static readonly List<string> s_items = new(); static readonly Func<Task> s_fill = async () => { await Task.Yield(); [|s_items.Add(\"\")|]; }; }")]
    [InlineData("class World { static readonly List<string> s_items = new(); public World() => Task.Run(() => [|s_items.Add(\"\")|]); }")]
    [InlineData("class World { static readonly List<string> s_items = new(); static World() { for (var i = 0; i < 4; i++) Task.Run(() => [|s_items.Add(\"\")|]); } }")]
    [InlineData("class World { static readonly List<string> s_items = new(); readonly Task _fill = Task.Run(() => [|s_items.Add(\"\")|]); }")]
    [InlineData("class World { static readonly List<string> s_items = new(); Task Fill { get; } = Task.Run(() => [|s_items.Add(\"\")|]); }")]
    [InlineData("class Form { static string? s_name; public async Task OnInitializedAsync(string name) { await Task.Yield(); [|s_name|] = name; } }")]
    [InlineData("class Request { static readonly List<string> s_left = new(); public async Task DisposeAsync() { await Task.Yield(); [|s_left.Add(\"\")|]; } }")]
    public Task What_is_started_more_than_once_is_found(string code) => Verify.Finds(Usings + code);

    [Theory]
    [InlineData("Task.Run(() => State.Ticks += args.Length);")]
    [InlineData("for (var i = 0; i < 4; i++) Task.Run(() => [|State.Ticks|] += args.Length);")]
    public Task Statements_at_the_top_start_it_once_unless_they_repeat_it(string start) => Verify.FindsInProgram(
        $$"""
        using System.Threading.Tasks;
        {{start}}
        static class State { public static int Ticks; }
        """);

    [Fact]
    public Task Write_in_a_user_interface_is_silent() => Verify.Silent(InAsyncMethod("s_name = name;"), "namespace System.Windows.Forms { class Control { } }");

    [Fact]
    public Task What_CTX001_reports_is_silent() => Verify.Silent(InAsyncMethod("s_name = name; await Task.Yield(); s_name = null;"));

    [Fact]
    public Task Synchronous_code_is_silent() => Verify.Silent(
        "using System.Collections.Generic; class C { static readonly List<string> s_list = new(); void Add(string name) => s_list.Add(name); }");
}
