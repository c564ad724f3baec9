using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetInOtherFlowAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class ResetInOtherFlowTests
{
    [Fact]
    public Task Async_DisposeAsync_is_found() => Verify.Finds(Class("""
        sealed class Scope : IAsyncDisposable
        {
            private readonly Token<string> _token = Trace.Set("a");

            public async ValueTask DisposeAsync()
            {
                await WorkAsync();
                [|Trace.Reset(_token)|];
            }
        }

        sealed class Explicit : IAsyncDisposable
        {
            private Token<string>? _token = Trace.Set("a");

            async ValueTask IAsyncDisposable.DisposeAsync() => [|_token?.Dispose()|];
        }
        """.Replace("[|_token?.Dispose()|]", "_token?[|.Dispose()|]")));

    [Fact]
    public Task Dispose_that_is_not_async_is_silent() => Verify.Silent(Class("""
        sealed class Scope : IAsyncDisposable, IDisposable
        {
            private readonly Token<string> _token = Trace.Set("a");

            public ValueTask DisposeAsync()
            {
                Trace.Reset(_token);
                return default;
            }

            public void Dispose() => Trace.Reset(_token);
        }

        sealed class Local : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                var token = Trace.Set("a");
                try { await WorkAsync(); } finally { Trace.Reset(token); }
            }
        }
        """));

    [Fact]
    public Task Delegate_that_runs_elsewhere_is_found() => Verify.Finds(Class("""
        void M(Task task)
        {
            var token = Trace.Set("a");
            Task.Run(() => [|Trace.Reset(token)|]);
            task.ContinueWith(_ => [|Trace.TryReset(token)|]);
            new Thread(() => { Work(); [|token.Dispose()|]; }).Start();
            new Task(() => [|Trace.Reset(token)|]).Start();
            ThreadPool.QueueUserWorkItem(_ => [|Trace.Reset(token)|]);
            using var timer = new Timer(_ => [|Trace.Reset(token)|]);
        }
        """));

    [Fact]
    public Task Parameter_and_converted_token_are_found() => Verify.Finds(Class("""
        void M(Token<string> parameter)
        {
            IDisposable boxed = Trace.Set("a");
            Token<string>? nullable = Trace.Set("a");
            Task.Run(() => [|Trace.Reset(parameter)|]);
            Task.Run(() => [|Trace.Reset((Token<string>)boxed)|]);
            Task.Run(() => [|Trace.Reset(nullable.Value)|]);
            Task.Run(() => [|Trace.Reset(nullable.GetValueOrDefault())|]);
            Task.Run(() => nullable?[|.Dispose()|]);
            Task.Run((Action)(() => [|Trace.Reset(parameter)|]));
        }
        """));

    [Fact]
    public Task Token_that_nobody_around_holds_is_silent() => Verify.Silent(Class("""
        static Token<string> Begin() => Trace.Set("a");

        void M(Dictionary<string, Token<string>> tokens, Dictionary<Action, int> actions, Token<string> parameter)
        {
            Task.Run(() => Trace.Reset(Begin()));
            Task.Run(() => tokens["a"].Dispose());
            Task.Run(() => { parameter = Trace.Set("a"); Work(); });
            Log("" + actions[() => Trace.Reset(parameter)]);
        }
        """));

    [Fact]
    public Task Async_lambda_and_local_function_are_found() => Verify.Finds(Method("""
        var token = Trace.Set("a");
        Func<Task> later = async () => { await WorkAsync(); [|Trace.Reset(token)|]; };
        async Task Later() { await WorkAsync(); [|Trace.Reset(token)|]; }
        later();
        Later();
        """));

    [Fact]
    public Task Delegate_that_sets_and_resets_is_silent() => Verify.Silent(Method("""
        Task.Run(() =>
        {
            var token = Trace.Set("a");
            try { Work(); } finally { Trace.Reset(token); }
        });
        """));

    [Fact]
    public Task Delegate_that_may_run_here_is_silent() => Verify.Silent(Method("""
        var token = Trace.Set("a");
        Action reset = () => Trace.Reset(token);
        try { Work(); } finally { reset(); }
        """));

    [Fact]
    public Task Local_function_that_runs_only_elsewhere_is_found() => Verify.Finds(Method("""
        var token = Trace.Set("a");
        Task.Run(Undo);
        new Thread(Undo).Start();
        Task.Run(() => Log(""));
        void Undo() => [|Trace.Reset(token)|];
        """));

    [Theory]
    [InlineData("Task.Run(Undo); Undo();")]
    [InlineData("Task.Run(Undo); Action undo = Undo; undo();")]
    [InlineData("Run(Undo); static void Run(Action action) => action();")]
    public Task Local_function_that_may_run_here_is_silent(string statements) => Verify.Silent(Method($$"""
        var token = Trace.Set("a");
        {{statements}}
        void Undo() => Trace.Reset(token);
        """));

    [Fact]
    public Task Method_that_is_handed_over_by_its_name_is_silent() => Verify.Silent(Class("""
        private Token<string> _token;

        void Begin() { _token = Trace.Set("a"); Task.Run(End); }
        void End() => Trace.Reset(_token);
        """));

    [Fact]
    public Task Token_that_an_async_method_returns_is_found() => Verify.Finds(Class("""
        static async Task<Token<string>> BeginAsync()
        {
            await WorkAsync();
            return [|Trace.Set("a")|];
        }

        static async ValueTask<Token<string>> LaterAsync()
        {
            var token = [|Trace.Set("a")|];
            await WorkAsync();
            return token;
        }

        Func<Task<Token<string>>> _lambda = async () => [|Trace.Set("a")|];
        """));

    [Fact]
    public Task Token_of_a_method_that_is_not_async_is_silent() => Verify.Silent(Class("""
        static Task<Token<string>> BeginAsync() => Task.FromResult(Trace.Set("a"));

        static Token<string> Begin() => Trace.Set("a");
        """));
}
