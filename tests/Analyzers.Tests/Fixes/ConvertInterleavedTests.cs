namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Scopes of one variable nest. Writes that do not are left alone: a reset would bring back a value that another write had replaced.</summary>
public class ConvertInterleavedTests
{
    [Theory]
    [InlineData("s_id = id; await next(); s_id = \"b\"; await next(); s_id = null; await next();")] // One clear for two writes.
    [InlineData("s_id = id; await next(); s_id = \"b\"; await next(); s_id = null; await next(); s_id = null;")]
    [InlineData("s_id = id; try { await next(); s_id = \"b\"; await next(); } finally { s_id = null; } await next();")]
    [InlineData("s_id = id; try { await next(); } catch (Exception) { s_id = \"b\"; await next(); throw; } finally { s_id = null; }")]
    [InlineData("s_id = id; if (id == \"a\") s_id = \"b\"; await next(); s_id = null;")]
    public Task A_write_that_outlasts_the_one_around_it_is_refused(string statements) => Fields.IsRefused($$"""
        public async Task HandleAsync(string id, Func<Task> next)
        {
            {{statements}}
        }
        """);

    [Fact]
    public Task Steps_that_cross_are_refused() => Fields.IsRefused(
        "public async Task HandleAsync(Func<Task> next) { s_n++; await next(); s_n++; await next(); s_n--; await next(); s_n--; }",
        "private static int {|CTX001:s_n|};");

    [Fact]
    public Task Saved_values_nest() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var outer = s_id;
            s_id = id;
            await next();
            var inner = s_id;
            s_id = "b";
            await next();
            s_id = inner;
            await next();
            s_id = outer;
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                await next();
                var idToken = s_id.Set("b");
                try
                {
                    await next();
                }
                finally
                {
                    s_id.Reset(idToken);
                }
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task Writes_that_follow_each_other_have_a_scope_each() => Fields.BecomesContextVar(
        "private static int {|CTX001:s_depth|};",
        """
        public async Task HandleAsync(Func<Task> next)
        {
            s_depth += 2;
            await next();
            s_depth -= 2;
            s_depth--;
            await next();
            s_depth++;
            s_depth++;
            await next();
            s_depth--;
        }
        """,
        "private static readonly ContextVar<int> s_depth = new(\"depth\", default);",
        """
        public async Task HandleAsync(Func<Task> next)
        {
            var token = s_depth.Set(s_depth.Get() + 2);
            try
            {
                await next();
            }
            finally
            {
                s_depth.Reset(token);
            }
            var depthToken = s_depth.Set(s_depth.Get() - 1);
            try
            {
                await next();
            }
            finally
            {
                s_depth.Reset(depthToken);
            }
            var depthToken2 = s_depth.Set(s_depth.Get() + 1);
            try
            {
                await next();
            }
            finally
            {
                s_depth.Reset(depthToken2);
            }
        }
        """);

    [Fact]
    public Task A_write_in_a_try_that_restores_at_the_end_nests() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            try
            {
                if (id == "a")
                    s_id = "b";
                await next();
            }
            finally
            {
                s_id = null;
            }
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                Token<string?> idToken = default;
                try
                {
                    if (id == "a")
                        idToken = s_id.Set("b");
                    await next();
                }
                finally
                {
                    idToken.Dispose();
                }
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);
}
