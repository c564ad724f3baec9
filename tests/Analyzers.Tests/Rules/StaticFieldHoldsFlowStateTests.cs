using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.StaticFieldHoldsFlowStateAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class StaticFieldHoldsFlowStateTests
{
    private const string RequestContext =
        """
        public static class RequestContext
        {
            public static string? RequestId { get; set; }
        }
        """;

    [Fact]
    public Task Middleware_that_sets_a_static_property_of_another_file_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class Request { public string Id = ""; }
        class Middleware(Func<Request, Task> next)
        {
            public async Task InvokeAsync(Request request)
            {
                [|RequestContext.RequestId|] = request.Id;
                await next(request);
            }
        }
        """,
        RequestContext);

    [Fact]
    public Task Value_saved_set_and_restored_around_an_await_is_found() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class C
        {
            static string? s_name;
            async Task Run()
            {
                var old = s_name;
                [|s_name|] = "inner";
                try { await Task.Yield(); }
                finally { s_name = old; }
            }
        }
        """);

    [Fact]
    public Task Value_set_and_cleared_around_an_await_is_found() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class C
        {
            static bool s_isQuiet;
            async Task Run()
            {
                [|s_isQuiet|] = true;
                await Task.Yield();
                s_isQuiet = false;
            }
        }
        """);

    [Theory]
    [InlineData("s_name = name; Use(s_name); s_name = null; await Task.Yield();")]
    [InlineData("s_name ??= Make(); await Task.Yield();")]
    [InlineData("if (s_name == null) s_name = await MakeAsync(); await Task.Yield();")]
    [InlineData("lock (s_gate) { s_name = name; } await Task.Yield();")]
    [InlineData("await s_semaphore.WaitAsync(); s_name = name; await Task.Yield(); s_semaphore.Release();")]
    [InlineData("Interlocked.Exchange(ref s_name, name); await Task.Yield();")]
    [InlineData("Use(nameof(s_name)); await Task.Yield();")]
    public Task Value_that_no_other_flow_can_overwrite_is_silent(string body) => Verify.Silent(
        $$"""
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            static readonly object s_gate = new();
            static readonly SemaphoreSlim s_semaphore = new(1);
            static string? s_name;
            static string Make() => "";
            static Task<string> MakeAsync() => Task.FromResult("");
            static void Use(string? value) { }

            async Task Run(string name)
            {
                {{body}}
            }
        }
        """);
}
