namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Writes that are part of an expression move in front of it, where nobody could tell.</summary>
public class ConvertExpressionTests
{
    [Fact]
    public Task An_assignment_in_an_argument() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<string, Task> next)
        {
            // The log wants it.
            await next(s_id = id);
            Console.WriteLine(s_id);
        }
        """,
        """
        public async Task HandleAsync(string id, Func<string, Task> next)
        {
            // The log wants it.
            var token = s_id.Set(id);
            try
            {
                await next(id);
                Console.WriteLine(s_id.Get());
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task An_assignment_in_a_returned_call() => Fields.BecomesContextVar(
        """
        public async Task<string> HandleAsync(string id, Func<string?, Task<string>> next)
        {
            return await next(s_id = id + "!");
        }
        """,
        """
        public async Task<string> HandleAsync(string id, Func<string?, Task<string>> next)
        {
            var token = s_id.Set(id + "!");
            try
            {
                return await next(s_id.Get());
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task An_assignment_in_a_condition() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Func<string?> find, Func<Task> next)
        {
            if ((s_id = find()) != null)
                Console.WriteLine("found");

            await next();
        }
        """,
        """
        public async Task HandleAsync(Func<string?> find, Func<Task> next)
        {
            var token = s_id.Set(find());
            try
            {
                if (s_id.Get() != null)
                    Console.WriteLine("found");

                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task An_assignment_that_initializes_a_local() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Task<string> id, Func<Task> next)
        {
            var mine = s_id = await id;
            await next();
            Console.WriteLine(mine);
        }
        """,
        """
        public async Task HandleAsync(Task<string> id, Func<Task> next)
        {
            var token = s_id.Set(await id);
            try
            {
                var mine = s_id.Get()!;
                await next();
                Console.WriteLine(mine);
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_chain_of_assignments() => Fields.BecomesContextVar(
        """
        public string? Last;

        public async Task HandleAsync(string id, Func<Task> next)
        {
            Last = s_id = id;
            await next();
        }
        """,
        """
        public string? Last;

        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                Last = id;
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task An_assignment_in_an_object_initializer() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<Uri, Task> next)
        {
            var request = new UriBuilder { Path = s_id = id };
            await next(request.Uri);
            await next(new UriBuilder { Path = s_id }.Uri);
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Uri, Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                var request = new UriBuilder { Path = id };
                await next(request.Uri);
                await next(new UriBuilder { Path = s_id.Get() }.Uri);
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task An_assignment_in_an_expression_bodied_method() => Fields.BecomesContextVar(
        """
        public Task HandleAsync(string id, Func<string, Task> next) => next(s_id = id);

        public string? Id => s_id;
        """,
        """
        public Task HandleAsync(string id, Func<string, Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                return next(id);
            }
            finally
            {
                s_id.Reset(token);
            }
        }

        public string? Id => s_id.Get();
        """);

    [Fact]
    public Task An_assignment_in_an_expression_bodied_lambda() => Fields.BecomesContextVar(
        """
        public Func<string, Task> Wrap(Func<string, Task> next) => async id => await next(s_id = id);
        """,
        """
        public Func<string, Task> Wrap(Func<string, Task> next) => async id =>
        {
            var token = s_id.Set(id);
            try
            {
                await next(id);
            }
            finally
            {
                s_id.Reset(token);
            }
        };
        """);

    [Fact]
    public Task An_assignment_in_an_embedded_statement() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string? id, Func<string, Task> next)
        {
            if (id is not null)
                await next(s_id = id);
        }
        """,
        """
        public async Task HandleAsync(string? id, Func<string, Task> next)
        {
            if (id is not null)
            {
                var token = s_id.Set(id);
                try
                {
                    await next(id);
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
        }
        """);

    [Fact]
    public Task A_depth_that_is_looked_at_as_it_grows() => Fields.BecomesContextVar(
        "private static int {|CTX001:s_depth|};",
        """
        public async Task HandleAsync(Func<Task> next)
        {
            if (++s_depth > 10)
                throw new InvalidOperationException();

            try
            {
                await next();
            }
            finally
            {
                s_depth--;
            }
        }
        """,
        "private static readonly ContextVar<int> s_depth = new(\"depth\", default);",
        """
        public async Task HandleAsync(Func<Task> next)
        {
            var token = s_depth.Set(s_depth.Get() + 1);
            try
            {
                if (s_depth.Get() > 10)
                    throw new InvalidOperationException();

                await next();
            }
            finally
            {
                s_depth.Reset(token);
            }
        }
        """);

    [Fact]
    public Task What_only_names_variables_may_come_before() => Fields.BecomesContextVar(
        """
        private readonly Handler? _next = null;

        public Task HandleAsync(string id, int number, Func<string> make) => _next!.RunAsync(number, 7, typeof(int), () => number, s_id = make());

        private async Task RunAsync(int a, int b, Type type, Func<int> f, string? id)
        {
            await Task.Yield();
            Console.WriteLine(s_id);
        }
        """,
        """
        private readonly Handler? _next = null;

        public Task HandleAsync(string id, int number, Func<string> make)
        {
            var token = s_id.Set(make());
            try
            {
                return _next!.RunAsync(number, 7, typeof(int), () => number, s_id.Get());
            }
            finally
            {
                s_id.Reset(token);
            }
        }

        private async Task RunAsync(int a, int b, Type type, Func<int> f, string? id)
        {
            await Task.Yield();
            Console.WriteLine(s_id.Get());
        }
        """);

    [Fact]
    public Task An_assignment_in_an_expression_bodied_local_function() => Fields.BecomesContextVar(
        """
        public Task HandleAsync(string id, Func<string, Task> next)
        {
            return RunAsync(id);

            async Task RunAsync(string mine) =>
                await next(s_id = mine);
        }
        """,
        """
        public Task HandleAsync(string id, Func<string, Task> next)
        {
            return RunAsync(id);

            async Task RunAsync(string mine)
            {
                var token = s_id.Set(mine);
                try
                {
                    await next(mine);
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
        }
        """);

    [Theory]
    [InlineData("await next(Read(), s_id = id);")] // Read would see the new value.
    [InlineData("await next(make(), s_id = id);")] // So might what nobody can look into.
    [InlineData("await next(id = \"other\", s_id = id);")]
    [InlineData("await next(id, s_id = id = \"other\");")]
    [InlineData("await next(s_id, s_id = id);")]
    [InlineData("if (make() == id && await Is(s_id = id)) { }")] // Only in some cases.
    [InlineData("if (id != null && await Is(s_id = id)) { }")]
    [InlineData("if (id == null || await Is(s_id = id)) { }")]
    [InlineData("var z = id ?? (s_id = id);")]
    [InlineData("var x = id == \"a\" ? s_id = id : null;")]
    [InlineData("_ = id?.StartsWith(s_id = id);")]
    [InlineData("while ((s_id = make()) != null) { await next(id, id); }")] // Every round.
    [InlineData("for (s_id = id; make() != null;) { await next(id, id); }")]
    [InlineData("if (id == \"a\") { } else if ((s_id = make()) != null) { }")]
    [InlineData("var y = id switch { _ => s_id = id };")]
    [InlineData("try { } catch (Exception) when ((s_id = id) != null) { }")]
    [InlineData("await next(new Reader().Name, s_id = id);")] // Made before.
    [InlineData("_ = new Reader { Name = s_id = id };")]
    [InlineData("await next(id, s_id = Other());")] // Other sets what stands in front of it.
    [InlineData("_ = new Reader() with { Name = s_id = make() };")] // What make changes is copied before.
    [InlineData("await next(s_id = id, s_id = make());")]
    public Task A_write_that_cannot_come_first_is_refused(string statement) => Fields.IsRefused($$"""
        public async Task HandleAsync(string id, Func<string?, string, Task> next, Func<string> make)
        {
            {{statement}}
            await next("a", "b");

            string Other() => id = "b";
        }

        private record Reader
        {
            public string? Name { get; init; } = s_id;
        }

        private static string? Read() => s_id;

        private static Task<bool> Is(string id) => Task.FromResult(id == s_id);
        """);

    [Theory]
    [InlineData("public string Name => Read(s_id = \"a\");")]
    [InlineData("public string Name { get => Read(s_id = \"a\"); }")]
    [InlineData("public string Name { set => Read(s_id = value); }")]
    [InlineData("public string this[int index] => Read(s_id = \"a\");")]
    [InlineData("public event Action Closed { add => Read(s_id = \"a\"); remove { } }")]
    [InlineData("public static string operator +(Handler handler, string id) => Read(s_id = id);")]
    public Task A_write_behind_the_arrow_of_an_accessor_or_operator_is_refused(string member) => Fields.IsRefused($$"""
        {{member}}

        private static string Read(string? text) => s_id + text;
        """);

    [Fact]
    public Task The_old_value_of_an_increment_is_refused() => Fields.IsRefused(
        """
        public async Task HandleAsync(Func<int, Task> next)
        {
            await next(s_id++);
            s_id--;
        }
        """,
        "private static int {|CTX001:s_id|};");

    [Fact]
    public Task A_value_for_the_caller_is_refused() => Fields.IsRefused(
        """
        public string Get(Func<string> make)
        {
            return s_id = make();
        }

        public string GetOnce(Func<string> make) => s_id ??= make();
        """);

    [Theory]
    [InlineData("_ = (s_id = find()) != null ? 1 : 2;", "_ = s_id.Get() != null ? 1 : 2;")]
    [InlineData("_ = (s_id = find()) != null && id != null;", "_ = s_id.Get() != null && id != null;")]
    [InlineData("_ = (s_id = find())?.Length;", "_ = s_id.Get()?.Length;")]
    [InlineData("_ = new Uri(s_id = find());", "_ = new Uri(s_id.Get());")]
    [InlineData("_ = $\"{s_id = find()}\";", "_ = $\"{s_id.Get()}\";")]
    [InlineData("_ = new { Id = s_id = find() };", "_ = new { Id = s_id.Get() };")]
    [InlineData("_ = Math.Max(val1: (s_id = find()).Length, val2: 2);", "_ = Math.Max(val1: s_id.Get()!.Length, val2: 2);")]
    public Task What_is_evaluated_first_moves_in_front(string statement, string fixedStatement) => Fields.BecomesContextVar(
        $$"""
        public async Task HandleAsync(string? id, Func<string> find, Func<Task> next)
        {
            {{statement}}
            await next();
        }
        """,
        $$"""
        public async Task HandleAsync(string? id, Func<string> find, Func<Task> next)
        {
            var token = s_id.Set(find());
            try
            {
                {{fixedStatement.Replace("Uri(s_id.Get()", "Uri(s_id.Get()!")}}
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_depth_that_grows_behind_other_arguments() => Fields.BecomesContextVar(
        "private static int {|CTX001:s_depth|};",
        """
        public async Task HandleAsync(string id, Func<string, object, int, Task> next)
        {
            await next(id, new object(), ++s_depth);
            s_depth--;
        }
        """,
        "private static readonly ContextVar<int> s_depth = new(\"depth\", default);",
        """
        public async Task HandleAsync(string id, Func<string, object, int, Task> next)
        {
            var token = s_depth.Set(s_depth.Get() + 1);
            try
            {
                await next(id, new object(), s_depth.Get());
            }
            finally
            {
                s_depth.Reset(token);
            }
        }
        """);

    [Fact]
    public Task An_assignment_in_a_switch_section() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<string, Task> next)
        {
            switch (id)
            {
                case "a":
                    Console.WriteLine("a");
                    await next(s_id = id);
                    break;
            }
        }
        """,
        """
        public async Task HandleAsync(string id, Func<string, Task> next)
        {
            switch (id)
            {
                case "a":
                    Console.WriteLine("a");
                    var token = s_id.Set(id);
                    try
                    {
                        await next(id);
                        break;
                    }
                    finally
                    {
                        s_id.Reset(token);
                    }
            }
        }
        """);

    [Theory]
    [InlineData("public Handler(string id)", "_ = new Handler(\"a\");", "")]
    [InlineData("public static void Run(string id)", "Run(\"a\");", "")]
    [InlineData("public static string Run(string id)", "Run(\"a\");", "return ")]
    [InlineData("public static async Task RunAsync(string id)", "await RunAsync(\"a\");", "await ")]
    [InlineData("public static async Task<string> RunAsync(string id)", "await RunAsync(\"a\");", "return await ")]
    public Task An_assignment_behind_the_arrow_of_a_function(string function, string call, string returns)
    {
        var print = returns switch { "" => "void Print(string id) => Console.WriteLine(", "return " => "string Print(string id) => (", _ => "Task<string> Print(string id) => Task.FromResult(" };
        string Members(string run, string read) => $$"""
            {{run}}

            public static async Task MainAsync()
            {
                {{call}}
                await Task.Yield();
            }

            private static {{print}}{{read}} + id);
            """;

        return Fields.BecomesContextVar(
            Members($"{function} => {(returns.Contains("await") ? "await " : "")}Print(s_id = id);", "s_id"),
            Members($"{function}\n{{\n    var token = s_id.Set(id);\n    try\n    {{\n        {returns}Print(id);\n    }}\n    finally\n    {{\n        s_id.Reset(token);\n    }}\n}}", "s_id.Get()"));
    }

    [Fact]
    public Task Text_that_is_added_and_a_value_that_is_made_once() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string? id, Func<string, Task> next)
        {
            s_id += id ?? "a";
            await next("");
        }

        public async Task EnsureAsync(string id, Func<string, Task> next)
        {
            await next(s_id ??= id);
        }
        """,
        """
        public async Task HandleAsync(string? id, Func<string, Task> next)
        {
            var token = s_id.Set(s_id.Get() + (id ?? "a"));
            try
            {
                await next("");
            }
            finally
            {
                s_id.Reset(token);
            }
        }

        public async Task EnsureAsync(string id, Func<string, Task> next)
        {
            var token = s_id.Set(s_id.Get() ?? id);
            try
            {
                await next(s_id.Get()!);
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task More_writes_in_one_statement_than_anybody_reads_are_refused() => Fields.IsRefused(
        $"public async Task HandleAsync(string id, Func<string, Task> next)\n{{\n    await next({string.Concat(Enumerable.Repeat("s_id = ", 12))}id);\n}}");
}
