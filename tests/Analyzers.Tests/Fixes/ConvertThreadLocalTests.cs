using Verify = ContextAnalyzers.Tests.Verify<ContextAnalyzers.Tests.Fixes.ThreadLocalMarker, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Fixes;

public class ConvertThreadLocalTests
{
    [Theory]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new();", "default")]
    [InlineData("private static ThreadLocal<string?> {|CTX004:s_id|} = new ThreadLocal<string?>();", "default")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(trackAllValues: false);", "default")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(() => \"none\");", "\"none\"")]
    [InlineData("private static readonly System.Threading.ThreadLocal<string?> {|CTX004:s_id|} = new();", "default")]
    [InlineData("private static readonly Local {|CTX004:s_id|} = new();", "default")]
    public Task The_factory_s_constant_becomes_the_default(string field, string start) => Verify.Fixes(
        Source(field.Contains(" Local ") ? "using Local = System.Threading.ThreadLocal<string?>;\n" : "", field, "s_id.Value = id;", "Console.WriteLine(s_id.Value);"),
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;
        {{(field.Contains(" Local ") ? "using Local = System.Threading.ThreadLocal<string?>;\n" : "")}}
        class Handler
        {
            private static readonly ContextVar<string?> s_id = new("id", {{start}});

            public async Task HandleAsync(string id, Func<Task> next)
            {
                var token = s_id.Set(id);
                try
                {
                    await next();
                    Console.WriteLine(s_id.Get());
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
        }
        """);

    [Theory]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(() => Guid.NewGuid().ToString());", "Console.WriteLine(s_id.Value);")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(() => { return \"none\"; });", "Console.WriteLine(s_id.Value);")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(Make); private static string? Make() => \"none\";", "Console.WriteLine(s_id.Value);")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = Make(); private static ThreadLocal<string?> Make() => new();", "Console.WriteLine(s_id.Value);")]
    [InlineData("private static ThreadLocal<string?>? {|CTX004:s_id|} = new();", "Console.WriteLine(s_id?.Value);")]
    [InlineData("private static readonly ThreadLocal<Random> {|CTX004:s_id|} = new(() => new Random());", "Console.WriteLine(s_id.Value!.Next());")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(trackAllValues: true);", "Console.WriteLine(s_id.Value);")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new();", "Console.WriteLine(s_id.IsValueCreated);")]
    [InlineData("private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new();", "s_id.Dispose();")]
    public Task What_only_a_ThreadLocal_can_do_is_refused(string field, string after) =>
        Verify.FindsButDoesNotFix(Source("", field, field.Contains("Random") ? "" : "s_id.Value = id;", after));

    [Theory]
    [InlineData("Action<string> use = Use; use(id);")]
    [InlineData("Use(id: id);")]
    public Task A_setting_method_that_cannot_return_a_token_is_refused(string call) => Verify.FindsButDoesNotFix(Source(
        "", "private static readonly ThreadLocal<string?> {|CTX004:s_id|} = new(); private static void Use(string? id) => s_id.Value = id;", call, "Console.WriteLine(s_id.Value);"));

    private static string Source(string usings, string field, string before, string after) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        {{usings}}
        class Handler
        {
            {{field}}

            public async Task HandleAsync(string id, Func<Task> next)
            {
                {{before}}
                await next();
                {{after}}
            }
        }
        """;
}
