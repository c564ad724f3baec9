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

    [Fact]
    public Task A_write_that_nothing_follows() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            s_id = id;
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
}
