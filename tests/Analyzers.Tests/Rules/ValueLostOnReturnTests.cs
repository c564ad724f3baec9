using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ValueLostOnReturnAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class ValueLostOnReturnTests
{
    [Fact]
    public Task Async_method_that_only_sets_is_found() => Verify.Finds(Class("""
        static async Task SetAsync(string value)
        {
            await Task.Yield();
            [|Trace.Set(value)|];
        }

        static async Task SetFirstAsync(string value)
        {
            [|Trace.Set(value)|];
            await Task.Delay(1).ConfigureAwait(false);
        }

        static async void SetAndForget(string value) => [|Trace.Set(value)|];

        static async ValueTask<int> SetAndReturn(string value)
        {
            _ = [|Trace.Set(value)|];
            return await Task.FromResult(1);
        }
        """));

    [Fact]
    public Task Async_lambda_that_only_sets_is_found() => Verify.Finds(Method("""
        Func<string, Task> set = async value => [|Trace.Set(value)|];
        """));

    [Fact]
    public Task Token_kept_in_a_field_does_not_keep_the_value() => Verify.Finds(Class("""
        private Token<string> _token;

        async Task InitializeAsync()
        {
            await Task.Yield();
            _token = [|Trace.Set("a")|];
        }

        void Dispose() => Trace.Reset(_token);
        """));

    [Fact]
    public Task Value_that_the_rest_of_the_method_can_see_is_silent() => Verify.Silent(Class("""
        static async Task Calls() { Trace.Set("a"); await WorkAsync(); }

        static async Task Reads() { await Task.Yield(); Trace.Set("a"); Log(Trace.Get()); }

        static async Task Returns(Func<Task> next) { using (Trace.Set("a")) { } using var _ = Trace.Set("b"); await next(); }

        static async Task PassesOn() => Log(Trace.Set("a").OldValue);
        """));

    [Theory]
    [InlineData("_ = Name;")]
    [InlineData("_ = new Reader();")]
    [InlineData("Action later = () => { };")]
    [InlineData("Done += handler;")]
    [InlineData("anything.Go();")]
    [InlineData("Delay();")]
    public Task What_runs_code_may_see_the_value(string statement) => Verify.Silent(After(statement));

    [Theory]
    [InlineData("_ = new Plain();")]
    [InlineData("_ = Count + 1;")]
    [InlineData("await Task.Yield();")]
    [InlineData("await Task.CompletedTask;")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.FromResult(1);")]
    [InlineData("await ValueTask.CompletedTask.ConfigureAwait(false);")]
    public Task What_runs_no_code_does_not_see_the_value(string statement) => Verify.Finds(After(statement, "[|Trace.Set(\"a\")|]"));

    [Fact]
    public Task Who_only_asks_the_token_does_not_see_the_value() => Verify.Finds(Class("""static async Task M() => _ = [|Trace.Set("a")|].OldValue;"""));

    private static string After(string statement, string set = "Trace.Set(\"a\")") => Class($$"""
        sealed class Plain { }
        sealed class Reader { public Reader() => Log(Trace.Get()); }
        static string Name => Trace.Get();
        static int Count;
        static event Action Done;
        static void Delay() => Log(Trace.Get());

        static async Task M(Action handler, dynamic anything)
        {
            await Task.Yield();
            {{set}};
            {{statement}}
        }
        """);

    [Fact]
    public Task Methods_that_are_not_async_are_silent() => Verify.Silent(Class("""
        static void Set(string value) => Trace.Set(value);

        static Task SetAsync(string value)
        {
            Trace.Set(value);
            return Task.CompletedTask;
        }
        """));

    [Fact]
    public Task Token_that_is_reset_is_silent() => Verify.Silent(Class("""
        static async Task M()
        {
            await Task.Yield();
            var token = Trace.Set("a");
            Trace.Reset(token);
        }
        """));
}
