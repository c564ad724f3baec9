using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class ThreadStaticCrossesAwaitTests
{
    private const string CurrentUser =
        """
        using System;
        public sealed class User { public string Name = ""; }
        public static class Current
        {
            [ThreadStatic] private static User? t_user;
            public static User? User { get => t_user; set => t_user = value; }
        }
        """;

    [Fact]
    public Task Value_written_before_and_read_after_an_await_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;

            async Task<string?> Greet(string name)
            {
                [|t_name|] = name;
                await Task.Yield();
                return t_name;
            }
        }
        """);

    [Fact]
    public Task Value_read_only_after_an_await_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;

            static void Enter(string name) => t_name = name;

            async Task<string?> Greet()
            {
                await Task.Yield();
                return [|t_name|];
            }
        }
        """);

    /// <summary>A static constructor runs once, a lambda in it as often as whoever got it likes.</summary>
    [Theory]
    [InlineData("s_entered += name => t_name = name;", "[|t_name|]")]
    [InlineData("s_entered += name => t_name = \"\";", "t_name")]
    public Task Value_that_a_lambda_in_a_static_constructor_sets_is_that_of_a_flow(string subscribe, string read) => Verify.Finds(
        $$"""
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;
            static event Action<string>? s_entered;
            static C() { {{subscribe}} }
            static void Enter(string name) => s_entered?.Invoke(name);

            async Task<string?> Greet()
            {
                await Task.Yield();
                return {{read}};
            }
        }
        """);

    [Fact]
    public Task Middleware_that_sets_a_property_of_another_file_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class Middleware
        {
            async Task Invoke(User user, Func<Task> next)
            {
                [|Current.User|] = user;
                await next();
            }
        }
        """,
        CurrentUser);

    [Fact]
    public Task Lambda_that_sets_a_property_of_another_file_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class App
        {
            void Use(Func<User, Func<Task>, Task> middleware) { }

            void Configure() => Use(async (user, next) =>
            {
                [|Current.User|] = user;
                await next();
            });
        }
        """,
        CurrentUser);

    [Fact]
    public Task Reader_of_a_property_after_an_await_is_found() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class Handler
        {
            async Task<string> Handle()
            {
                await Task.Delay(1);
                return [|Current.User|]?.Name ?? "nobody";
            }

            string HandleNow() => Current.User?.Name ?? "nobody";
        }
        """,
        CurrentUser);

    [Theory]
    [InlineData("var before = t_name; await Task.Yield();")]                                        // read before the first await, never after
    [InlineData("await Task.Yield(); t_name = name; Use(t_name);")]                                 // one side of the await
    [InlineData("t_name = name; Use(t_name); t_name = null; await Task.Yield();")]                  // cleared before it
    [InlineData("var old = t_name; t_name = name; Use(t_name); t_name = old; await Task.Yield();")] // put back before it
    [InlineData("await Task.Yield(); t_name ??= Make(); Use(t_name);")]                             // each thread has its own
    [InlineData("await Task.Yield(); if (t_name == null) t_name = Make(); Use(t_name);")]
    [InlineData("t_name = name; Use(t_name); await Task.CompletedTask;")]                           // does not suspend
    [InlineData("await Task.Yield(); Use(nameof(t_name));")]
    [InlineData("var s = t_name; t_name = null; await Task.Yield(); t_name = s ?? Make(); await Task.Yield();")] // a pool of one
    public Task Value_that_crosses_no_await_is_silent(string body) => Verify.Silent(
        $$"""
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;
            static string Make() => "";
            static void Use(string? value) { }

            async Task Run(string name)
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("[|t_count|]++; await Task.Yield(); t_count--;")]
    [InlineData("[|Deeper()|]; await Task.Yield(); Higher();")]
    [InlineData("[|t_name|] = name; try { await Task.Yield(); } finally { t_name = null; }")]                     // clears another thread's slot
    [InlineData("if (t_busy) return; [|t_busy|] = true; await Task.Yield(); t_busy = false;")]
    [InlineData("var old = t_name; [|t_name|] = name; try { await Task.Yield(); } finally { t_name = old; }")]
    [InlineData("while (name != null) { [|t_name|] = name; Use(t_name); await Task.Yield(); }")]
    [InlineData("[|t_name|] = name; await foreach (var item in Items()) Use(item);")]
    [InlineData("[|t_name|] = name; await using (Thing()) { Use(name); }")]
    [InlineData("await using (Thing()) { [|t_name|] = name; Use(t_name); }")]                                       // DisposeAsync is awaited
    [InlineData("await foreach (var item in Items()) { [|t_name|] = item; Use(t_name); }")]                         // so is the next item
    [InlineData("try { await Task.Yield(); [|t_name|] = name; } finally { await Task.Yield(); }")]
    [InlineData("if (name == \"\") await Task.Yield(); else [|t_name|] = name; await Task.Yield();")]
    [InlineData("[|t_names|] = new(); t_names.Add(name); await Task.Yield(); Use(t_names[0]);")]
    [InlineData("t_names ??= new(); [|t_names.Add(name)|]; await Task.Yield(); Use(t_names[0]);")]                  // the other thread has another list
    [InlineData("t_name ??= Make(); await Task.Yield(); Use([|t_name|]);")]
    [InlineData("await Task.Yield(); Use([|Name|]);")]
    [InlineData("await Task.Yield(); Use([|t_name|] is { Length: > 0 } ? \"some\" : \"none\");")]
    [InlineData("await Task.Yield(); if ([|t_name|] == null) Use(name);")]
    [InlineData("await Task.Yield(); if ([|t_name|] == null || name.Length == 0) Use(name);")]
    [InlineData("await Task.Yield(); if ([|t_name|] != null && name.Length == 0) t_name = Make();")]
    [InlineData("await Task.Yield(); Use([|t_name|] switch { null => \"none\", var some => some });")]
    [InlineData("[|Enter(name)|]; await Task.Yield();")]
    [InlineData("[|EnterTwice(name)|]; await Task.Yield();")]
    [InlineData("await Task.Yield(); Use([|Get()|]);")]
    [InlineData("[|Auto|] = name; await Task.Yield();")]
    [InlineData("using ([|new Scope(name)|]) { await Task.Yield(); }")]
    [InlineData("using ([|Scope.Enter(name)|]) { await Task.Yield(); }")]
    [InlineData("Func<Task> run = async () => { [|t_name|] = name; await Task.Yield(); }; await run();")]
    [InlineData("Func<Task> run = async delegate { [|t_name|] = name; await Task.Yield(); }; await run();")]
    [InlineData("await Inner(); async Task Inner() { [|t_name|] = name; await Task.Yield(); }")]
    [InlineData("[|t_name|] = name; await Task.Run(() => Use([|t_name|]));")]
    public Task Value_that_crosses_an_await_is_found(string body) =>
        Verify.Finds(InAsyncMethod(body));

    [Fact]
    public Task Async_iterator_suspends_at_yield() =>
        Verify.Finds(InAsyncMethod("[|t_name|] = name; yield return 1; Use(t_name);", "async IAsyncEnumerable<int>"));

    [Fact]
    public Task Iterator_suspends_at_yield() =>
        Verify.Finds(InAsyncMethod("[|t_name|] = name; yield return 1; Use(t_name);", "IEnumerable<int>"));

    [Theory]
    [InlineData("await Task.Yield(); Action later = () => t_name = name; GC.KeepAlive(later);")]
    [InlineData("var buffer = Acquire(); await Task.Yield(); Release(buffer); await Task.Yield();")]                // a pool of one, behind methods
    [InlineData("await Task.Yield(); var buffer = Acquire(); Release(buffer);")]
    [InlineData("await Task.Yield(); Use(_names[Next()]); await Task.Yield();")]                                       // each thread takes its turn
    [InlineData("await Task.Yield(); Use(_names[NextOfRing()]); await Task.Yield();")]
    [InlineData("await Task.Yield(); Use(Buffer.ToString());")]                                                     // each thread has its own
    [InlineData("await Task.Yield(); if (t_name == null) t_name = Make(); Use(t_name);")]                            // asked only to fill it
    [InlineData("await Task.Yield(); if (t_name is null || t_name.Length == 0) t_name = Make(); Use(t_name);")]
    [InlineData("await Task.Yield(); if (t_name == null) System.Threading.Interlocked.Exchange(ref t_name, Make()); Use(t_name);")]
    [InlineData("if (!t_ready) { Use(name); t_ready = true; } await Task.Yield();")]                                // done once per thread
    [InlineData("try { t_name = name; Use(t_name); } finally { t_name = null; } await Task.Yield();")]
    [InlineData("using (new Scope(name)) { Use(Name); } await Task.Yield();")]
    [InlineData("t_other = name; await Task.Yield(); Use(t_other);")]
    public Task Value_that_stays_with_its_thread_is_silent(string body) => Verify.Silent(InAsyncMethod(body));

    [Theory]
    [InlineData("Use(Steps.Later(name)); await Task.Yield();")]
    [InlineData("Use(Steps.Numbers); await Task.Yield();")]
    [InlineData("Use(Later()); await Task.Yield(); IEnumerable<int> Later() { yield return 1; t_name = name; }")]
    public Task Call_of_an_iterator_does_nothing_yet(string body) => Verify.Silent(InAsyncMethod(body.Replace("Use(", "GC.KeepAlive(")), Steps);

    [Theory]
    [InlineData("GC.KeepAlive([|Steps.Now(name)|]); await Task.Yield();")]
    [InlineData("GC.KeepAlive([|Now()|]); await Task.Yield(); IEnumerable<int> Now() { t_name = name; return []; }")]
    public Task Call_that_returns_a_sequence_at_once_is_found(string body) => Verify.Finds(InAsyncMethod(body), Steps);

    private const string Steps =
        """
        using System;
        using System.Collections.Generic;
        public static class Steps
        {
            [ThreadStatic] static string? t_step;
            public static string? Step => t_step;
            public static IEnumerable<int> Later(string name) { yield return 1; t_step = name; }
            public static IEnumerable<int> Now(string name) { t_step = name; return []; }
            public static IEnumerable<int> Numbers { get { yield return 1; t_step = "numbers"; } }
        }
        """;

    [Theory]
    [InlineData("await Task.Yield(); [|t_state|]!.Name ??= name;")]
    [InlineData("[|t_state|] = new State(); await Task.Yield(); t_state.Name ??= name;")]
    [InlineData("[|t_state!.Name|] = name; await Task.Yield(); t_state!.Name = null;")]
    public Task Object_whose_part_is_filled_after_an_await_is_found(string body) => Verify.Finds(WithState(body));

    [Theory]
    [InlineData("await Task.Yield(); (t_state ??= new State()).Name ??= name;")]
    [InlineData("GC.KeepAlive(t_state!.Name); await Task.Yield();")]
    [InlineData("t_state!.Name = name; GC.KeepAlive(t_state.Name); t_state.Name = null; await Task.Yield();")]
    public Task Object_whose_part_is_filled_on_one_thread_is_silent(string body) => Verify.Silent(WithState(body));

    private static string WithState(string body) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        class State { public string? Name; }
        class C
        {
            [ThreadStatic] static State? t_state;
            static void Enter(State state) => t_state = state;
            async Task Run(string name) { {{body}} }
        }
        """;

    [Theory]
    [InlineData("Task.CompletedTask.ConfigureAwait(false)")]
    [InlineData("Task.FromResult(1)")]
    [InlineData("Task.FromException(new Exception())")]
    [InlineData("Task.FromCanceled(new(true))")]
    [InlineData("ValueTask.FromResult(1)")]
    [InlineData("default(ValueTask)")]
    [InlineData("new ValueTask<int>(1)")]
    [InlineData("new ValueTask<int>(1).ConfigureAwait(false)")]
    public Task Await_of_what_is_completed_suspends_nothing(string awaited) => Verify.Silent(InAsyncMethod($"t_name = name; Use(t_name); await {awaited};"));

    [Theory]
    [InlineData("Task.Delay(1).ConfigureAwait(false)")]
    [InlineData("Work.FromResult(1)")]
    [InlineData("Work.FromException(1)")]
    [InlineData("Work.FromCanceled(1)")]
    [InlineData("Work.CompletedTask")]
    [InlineData("new ValueTask(Task.Delay(1))")]
    [InlineData("new ValueTask(Task.Delay(1)).ConfigureAwait(false)")]
    public Task Await_of_what_may_take_its_time_suspends(string awaited) => Verify.Finds(
        InAsyncMethod($"[|t_name|] = name; Use(t_name); await {awaited};"),
        """
        using System.Threading.Tasks;
        static class Work
        {
            public static Task FromResult(int delay) => Task.Delay(delay);
            public static Task FromException(int delay) => Task.Delay(delay);
            public static Task FromCanceled(int delay) => Task.Delay(delay);
            public static Task CompletedTask => Task.Delay(1);
        }
        """);

    [Theory]
    [InlineData("await Task.Run(() => Use(t_name));")]
    [InlineData("Use(t_name); await Task.Run(() => Use(t_name));")]
    [InlineData("t_name = name; Use(t_name); t_name = null; await Task.Run(() => Use(t_name));")]
    public Task Another_thread_that_reads_what_nobody_set_for_it_is_silent(string body) => Verify.Silent(InAsyncMethod(body));

    [Theory]
    [InlineData("try { await Task.Yield(); } finally { await Task.Yield(); Use([|t_name|]); }")]
    [InlineData("[|t_name|] = name; try { if (name.Length > 3) return; if (name.Length > 2) Use(\"\"); if (name.Length > 1) Use(\"\"); } finally { Use(\"\"); } await Task.Yield(); Use(t_name);")]
    [InlineData("[|t_name|] = name; try { if (name.Length > 3) { Use(\"\"); if (name.Length > 2) Use(\"\"); } else return; } finally { Use(\"\"); } await Task.Yield(); Use(t_name);")]
    public Task Every_way_through_a_finally_is_followed(string body) => Verify.Finds(InAsyncMethod(body));

    [Theory]
    [InlineData("using (new Entered(name)) { Use(name); } await Task.Yield();", true)]
    [InlineData("[|new Entered(name).Leave()|]; await Task.Yield();", false)]
    public Task End_of_a_scope_puts_back_what_it_makes_of_what_it_kept(string body, bool isSilent)
    {
        const string Entered =
            """
            using System;
            class Entry(Entry? outer) { public Entry? Outer => outer; }
            class Entered : IDisposable
            {
                [ThreadStatic] static Entry? t_entry;
                readonly Entry? _old;
                public Entered(string name) => _old = t_entry;
                public void Leave() => t_entry = new Entry(_old);
                public void Dispose() => t_entry = new Entry(_old);
            }
            """;
        Assert.Equal(isSilent, !body.Contains("[|"));
        return Verify.Finds(InAsyncMethod(body), Entered);
    }

    private static string WithPools(string body) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Text;
        using System.Threading.Tasks;
        sealed class Rented : IDisposable
        {
            [ThreadStatic] static Stack<StringBuilder>? t_idle;
            readonly StringBuilder _builder = (t_idle ??= new()).Count > 0 ? t_idle.Pop() : new StringBuilder();
            public void Add(string text) => _builder.Append(text);
            public void Dispose() => (t_idle ??= new()).Push(_builder);
        }
        sealed class Reused : IDisposable
        {
            [ThreadStatic] static Stack<Reused>? t_idle;
            public static Reused Take() => (t_idle ??= new()).TryPop(out var idle) ? idle : new Reused();
            public void Dispose() => (t_idle ??= new()).Push(this);
        }
        sealed class Entered : IDisposable
        {
            [ThreadStatic] static Stack<Entered>? t_open;
            public Entered() => (t_open ??= new()).Push(this);
            public void Dispose() => t_open!.Pop();
        }
        class C
        {
            [ThreadStatic] static Stack<StringBuilder>? t_pool;
            [ThreadStatic] static Stack<StringBuilder>? t_other;
            [ThreadStatic] static Queue<StringBuilder>? t_queue;
            [ThreadStatic] static List<StringBuilder>? t_list;
            [ThreadStatic] static StringBuilder?[]? t_slots;
            [ThreadStatic] static Stack<string>? t_scopes;
            static StringBuilder Rent() { t_pool ??= new(); return t_pool.Count > 0 ? t_pool.Pop() : new StringBuilder(); }
            static StringBuilder RentOrTry() => t_pool != null && t_pool.TryPop(out var idle) ? idle : new StringBuilder();
            static void Return(StringBuilder builder) { if ((t_pool ??= new()).Count < 8) t_pool.Push(builder.Clear()); }
            static void Enter(string name) => (t_scopes ??= new()).Push(name);
            static void Leave() => t_scopes!.Pop();
            static string Innermost() => t_scopes!.Peek();
            static void Use(object? value) { }

            async Task Run(string name)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await Task.Yield(); var b = (t_pool ??= new()).Count > 0 ? t_pool.Pop() : new StringBuilder(); Use(b.Append(name)); t_pool.Push(b); await Task.Yield();")]
    [InlineData("var b = (t_pool ??= new()).Count > 0 ? t_pool.Pop() : new StringBuilder(); await Task.Yield(); (t_pool ??= new()).Push(b); await Task.Yield();")]
    [InlineData("if (!(t_pool ??= new()).TryPop(out var b)) b = new(); await Task.Yield(); try { Use(b.Append(name)); } finally { (t_pool ??= new()).Push(b); } await Task.Yield();")]
    [InlineData("while (t_pool!.TryPop(out var b)) { await Task.Yield(); t_pool!.Push(b); await Task.Yield(); }")]
    [InlineData("var b = (t_queue ??= new()).Count > 0 ? t_queue.Dequeue() : new StringBuilder(); Use(b.Append(name)); t_queue.Enqueue(b); await Task.Yield();")]
    [InlineData("var b = t_list![^1]; t_list.RemoveAt(t_list.Count - 1); await Task.Yield(); t_list!.Add(b); await Task.Yield();")]
    [InlineData("var b = Rent(); await Task.Yield(); Return(b); await Task.Yield();")]
    [InlineData("var b = RentOrTry(); Use(b.Append(name)); Return(b); await Task.Yield();")]
    [InlineData("var b = Rent(); await Task.Yield(); Back(); await Task.Yield(); void Back() => t_pool!.Push(b);")]
    [InlineData("var pool = t_pool ??= new(); var b = pool.Count > 0 ? pool.Pop() : new(); await Task.Yield(); (t_pool ??= new()).Push(b); await Task.Yield();")]
    [InlineData("var b = t_pool is { Count: > 0 } pool ? pool.Pop() : new(); await Task.Yield(); (t_pool ??= new()).Push(b); await Task.Yield();")]
    [InlineData("var b = t_slots![1] ?? new(); t_slots[1] = null; await Task.Yield(); t_slots![1] = b; await Task.Yield();")]
    [InlineData("using (var rented = new Rented()) { rented.Add(name); await Task.Yield(); } await Task.Yield();")]
    [InlineData("using (Reused.Take()) { await Task.Yield(); } await Task.Yield();")]
    [InlineData("var list = t_list ?? new(); t_list = null; list.Add(new(name)); await Task.Yield(); list.Clear(); t_list = list; await Task.Yield();")]
    [InlineData("t_pool?.Clear(); await Task.Yield(); t_pool?.Clear();")]
    public Task Pool_does_not_care_on_which_thread_an_object_is_put_back(string body) => Verify.Silent(WithPools(body));

    [Theory]
    [InlineData("[|t_scopes!.Push(name)|]; await Task.Yield(); t_scopes!.Pop();")]
    [InlineData("[|Enter(name)|]; await Task.Yield(); Leave();")]
    [InlineData("[|Enter(\"a\")|]; await Task.Yield(); Leave();")]
    [InlineData("using ([|new Entered()|]) { await Task.Yield(); }")]
    [InlineData("var b = new StringBuilder(); [|(t_pool ??= new()).Push(b)|]; await Task.Yield(); t_pool!.Pop();")]                      // made here, and put in for others
    [InlineData("if (!t_pool!.TryPop(out var b)) b = new(name); [|t_pool.Push(b)|]; await Task.Yield();")]                              // made of what is the caller's
    [InlineData("var outer = t_scopes!.Pop(); [|t_scopes.Push(outer + name)|]; await Task.Yield();")]
    [InlineData("var b = t_other!.Pop(); [|t_pool!.Push(b)|]; await Task.Yield(); t_pool!.Pop();")]                                     // out of another one
    [InlineData("[|t_scopes!.Push(t_scopes.Peek() + \".\")|]; await Task.Yield(); t_scopes!.Pop();")]                                  // nothing was taken out
    [InlineData("[|t_list!.Add(new(name))|]; await Task.Yield(); Use(t_list);")]
    [InlineData("[|t_slots![1]|] = new(name); await Task.Yield(); t_slots![1] = null;")]
    [InlineData("var b = t_slots![1]; t_slots[1] = null; [|t_slots[2]|] = new(name); await Task.Yield(); Use(b);")]
    [InlineData("[|t_list!.Add(null!)|]; await Task.Yield(); Use(t_list);")]
    [InlineData("[|t_scopes!.Push(name)|]; Use(t_scopes.Pop()); t_scopes.Push(name); await Task.Yield();")]                               // once in a function, where it is first changed
    [InlineData("await Task.Yield(); Use([|t_list|]!.Count); t_list!.Add(new(name));")]
    [InlineData("[|Enter(name)|]; await Task.Yield(); Use(Innermost());")]
    public Task Collection_that_others_find_something_in_is_found(string body) => Verify.Finds(WithPools(body));

    private const string Scratch =
        """
        using System;
        using System.Collections.Generic;
        public static class Scratch
        {
            [ThreadStatic] static byte[]? t_bytes;
            [ThreadStatic] static Dictionary<int, int>? t_items;
            static readonly Random s_random = new();
            public static string NextId() { t_bytes ??= new byte[15]; s_random.NextBytes(t_bytes); return Convert.ToBase64String(t_bytes); }
            public static Dictionary<int, int> Items { get => GetItems() ?? CreateItems(); set => CreateItems(value); }
            static Dictionary<int, int>? GetItems() => t_items;
            static Dictionary<int, int> CreateItems(Dictionary<int, int>? items = null) { t_items = items ??= new(); return items; }
        }
        """;

    [Theory]
    [InlineData("Use(Scratch.NextId()); await Task.Yield(); Use(Scratch.NextId());")] // a buffer that is filled at each use
    [InlineData("Use(Scratch.Items[1].ToString()); await Task.Yield();")]             // filled if it was empty, which another member asks
    public Task What_each_thread_fills_for_itself_is_silent(string body) => Verify.Silent(InAsyncMethod(body), Scratch);

    [Fact]
    public Task What_is_set_by_the_member_that_also_fills_it_is_found() => Verify.Finds(
        InAsyncMethod("[|Scratch.Items|] = new() { [1] = name.Length }; await Task.Yield(); Use(Scratch.Items[1].ToString());"), Scratch);

    private const string Memo =
        """
        using System;
        public static class Memo
        {
            [ThreadStatic] private static byte[]? t_bytes;
            [ThreadStatic] private static byte[]? t_copy;
            [ThreadStatic] private static Type? t_type;
            [ThreadStatic] private static string? t_name;
            [ThreadStatic] private static Type? t_key;
            [ThreadStatic] private static string? t_value;
            [ThreadStatic] private static string? t_user;
            [ThreadStatic] private static string? t_tenant;
            [ThreadStatic] private static string? t_first;
            [ThreadStatic] internal static string? t_shared;
            [ThreadStatic] private static string? t_text;
            [ThreadStatic] private static string? t_word;
            [ThreadStatic] private static int t_size;
            [ThreadStatic] private static string? t_fixed;
            [ThreadStatic] private static string? t_last;
            [ThreadStatic] private static string? t_copied;
            [ThreadStatic] private static string? t_level;
            [ThreadStatic] private static string? t_echo;
            private static string? s_last;
            private const string Usual = "usual";

            public static int Fill(int size)
            {
                if (t_bytes is null || t_bytes.Length < size)
                    t_bytes = new byte[size];
                return t_bytes.Length;
            }

            public static int FillCopy(int size)
            {
                var bytes = t_copy;
                if (bytes is null || size > bytes.Length)
                    t_copy = bytes = new byte[size];
                return bytes.Length;
            }

            public static void Trim() => t_bytes = null;

            public static string NameOf(object item)
            {
                var type = item.GetType();
                if (t_type == type && t_name is not null)
                    return t_name;
                var name = type.ToString();
                t_type = type;
                t_name = name;
                return name;
            }

            public static string ValueOf(Type key)
            {
                if (!ReferenceEquals(t_key, key))
                {
                    t_key = key;
                    t_value = key.ToString();
                }
                return t_value!;
            }

            public static string Greet(string user)
            {
                if (t_user != user)
                    t_user = user;
                return t_user;
            }
            public static int Count() => t_user?.Length ?? 0;

            public static string Tenant(string tenant)
            {
                if (t_tenant != tenant)
                    t_tenant = tenant;
                return t_tenant;
            }
            public static void Enter(string tenant) => t_tenant = tenant;

            public static string TextOf(string text)
            {
                if (t_text?.Equals(text) != true)
                    t_text = text;
                return t_text;
            }

            public static string WordOf(string word)
            {
                if (!string.Equals(t_word, word))
                    t_word = word;
                return t_word!;
            }

            public static int SizeOf(string text)
            {
                if (int.TryParse(text, out var size) && t_size != size)
                    t_size = size;
                return t_size;
            }

            public static string Last(string text)
            {
                if (s_last != text)
                {
                    s_last = text;
                    t_last = text;
                }
                return t_last!;
            }

            public static string Fixed(string text)
            {
                if (t_fixed?.Equals("fixed") != true)
                    t_fixed = text;
                return t_fixed;
            }

            public static string Copied(string text)
            {
                var copied = t_copied;
                if (copied != text)
                    t_copied = text;
                return t_copied!;
            }

            public static string Level(string text)
            {
                var level = text.Trim();
                if (t_level != Usual)
                    t_level = level;
                return t_level!;
            }

            public static string Echo(string text)
            {
                var last = s_last;
                if (t_echo != last)
                    t_echo = text;
                return t_echo!;
            }

            public static string First(string name)
            {
                if (t_first is null)
                    t_first = name;
                return t_first;
            }

            public static string Shared(string name)
            {
                if (t_shared != name)
                    t_shared = name;
                return t_shared;
            }
        }
        """;

    [Theory]
    [InlineData("Memo.Fill(1); await Task.Yield(); Memo.Fill(name.Length); Memo.Trim();")]
    [InlineData("while (Memo.FillCopy(name.Length) > 0) await Task.Yield();")]
    [InlineData("Use(Memo.NameOf(name)); await Task.Yield(); Use(Memo.NameOf(this));")]
    [InlineData("Use(Memo.ValueOf(name.GetType())); await Task.Yield(); Use(Memo.ValueOf(GetType()));")]
    [InlineData("Use(Memo.TextOf(name)); await Task.Yield(); Use(Memo.TextOf(name));")]
    [InlineData("Use(Memo.WordOf(name)); await Task.Yield(); Use(Memo.WordOf(name));")]
    [InlineData("Memo.SizeOf(name); await Task.Yield(); Memo.SizeOf(name);")]
    [InlineData("Use(Memo.Copied(name)); await Task.Yield(); Use(Memo.Copied(name));")]
    public Task What_everybody_who_uses_it_first_compares_with_his_own_is_silent(string body) => Verify.Silent(InAsyncMethod(body), Memo);

    [Theory]
    [InlineData("Use([|Memo.Greet(name)|]); await Task.Yield(); Memo.Count();")]      // another member reads it as it is
    [InlineData("Use([|Memo.Tenant(name)|]); await Task.Yield();")]                   // another member sets it without asking
    [InlineData("Use([|Memo.First(name)|]); await Task.Yield();")]                    // the first one stays, whoever asks
    [InlineData("Use([|Memo.Shared(name)|]); await Task.Yield();")]                   // anybody may read it
    [InlineData("Use([|Memo.Fixed(name)|]); await Task.Yield();")]                    // compared with what is the same for all
    [InlineData("Use([|Memo.Last(name)|]); await Task.Yield();")]                     // the key of another thread
    [InlineData("Use([|Memo.Level(name)|]); await Task.Yield();")]                    // compared with a constant that has a name
    [InlineData("Use([|Memo.Echo(name)|]); await Task.Yield();")]                     // compared with a copy of what all threads share
    public Task What_only_one_member_compares_is_found(string body) => Verify.Finds(InAsyncMethod(body), Memo);

    [Fact]
    public Task Iterator_that_only_reads_is_silent() =>
        Verify.Silent(InAsyncMethod("yield return 1; Use(Name); yield return 2;", "IEnumerable<int>"));

    [Fact]
    public Task Synchronous_method_is_silent() => Verify.Silent(InAsyncMethod("t_name = name; Use(t_name);", "void"));

    [Fact]
    public Task Method_without_async_that_hands_out_a_task_is_silent() => Verify.Silent(InAsyncMethod("t_name = name; return Task.Delay(1);", "Task"));

    [Fact]
    public Task Top_level_statements_are_async_code_when_they_await() => Verify.FindsInProgram(
        """
        using System.Threading.Tasks;
        [|Current.User|] = new User();
        await Task.Yield();
        System.Console.WriteLine(Current.User);
        """,
        CurrentUser);

    [Fact]
    public Task Generated_code_is_not_reported_but_followed() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class C { async Task Run(string name) { [|Generated.Name|] = name; await Task.Yield(); } }
        """,
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        public static class Generated
        {
            [System.ThreadStatic] private static string t_name;
            public static string Name { get { return t_name; } set { t_name = value; } }
            public static async Task Run(string name) { t_name = name; await Task.Yield(); }
        }
        """);

    [Theory]
    [InlineData("Task.Run([|Print|]);")]
    [InlineData("Task.Factory.StartNew([|Print|]);")]
    [InlineData("Task<int>.Factory.StartNew([|Count|]); int Count() => t_name!.Length;")]
    [InlineData("Task.Delay(1).ContinueWith([|PrintAll|]);")]
    [InlineData("ThreadPool.QueueUserWorkItem([|PrintAll|]);")]
    [InlineData("new Timer([|PrintAll|], null, 1, 1);")]
    [InlineData("new Thread([|Print|]).Start();")]
    [InlineData("Task.Run(new Action([|Print|]));")]
    [InlineData("Task.Run([|Local|]); void Local() => Console.WriteLine(t_name);")]
    public Task Method_that_starts_elsewhere_and_reads_what_was_set_is_found(string start) => Verify.Finds(Starter("t_name = name; " + start));

    [Theory]
    [InlineData("Task.Run(Print);")]                                    // nothing was set
    [InlineData("t_name = name; Print(); t_name = null; Task.Run(Print);")]
    [InlineData("Task.Run(Print); t_name = name; Print();")]
    [InlineData("t_name = name; Task.Run(Begin);")]                     // sets its own
    [InlineData("t_name = name; Action now = Print; now();")]
    [InlineData("t_name = name; Array.ForEach(new[] { name }, PrintAll);")]
    [InlineData("t_name = name; Kick(); void Kick() => Task.Run(Begin);")]
    public Task Method_that_starts_elsewhere_with_nothing_set_for_it_is_silent(string start) => Verify.Silent(Starter(start));

    private static string Starter(string body) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;
            static void Print() => Console.WriteLine(t_name);
            static void PrintAll(object? state) => Console.WriteLine(t_name);
            static void Begin() { t_name = ""; Print(); }

            void Start(string name)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("dotnet_code_quality.CTX003.excluded_type_names_with_derived_types = T:Other")]
    public Task User_interface_that_is_not_excluded_is_found(string option) =>
        Verify.FindsWith(option, "class Other { }\n" + Window.Replace("t_name = name", "[|t_name|] = name"));

    [Fact]
    public Task User_interface_that_is_excluded_is_silent() =>
        Verify.FindsWith("dotnet_code_quality.CTX003.excluded_type_names_with_derived_types = T:System.Windows.Forms.Control", Window);

    private const string Window =
        """
        namespace System.Windows.Forms { public class Control { } }
        class Window : System.Windows.Forms.Control
        {
            [System.ThreadStatic] static string? t_name;
            async System.Threading.Tasks.Task Show(string name) { t_name = name; await System.Threading.Tasks.Task.Yield(); System.Console.WriteLine(t_name); }
        }
        """;

    [Theory]
    [InlineData("[ThreadStatic] string? t_name;", "t_name = name; await Task.Yield(); Console.WriteLine(t_name);")]                      // CA2259 reports the declaration
    [InlineData("[field: ThreadStatic] static event Action? Opened;", "Opened += () => { }; await Task.Yield(); Opened?.Invoke();")]     // the compiler does not show the field of an event
    [InlineData("[ThreadStatic] static string? t_name;", "Action set = () => t_name = name; await Task.Yield(); set();")]
    [InlineData("[ThreadStatic] public static readonly string? Name;", "await Task.Yield(); Console.WriteLine(Name);")]                        // nobody can set it
    public Task Members_that_are_no_state_of_a_thread_for_all_we_see_are_silent(string member, string body) => Verify.Silent(
        $$"""
        using System;
        using System.Threading.Tasks;
        class C { {{member}} async Task Run(string name) { {{body}} } }
        """);

    private static string InAsyncMethod(string body, string modifiers = "async Task") =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Text;
        using System.Threading.Tasks;
        class LikeThreadStaticAttribute : ThreadStaticAttribute { }
        class Scope : IDisposable
        {
            readonly string? _old = C.Name;
            public Scope(string name) => C.Name = name;
            public static IDisposable Enter(string name) => new Scope(name);
            public void Dispose() => C.Name = _old;
        }
        class C
        {
            [ThreadStatic] static string? t_name;
            [ThreadStatic] static int t_count;
            [ThreadStatic] static bool t_busy;
            [ThreadStatic] static bool t_ready;
            [ThreadStatic] static List<string>? t_names;
            [ThreadStatic] static StringBuilder? t_pool;
            [ThreadStatic] static StringBuilder? t_buffer;
            [LikeThreadStatic] static string? t_other;
            [field: ThreadStatic] static string? Auto { get; set; }
            public static string? Name { get => t_name; set => t_name = value; }
            static StringBuilder Buffer => t_buffer ??= new StringBuilder();
            static StringBuilder Acquire() { var buffer = t_pool; if (buffer is null) return new(); t_pool = null; return buffer; }
            static void Release(StringBuilder buffer) => t_pool = buffer;
            readonly string[] _names = { "a", "b" };
            int NextOfRing() => ++t_count % _names.Length;
            static void Deeper() => t_count++;
            static void Higher() => t_count--;
            int Next() { var next = (t_count + 1) % _names.Length; t_count = next; return next; }
            static void Enter(string name) => t_name = name;
            static void EnterTwice(string name) => Enter(name);
            static string? Get() => t_name;
            static string Make() => "";
            static void Use(string? value) { }
            static async IAsyncEnumerable<string> Items() { await Task.Yield(); yield return ""; }
            static IAsyncDisposable Thing() => throw new NotImplementedException();

            {{modifiers}} Run(string name)
            {
                {{body}}
            }
        }
        """;
}
