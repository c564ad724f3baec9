namespace ContextAnalyzers.Tests.Fixes;

/// <summary>A value that an awaited method sets is gone when it returns. Who reads it then need not name it, nor what reads it.</summary>
public class ConvertReadAfterwardsTests
{
    private const string Load =
        """
        private static async Task LoadAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
        }
        """;

    [Theory]
    [InlineData("_ = new Reader();", "class Reader { public Reader() => Console.WriteLine(s_id); }")]
    [InlineData("_ = new Reader();", "class Reader { public string? Id = s_id; }")]
    [InlineData("_ = new Reader();", "class Reader { public string? Id { get; } = s_id; }")]
    [InlineData("_ = new Reader(1);", "class Reader(int number) { public string? Id = s_id + number; }")]
    [InlineData("_ = new Derived();", "class Reader(string? id) { public override string? ToString() => id; } class Derived() : Reader(s_id);")]
    [InlineData("_ = new Derived();", "class Reader { public Reader() => Console.WriteLine(s_id); } class Derived : Reader { }")]
    [InlineData("_ = new Derived();", "class Reader { public string? Id = s_id; } class Derived : Reader { public Derived() : base() { } }")]
    [InlineData("Console.WriteLine(this + this);", "public static string operator +(Handler left, Handler right) => \"\" + s_id;")]
    [InlineData("Console.WriteLine((string)this);", "public static explicit operator string(Handler handler) => \"\" + s_id;")]
    [InlineData("Console.WriteLine(this[0]);", "private string this[int index] => s_id + index;")]
    [InlineData("Console.WriteLine(Name);", "private static string? Name => s_id;")]
    public Task Code_that_runs_behind_a_call_reads_it(string statement, string members) => Fields.IsRefused($$"""
        public async Task HandleAsync(string id, Func<Task> next)
        {
            await LoadAsync(id, next);
            {{statement}}
        }

        {{Load}}

        {{members}}
        """);

    [Theory]
    [InlineData("using var log = new Log(); await LoadAsync(id, next);")]
    [InlineData("using (var log = new Log()) { await LoadAsync(id, next); }")]
    [InlineData("using (new Log()) { await LoadAsync(id, next); return; }")]
    [InlineData("await using var log = new Log(); await LoadAsync(id, next);")]
    [InlineData("await LoadAsync(id, next); using (new Log()) { }")]
    [InlineData("try { await LoadAsync(id, next); return; } finally { Console.WriteLine(s_id); }")]
    [InlineData("try { await LoadAsync(id, next); throw new Exception(); } catch (Exception) { Console.WriteLine(s_id); }")]
    public Task What_cleans_up_reads_it(string statements) => Fields.IsRefused($$"""
        public async Task HandleAsync(string id, Func<Task> next)
        {
            {{statements}}
        }

        {{Load}}

        private sealed class Log : IDisposable, IAsyncDisposable
        {
            public void Dispose() => Console.WriteLine(s_id);

            public ValueTask DisposeAsync() => new(Console.Out.WriteLineAsync(s_id));
        }
        """);

    [Theory]
    [InlineData("using var log = new Log(); await LoadAsync(id, next);")]
    [InlineData("try { await LoadAsync(id, next); return; } finally { Console.WriteLine(); }")]
    [InlineData("if (id == \"a\") await LoadAsync(id, next); else Console.WriteLine(s_id.Get());")]
    [InlineData("switch (id) { case \"a\": await LoadAsync(id, next); break; default: Console.WriteLine(s_id.Get()); break; }")]
    [InlineData("await LoadAsync(id, next); void Print() => Console.WriteLine(s_id.Get());")]
    [InlineData("await LoadAsync(id, next); _ = new Reader();")]
    public Task What_does_not_read_it_is_no_hindrance(string statements)
    {
        string Members(string statements, string read) => $$"""
            public async Task HandleAsync(string id, Func<Task> next)
            {
            #pragma warning disable CS8321 // A function that is not used.
                {{statements}}
            }

            private sealed class Log : IDisposable { public void Dispose() => Console.WriteLine(); }

            private class Reader { public static readonly string? First = {{read}}; public int Length { get; } = 3; public string? Name => {{read}}; }


            """;

        return Fields.BecomesContextVar(
            Members(statements.Replace(".Get()", ""), "s_id") + Load,
            Members(statements, "s_id.Get()") + """
            private static async Task LoadAsync(string id, Func<Task> next)
            {
                var token = s_id.Set(id);
                try
                {
                    await next();
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
            """);
    }

    [Theory]
    [InlineData("step.Run();", "interface IStep { void Run(); }")]
    [InlineData("step.Run();", "abstract class IStep { public abstract void Run(); }")]
    [InlineData("step.Run();", "class IStep { public virtual void Run() { } }")]
    [InlineData("step.Run();", "class IStep : Step { public override void Run() { } } public class Step { public virtual void Run() { } }")]
    [InlineData("step();", "delegate void IStep();")]
    public Task Code_that_nobody_can_look_into_may_read_it(string call, string type) => Fields.IsRefused($$"""
        internal async Task HandleAsync(string id, IStep step)
        {
            Begin(id);
            {{call}}
            await Task.Yield();
        }

        private static void Begin(string id)
        {
            s_id = id;
            Console.WriteLine("begin");
        }

        internal {{type}}
        """);

    [Fact]
    public Task More_calls_than_can_be_followed_may_lead_to_a_read() => Fields.IsRefused($$"""
        public async Task HandleAsync(string id)
        {
            Begin(id);
            M0();
            await Task.Yield();
        }

        private static void Begin(string id)
        {
            s_id = id;
            Console.WriteLine("begin");
        }

        {{string.Join("\n", Enumerable.Range(0, 310).Select(number => $"private static void M{number}() => M{number + 1}();"))}}
        private static void M310() { }
        """);

    [Fact]
    public Task More_callers_than_can_be_followed_may_read_it() => Fields.IsRefused(
        """
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            First(id);
        }

        private static void First(string id) => Second(id);
        private static void Second(string id) => Third(id);
        private static void Third(string id) => Fourth(id);
        private static void Fourth(string id) => Fifth(id);
        private static void Fifth(string id)
        {
            s_id = id;
            Console.WriteLine("fifth");
        }
        """);

    [Fact]
    public Task Callers_are_followed_up_to_where_the_flow_ends() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            First(id);
        }

        private static void First(string id) => Second(id);
        private static void Second(string id) => Third(id);
        private static void Third(string id) => Fourth(id);
        private static void Fourth(string id)
        {
            s_id = id;
            Console.WriteLine("fourth");
        }
        """,
        """
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            First(id);
        }

        private static void First(string id) => Second(id);
        private static void Second(string id) => Third(id);
        private static void Third(string id) => Fourth(id);
        private static void Fourth(string id)
        {
            var token = s_id.Set(id);
            try
            {
                Console.WriteLine("fourth");
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_function_that_calls_itself_has_no_other_callers_by_that() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            Visit(id);
        }

        private static void Visit(string id)
        {
            s_id = id;
            Console.WriteLine("visit");
            if (id.Length > 1)
                Visit(id.Substring(1));
        }
        """,
        """
        public async Task HandleAsync(string id)
        {
            await Task.Yield();
            Visit(id);
        }

        private static void Visit(string id)
        {
            var token = s_id.Set(id);
            try
            {
                Console.WriteLine("visit");
                if (id.Length > 1)
                    Visit(id.Substring(1));
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_caller_that_one_function_has_in_common_with_another_is_asked_for_both() => Fields.IsRefused(
        """
        public async Task LoadAsync(string id)
        {
            s_id = id;
            await Task.Yield();
            Console.WriteLine(id);
        }

        public void Load(string id)
        {
            s_id = id;
            Console.WriteLine(id);
        }

        public void Begin()
        {
            _ = LoadAsync("a");
            Load("b");
        }
        """);

    [Fact]
    public Task What_a_call_is_given_is_read_before_it() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id)
        {
            await this.LoadAsync(id, Get());
        }

        private static string? Get() => s_id;

        private async Task LoadAsync(string id, string? former)
        {
            s_id = id;
            await Task.Yield();
            Console.WriteLine(former + Get());
        }
        """,
        """
        public async Task HandleAsync(string id)
        {
            await this.LoadAsync(id, Get());
        }

        private static string? Get() => s_id.Get();

        private async Task LoadAsync(string id, string? former)
        {
            var token = s_id.Set(id);
            try
            {
                await Task.Yield();
                Console.WriteLine(former + Get());
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_function_in_a_field_has_callers_too() => Fields.IsRefused(
        """
        private static readonly Func<string, Func<Task>, Task> s_run = async (id, next) =>
        {
            s_id = id;
            await next();
        };

        public async Task HandleAsync(Func<Task> next)
        {
            await s_run("a", next);
            Console.WriteLine(s_id);
        }
        """);

    [Fact]
    public Task An_async_function_in_a_field_is_a_flow_of_its_own() => Fields.BecomesContextVar(
        """
        private static readonly Dictionary<string, Func<Task>> s_handlers = new()
        {
            ["a"] = async () =>
            {
                s_id = "a";
                await Task.Yield();
                Console.WriteLine(s_id);
            },
        };

        public Task HandleAsync(string name) => s_handlers[name]();
        """,
        """
        private static readonly Dictionary<string, Func<Task>> s_handlers = new()
        {
            ["a"] = async () =>
            {
                var token = s_id.Set("a");
                try
                {
                    await Task.Yield();
                    Console.WriteLine(s_id.Get());
                }
                finally
                {
                    s_id.Reset(token);
                }
            },
        };

        public Task HandleAsync(string name) => s_handlers[name]();
        """);

    [Theory]
    [InlineData("Task.Run(() => {")]
    [InlineData("Task.Factory.StartNew(() => {")]
    [InlineData("done.ContinueWith(_ => {")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => {")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => {", ", null")]
    [InlineData("Parallel.For(0, 2, _ => {")]
    [InlineData("Parallel.ForEach(new[] { 1 }, _ => {")]
    [InlineData("Parallel.ForEachAsync(new[] { 1 }, async (_, _) => { await done;")]
    [InlineData("Parallel.Invoke(() => {")]
    [InlineData("_ = new Thread(() => {")]
    [InlineData("_ = new Timer(_ => {")]
    [InlineData("_ = new Task(() => {")]
    public Task What_another_thread_runs_sets_for_itself(string start, string arguments = "") => Fields.BecomesContextVar(
        Elsewhere($$"""
                {{start}}
                    s_id = id;
                    step();
                }{{arguments}});
            """),
        Elsewhere($$"""
                {{start}}
                    var token = s_id.Set(id);
                    try
                    {
                        step();
                    }
                    finally
                    {
                        s_id.Reset(token);
                    }
                }{{arguments}});
            """));

    [Fact]
    public Task What_a_parallel_loop_runs_sets_for_itself_without_await() => Fields.BecomesContextVar(
        """
        public void Handle(string[] ids, Action step)
        {
            _ = Parallel.ForEachAsync(ids, (id, _) =>
            {
                s_id = id;
                step();
                return default;
            });
        }
        """,
        """
        public void Handle(string[] ids, Action step)
        {
            _ = Parallel.ForEachAsync(ids, (id, _) =>
            {
                var token = s_id.Set(id);
                try
                {
                    step();
                    return default;
                }
                finally
                {
                    s_id.Reset(token);
                }
            });
        }
        """);

    [Fact]
    public Task A_program_sets_for_itself() => Fields.BecomesContextVar(
        """
        public static void Main(string[] args)
        {
            s_id = args[0];
            Console.WriteLine(s_id);
        }
        """,
        """
        public static void Main(string[] args)
        {
            var token = s_id.Set(args[0]);
            try
            {
                Console.WriteLine(s_id.Get());
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Theory]
    [InlineData("public void Main(string[] args)")]
    [InlineData("public static void Begin(string[] args)")]
    public Task What_may_set_for_others_does_not_end_with_its_value(string method) => Fields.IsRefused($$"""
        {{method}}
        {
            s_id = args[0];
            Console.WriteLine(s_id);
        }
        """);

    [Fact]
    public Task A_setter_that_is_called_by_another_name_cannot_hand_out_a_token() => Fields.IsRefused("""
        public async Task HandleAsync(string id, IEnter enter)
        {
            enter.Enter(id);
            await Task.Yield();
        }

        public interface IEnter { void Enter(string id); }

        private sealed class EnterHere : IEnter
        {
            public void Enter(string id) => s_id = id;
        }
        """);

    [Fact]
    public Task What_is_made_when_it_is_asked_for_sets_for_who_asks() => Fields.IsRefused(Elsewhere(
        """
            _ = new ThreadLocal<int>(() => {
                s_id = id;
                step();
                return 1;
            });
        """));

    private static string Elsewhere(string statement) => $$"""
        public void Handle(string id, Action step, Task done)
        {
        {{statement}}
        }
        """;
}
