namespace ContextAnalyzers.Tests.Fixes;

/// <summary>What a conversion would break is not offered.</summary>
public class ConvertRefusalTests
{
    [Theory]
    [InlineData("int.TryParse(s_id, out var n); Fill(out s_id);", "static void Fill(out string? id) => id = null;")]
    [InlineData("Interlocked.Exchange(ref s_id, id);", "")]
    [InlineData("Alias() = id;", "static ref string? Alias() => ref s_id;")]
    [InlineData("Volatile.Write(ref s_id, id);", "")]
    public Task A_reference_to_the_field(string statements, string members) => Fields.IsRefused($$"""
        public async Task HandleAsync(string id, Func<Task> next)
        {
            {{statements}}
            await next();
        }

        {{members}}
        """);

    [Theory]
    [InlineData("private static volatile string? {|CTX001:s_id|};")]
    [InlineData("private static List<string>? {|CTX001:s_id|};")]
    [InlineData("private static char[]? {|CTX001:s_id|};")]
    [InlineData("private static System.Text.StringBuilder? {|CTX001:s_id|};")]
    [InlineData("private static Random? {|CTX001:s_id|};")]
    [InlineData("private static IDictionary<string, string>? {|CTX001:s_id|};")]
    [InlineData("private static ICollection<string>? {|CTX001:s_id|};")]
    [InlineData("private static System.Collections.IList? {|CTX001:s_id|};")]
    public Task A_volatile_field_or_a_scratch_object(string field) => Fields.IsRefused("public async Task HandleAsync(Func<Task> next) { s_id = null; await next(); Console.WriteLine(s_id); }", field);

    [Fact]
    public Task A_counter() => Fields.IsRefused(
        "public async Task HandleAsync(Func<Task> next) { s_id++; await next(); Console.WriteLine(s_id); }", "private static int {|CTX001:s_id|};");

    [Fact]
    public Task An_iterator() => Fields.IsRefused(
        """
        public IEnumerable<int> Numbers(string id)
        {
            s_id = id;
            yield return 1;
            Console.WriteLine(s_id);
        }
        """);

    [Fact]
    public Task An_async_iterator() => Fields.IsRefused(
        """
        public async IAsyncEnumerable<int> Numbers(string id)
        {
            s_id = id;
            await Task.Yield();
            yield return 1;
            Console.WriteLine(s_id);
        }
        """);

    [Fact]
    public Task A_value_that_an_awaited_callee_writes_and_its_caller_reads() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id)
        {
            await LoadAsync(id);
            Print();
        }

        private static async Task LoadAsync(string id)
        {
            s_id = id;
            await Task.Yield();
        }

        private static void Print() => Console.WriteLine(s_id);
        """);

    [Fact]
    public Task A_result_that_a_task_writes_and_its_starter_reads() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id)
        {
            await Task.Run(() =>
            {
                s_id = id;
                Console.WriteLine(id);
            });
            Console.WriteLine(s_id);
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("id = id + id;")]
    [InlineData("return;")]
    public Task A_write_that_nothing_follows(string statement) => Fields.IsRefused($$"""
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            s_id = id;
            {{statement}}
        }

        public string? Last => s_id;
        """);

    [Fact]
    public Task One_half_of_a_pair() => Fields.IsRefused(
        """
        public void Begin(string id)
        {
            s_id = id;
            Console.WriteLine("begin");
        }

        public void End() => Console.WriteLine(s_id);
        """);

    [Fact]
    public Task An_expression_tree() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
            System.Linq.Expressions.Expression<Func<string, bool>> same = other => other == s_id;
        }
        """);

    [Fact]
    public Task A_lock_on_the_value() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
            lock (s_id)
                Console.WriteLine();
        }
        """);

    [Fact]
    public Task A_use_in_code_that_is_switched_off() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
        #if OTHER
            Console.WriteLine(s_id);
        #endif
        }
        """);

    [Fact]
    public Task A_field_that_nobody_writes() => Fields.IsRefused(
        """
        public async Task HandleAsync(Func<Task> next)
        {
            await next();
            Console.WriteLine(s_id);
        }
        """);

    [Fact]
    public Task A_counter_behind_a_property() => Fields.IsRefused(
        """
        public static int Count
        {
            get => s_id;
            set => s_id = value;
        }

        public async Task HandleAsync(Func<Task> next)
        {
            Count++;
            await next();
        }
        """,
        "private static int {|CTX001:s_id|};");

    [Fact]
    public Task What_a_set_up_makes_ready() => Fields.IsRefused(
        """
        public async Task InitializeAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
        }

        public string? Id => s_id;
        """);

    [Fact]
    public Task A_pointer_to_the_field() => Fields.IsRefused(
        """
        public unsafe void Handle(int id, Action next)
        {
            s_id = id;
            fixed (int* pointer = &s_id)
                *pointer = 2;

            next();
        }
        """,
        "private static int {|CTX001:s_id|};");

    [Fact]
    public Task A_value_that_is_made_once_and_kept() => Fields.IsRefused(
        """
        public async Task HandleAsync(Func<Task> next)
        {
            Ensure();
            await next();
            Console.WriteLine(s_id);
        }

        private static string Ensure()
        {
            s_id ??= Guid.NewGuid().ToString();
            return s_id.ToString();
        }
        """);

    [Theory]
    [InlineData("var taken = s_id; s_id = null; return taken ?? new Buffer();")]
    [InlineData("Buffer? taken; taken = s_id; s_id = null; return taken ?? new Buffer();")]
    [InlineData("if (s_id is { } taken) { s_id = null; taken.ToString(); return taken; } return new Buffer();")]
    public Task A_pool_that_the_object_is_taken_out_of(string take) => Fields.IsRefused($$"""
        public async Task HandleAsync()
        {
            var buffer = Rent();
            await Task.Yield();
            Return(buffer);
            Console.WriteLine(buffer);
        }

        private static Buffer Rent()
        {
            {{take}}
        }

        private static void Return(Buffer buffer) => s_id = buffer;

        private sealed class Buffer { public int Used; }
        """, "[ThreadStatic] private static Buffer? {|CTX003:s_id|};");

    [Fact]
    public Task But_not_what_is_cleared_for_a_while() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Func<Task> next)
        {
            var old = s_id;
            s_id = null;
            await next();
            s_id = old;
        }

        public async Task RunAsync(Func<Task> next)
        {
            s_id = null;
            await next();
            var left = s_id;
        }
        """,
        """
        public async Task HandleAsync(Func<Task> next)
        {
            var token = s_id.Set(null);
            try
            {
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }

        public async Task RunAsync(Func<Task> next)
        {
            var token = s_id.Set(null);
            try
            {
                await next();
                var left = s_id.Get();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Theory]
    [InlineData("private static System.Collections.Immutable.ImmutableList<string>? {|CTX001:s_id|};")]
    [InlineData("private static System.Collections.Frozen.FrozenSet<string>? {|CTX001:s_id|};")]
    [InlineData("private static IReadOnlyList<string>? {|CTX001:s_id|};")]
    public Task But_not_a_collection_that_stays_as_it_is(string field) => Fields.BecomesContextVar(
        field,
        "public async Task HandleAsync(Func<Task> next)\n{\n    s_id = null;\n    await next();\n}",
        field.Replace("static ", "static readonly ContextVar<").Replace("? {|CTX001:s_id|};", "?> s_id = new(\"id\", default);"),
        "public async Task HandleAsync(Func<Task> next)\n{\n    var token = s_id.Set(null);\n    try\n    {\n        await next();\n    }\n    finally\n    {\n        s_id.Reset(token);\n    }\n}");

    [Theory]
    [InlineData("public static void Use(string id) => s_id = id;", "Use(id: \"a\");")]
    [InlineData("public static void Use(string id) => s_id = id;", "Action<string> use = Use; use(\"a\");")]
    [InlineData("public static void Use(string id) => s_id = id;", "new List<string>().ForEach(item => Use(item));")]
    [InlineData("void IUse.Use(string id) => s_id = id;", "((IUse)this).Use(\"a\");")]
    [InlineData("public void Use(string id) => s_id = id;", "Use(\"a\");")] // Of the interface.
    [InlineData("public static void Use(string id) => s_id = id;", "")] // By whom, nobody knows.
    public Task A_setting_method_that_cannot_return_a_token(string method, string call) => Verify<StateMarker, CodeFixes.ConvertStateCodeFix>.FindsButDoesNotFix($$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        class Handler {{(method.Contains("static") ? "" : ": IUse")}}
        {
            private static string? {|CTX001:s_id|};

            {{method}}

            public async Task HandleAsync(Func<Task> next)
            {
                {{call}}
                await next();
                Console.WriteLine(s_id);
            }
        }

        interface IUse
        {
            void Use(string id);
        }
        """);

    [Fact]
    public Task A_value_that_each_round_of_a_loop_sees_of_the_one_before() => Fields.IsRefused(
        """
        public async Task HandleAsync(string[] ids, Func<Task> next)
        {
            foreach (var id in ids)
            {
                Console.WriteLine(s_id);
                s_id = id;
                await next();
            }
        }
        """);

    [Fact]
    public Task A_value_that_a_property_sets_for_who_reads_it() => Fields.IsRefused(
        """
        public string Loaded => Load("a");

        public async Task HandleAsync(Func<Task> next)
        {
            Console.WriteLine(Loaded);
            await next();
            Console.WriteLine(s_id);
        }

        private static string Load(string id)
        {
            s_id = id;
            return id.ToString();
        }
        """);

    [Fact]
    public Task Fields_outside_of_a_type() => Verify<StateMarker, CodeFixes.ConvertStateCodeFix>.FindsButDoesNotFix(
        """
        namespace App;

        static string? {|CS0116:{|CTX001:s_first|}|}, {|CTX001:s_id|};
        static async System.Threading.Tasks.Task {|CS0116:HandleAsync|}(string id)
        {
            {|CS0103:s_id|} = id;
            await System.Threading.Tasks.Task.Yield();
        }
        """);
}
