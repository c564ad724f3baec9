using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadLocalCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class ThreadLocalCrossesAwaitTests
{
    private static string InAsyncMethod(string body) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using TL = System.Threading.ThreadLocal<int>;
        class Sub : ThreadLocal<int> { }
        class Holder { public readonly ThreadLocal<int> Depth = new(); public ThreadLocal<int> Level { get; } = new(); }
        class C
        {
            static readonly ThreadLocal<int> s_local = new();
            static readonly ThreadLocal<Random> s_random = new(() => new Random());
            static readonly Sub s_sub = new();
            static readonly TL s_alias = new();
            static readonly LocalDataStoreSlot s_slot = Thread.AllocateDataSlot();
            readonly ThreadLocal<int> _local = new();
            readonly Holder _holder = new();
            static int Number { get => s_local.Value; set => s_local.Value = value; }
            static void Set(int value) => s_local.Value = value;
            static void Use(object? value) { }

            async Task Run(int number, ThreadLocal<int> given)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("[|s_local.Value|] = number; await Task.Yield(); Use(s_local.Value);")]
    [InlineData("[|s_local.Value|]++; await Task.Yield(); s_local.Value--;")]
    [InlineData("[|s_local!.Value|] = number; await Task.Yield();")]
    [InlineData("[|((ThreadLocal<int>)s_local).Value|] = number; await Task.Yield();")]
    [InlineData("[|s_sub.Value|] = number; await Task.Yield();")]
    [InlineData("[|s_alias.Value|] = number; await Task.Yield();")]
    [InlineData("[|_local.Value|] = number; await Task.Yield();")]
    [InlineData("[|this._holder.Depth.Value|] = number; await Task.Yield();")]
    [InlineData("[|_holder.Level.Value|] = number; await Task.Yield();")]
    [InlineData("[|given.Value|] = number; await Task.Yield();")]
    [InlineData("var local = new ThreadLocal<int>(); [|local.Value|] = number; await Task.Yield();")]
    [InlineData("var local = new ThreadLocal<int> { [|Value|] = 3 }; await Task.Yield(); Use(local.Value);")]
    [InlineData("[|Number|] = number; await Task.Yield();")]
    [InlineData("[|Set(number)|]; await Task.Yield();")]
    [InlineData("await Task.Yield(); Use([|s_local.Value|]);")]
    [InlineData("await Task.Yield(); Use(s_local?[|.Value|]);")]
    [InlineData("await Task.Yield(); Use([|s_local.IsValueCreated|]);")]
    [InlineData("await Task.Yield(); Use(s_local is { [|Value|]: 3 });")]
    [InlineData("[|Thread.SetData(s_slot, number)|]; await Task.Yield(); Use(Thread.GetData(s_slot));")]
    [InlineData("s_local.Value = number; await Task.Run(() => Use([|s_local.Value|]));", "s_local.Value = number; ")]
    public Task Value_that_crosses_an_await_is_found(string body, string? also = null)
    {
        // Set outside and read in what runs elsewhere: two functions, two findings.
        if (also is not null)
            body = body.Replace(also, also.Replace("s_local.Value", "[|s_local.Value|]"));

        return Verify.Finds(InAsyncMethod(body));
    }

    [Theory]
    [InlineData("await Task.Yield(); Use(s_random.Value!.Next()); await Task.Yield(); Use(s_random.Value!.Next());")] // each thread makes its own
    [InlineData("s_local.Value = number; Use(s_local.Value); s_local.Value = 0; await Task.Yield();")]
    [InlineData("var old = s_local.Value; s_local.Value = number; Use(s_local.Value); s_local.Value = old; await Task.Yield();")]
    [InlineData("await Task.Yield(); s_local.Value = number; Use(s_local.Value);")]
    [InlineData("Use(s_local.Value); await Task.Yield();")]
    [InlineData("Use(nameof(s_local.Value)); await Task.Yield();")]
    [InlineData("await Task.Yield(); Use(s_local.Values);")]    // those of all threads, on whichever
    [InlineData("var local = new ThreadLocal<int>(); Use(new ThreadLocal<int> { Value = number }); await Task.Yield(); Use(local);")] // nobody can ask for it
    [InlineData("var local = new Lazy<int>(() => 1); await Task.Yield(); Use(local.Value);")]
    public Task Value_that_crosses_no_await_is_silent(string body) => Verify.Silent(InAsyncMethod(body));

    private const string Nesting =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        public static class Nesting
        {
            static readonly ThreadLocal<Stack<string>?> s_outer = new();
            public static string Print(string name)
            {
                s_outer.Value ??= new();
                s_outer.Value.Push(name);
                try { return Indent(); } finally { s_outer.Value.Pop(); }
            }
            public static string PrintOnce(string name)
            {
                if (s_outer.Value == null) s_outer.Value = new();
                s_outer.Value.Push(name);
                try { return Indent(); }
                finally { var outer = s_outer.Value; outer.Pop(); if (outer.Count == 0) s_outer.Value = null; }
            }
            public static string PrintBetween(string name) { Enter(name); try { return Indent(); } finally { Leave(); } }
            public static void Enter(string name) { s_outer.Value ??= new(); s_outer.Value.Push(name); }
            public static void Leave() => s_outer.Value!.Pop();
            public static void EnterAnew(string name) { s_outer.Value!.Clear(); s_outer.Value.Push(name); }
            static string Indent() => new(' ', s_outer.Value?.Count ?? 0);
        }
        """;

    [Theory]
    [InlineData("Use(Nesting.Print(\"a\")); await Task.Yield(); Use(Nesting.Print(\"b\"));")]
    [InlineData("Use(Nesting.PrintOnce(\"a\")); await Task.Yield(); Use(Nesting.PrintOnce(\"b\"));")] // whoever is innermost clears it
    [InlineData("Use(Nesting.PrintBetween(\"a\")); await Task.Yield();")]
    public Task What_a_method_pushes_and_pops_is_its_own(string body) => Verify.Silent(InAsyncMethod(body), Nesting);

    [Theory]
    [InlineData("[|Nesting.Enter(\"a\")|]; await Task.Yield(); Nesting.Leave();")]
    [InlineData("[|Nesting.Enter(\"a\")|]; Use(Nesting.Print(\"b\")); await Task.Yield(); Nesting.Leave();")] // what it found there is still there
    [InlineData("[|Nesting.EnterAnew(\"a\")|]; await Task.Yield();")]
    [InlineData("Nesting.Leave(); await Task.Yield(); [|Nesting.Enter(\"a\")|];")]
    public Task What_a_method_pushes_for_its_caller_is_found(string body) => Verify.Finds(InAsyncMethod(body), Nesting);

    private const string Pool =
        """
        using System.Collections.Generic;
        using System.Text;
        using System.Threading;
        public static class Pool
        {
            public static readonly ThreadLocal<Stack<StringBuilder>> Idle = new(() => new());
            public static StringBuilder Rent() => Idle.Value!.TryPop(out var idle) ? idle : new StringBuilder();
            public static void Return(StringBuilder builder) => Idle.Value!.Push(builder);
        }
        """;

    [Theory]
    [InlineData("var b = Pool.Idle.Value!.Count > 0 ? Pool.Idle.Value.Pop() : new(); Use(b.Append(number)); Pool.Idle.Value.Push(b); await Task.Yield();")]
    [InlineData("if (!Pool.Idle.Value!.TryPop(out var b)) b = new(); await Task.Yield(); Pool.Idle.Value!.Push(b); await Task.Yield();")]
    [InlineData("var b = Pool.Rent(); await Task.Yield(); Pool.Return(b); await Task.Yield();")]
    public Task Pool_does_not_care_on_which_thread_an_object_is_put_back(string body) => Verify.Silent(InAsyncMethod(body), Pool);

    [Theory]
    [InlineData("if (!Pool.Idle.Value!.TryPop(out var b)) b = new(number); [|Pool.Idle.Value.Push(b)|]; await Task.Yield();")]
    [InlineData("[|Pool.Idle.Value!.Push(new())|]; await Task.Yield(); Use(Pool.Idle.Value!.Pop());")]
    [InlineData("[|Pool.Return(new())|]; await Task.Yield(); Use(Pool.Rent());")]
    public Task What_was_not_taken_out_is_put_in_for_others(string body) => Verify.Finds(InAsyncMethod(body), Pool);

    [Fact]
    public Task Continuation_that_reads_what_was_set_outside_is_found_in_a_method_without_async() => Verify.Finds(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        class Client
        {
            private readonly ThreadLocal<Exception?> _error = new();

            void Send(Exception error)
            {
                _error.Value = error;
                Task.Delay(1).ContinueWith(_ => Console.WriteLine([|_error.Value|]));
                new Thread(() => { _error.Value = null; Console.WriteLine(_error.Value); }).Start();
                Action now = () => Console.WriteLine(_error.Value);
                now();
            }
        }
        """);

    [Theory]
    [InlineData("static readonly TL s_local = new();", "s_local")]
    [InlineData("readonly TL _local = new();", "_local")]
    [InlineData("TL Local { get; } = new();", "Local")]
    [InlineData("readonly Sub _local = new();", "_local")]
    [InlineData("readonly Sub _local = new();", "this._local")]
    public Task Other_names_of_the_type_are_the_type(string member, string local) => Verify.Finds(
        $$"""class C { {{member}} async Task Run(int number) { [|{{local}}.Value|] = number; await Task.Yield(); } }""",
        "global using System.Threading.Tasks; global using TL = System.Threading.ThreadLocal<int>; class Sub : TL { }");

    [Fact]
    public Task Other_name_of_a_tuple_with_a_ThreadLocal_is_found() => Verify.Finds(
        """
        using System.Threading.Tasks;
        using Locals = (System.Threading.ThreadLocal<int> Depth, int Level);
        class C
        {
            static readonly Locals s_locals = (new(), 1);
            async Task Run(int number) { [|s_locals.Depth.Value|] = number; await Task.Yield(); }
        }
        """);

    [Theory]
    [InlineData("= new(() => new object());", "Use(Local.Value);")]
    [InlineData("= new();", "Use([|Local.Value|]);")]
    public Task Property_that_holds_one_is_judged_by_its_initializer(string initializer, string use) => Verify.Finds(
        $$"""
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            public static ThreadLocal<object> Local { get; } {{initializer}}
            static void Use(object? value) { }
            async Task Run() { await Task.Yield(); {{use}} }
        }
        """);

    [Fact]
    public Task Local_in_a_pattern_has_no_initializer_to_judge_by() => Verify.Finds(
        """
        using System.Threading;
        using System.Threading.Tasks;
        class C { async Task Run(object given) { if (given is ThreadLocal<object> local) { await Task.Yield(); _ = local.Value; } } }
        """);

    [Theory]
    [InlineData("other", "[|given.Value|] = number;")]
    [InlineData("given", "given.Value = number;")]
    public Task Parameter_that_holds_one_can_be_excluded_by_its_name(string name, string set) => Verify.FindsWith(
        $"dotnet_code_quality.CTX004.excluded_symbol_names = {name}\ndotnet_code_quality.CTX004.excluded_type_names_with_derived_types = Other",
        $$"""
        using System.Threading;
        using System.Threading.Tasks;
        class C { async Task Run(int number, ThreadLocal<int> given) { {{set}} await Task.Yield(); } }
        """);

    [Theory]
    [InlineData("await Task.Yield(); _ = given.Value;")]
    [InlineData("_ = given.Value; await Task.Yield(); _ = given.Value;")]
    public Task Parameter_that_is_only_read_is_silent(string body) => Verify.Silent(
        $$"""
        using System.Threading;
        using System.Threading.Tasks;
        class C { async Task Run(ThreadLocal<int> given) { {{body}} } }
        """);

    [Theory]
    [InlineData("int? number", "number.Value.ToString();")]
    [InlineData("System.Lazy<int> number", "number.Value.ToString();")]
    [InlineData("Box number", "number.Value = 1;")]
    public Task Other_values_are_silent_where_the_type_has_other_names(string parameter, string use) => Verify.Silent(
        $$"""class Box { public int Value; } class C { readonly TL _local = new(); async Task Run({{parameter}}) { {{use}} await Task.Yield(); {{use}} } }""",
        "global using System.Threading.Tasks; global using TL = System.Threading.ThreadLocal<int>;");

    [Theory]
    [InlineData("Thread.SetData(Thread.GetNamedDataSlot(\"a\"), number); await Task.Yield();")] // a slot without a variable
    public Task Slot_that_is_looked_up_by_name_is_silent(string body) => Verify.Silent(InAsyncMethod(body));

    [Fact]
    public Task Type_of_the_same_name_is_not_ThreadLocal() => Verify.Silent(
        """
        using System.Threading.Tasks;
        class ThreadLocal<T> { public T? Value { get; set; } }
        class C
        {
            static readonly ThreadLocal<string> s_local = new();
            async Task Run(string name) { s_local.Value = name; await Task.Yield(); System.Console.WriteLine(s_local.Value); }
        }
        """);
}
