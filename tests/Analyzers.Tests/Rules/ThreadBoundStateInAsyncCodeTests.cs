using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadBoundStateInAsyncCodeAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class ThreadBoundStateInAsyncCodeTests
{
    private static string InMethod(string body, string modifiers = "async Task") =>
        $$"""
        using System;
        using System.Text;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;
            [ThreadStatic] static StringBuilder? t_buffer;
            static string? Name { get => t_name; set => t_name = value; }
            static StringBuilder Acquire() { var buffer = t_buffer ?? new StringBuilder(); t_buffer = null; return buffer; }
            static void Release(StringBuilder buffer) => t_buffer = buffer;
            static void Use(string? value) { }
            static Task WorkAsync() => Task.CompletedTask;

            {{modifiers}} Run(string name)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("[|t_name|] = name; Use(t_name); t_name = null; await Task.Yield();")]
    [InlineData("[|Name|] = name; Use(Name); Name = null; await Task.Yield();")]
    [InlineData("await Task.Yield(); var buffer = t_buffer ?? new StringBuilder(); [|t_buffer|] = null; t_buffer = buffer;")]
    [InlineData("[|t_name|] = name; await Task.CompletedTask; Use(t_name);")]
    public Task Use_between_two_awaits_is_found(string body) => Verify.Finds(InMethod(body));

    [Fact]
    public Task Method_without_async_that_hands_out_a_task_is_found() => Verify.Finds(InMethod("[|t_name|] = name; return WorkAsync();", "Task"));

    [Theory]
    [InlineData("t_name = name; await Task.Yield();")]                              // CTX003 reports it
    [InlineData("Use(t_name); await Task.Yield();")]                                // read before the first await, never after
    [InlineData("await Task.Yield(); var buffer = Acquire(); Release(buffer);")]    // what a method does within itself
    [InlineData("await Task.Yield(); (t_buffer ??= new()).Append(name);")]
    [InlineData("Use(nameof(t_name)); await Task.Yield();")]
    [InlineData("Action later = () => t_name = name; await Task.Yield(); GC.KeepAlive(later);")]
    public Task Other_uses_are_silent(string body) => Verify.Silent(InMethod(body));

    [Fact]
    public Task Synchronous_code_is_silent() => Verify.Silent(InMethod("t_name = name; Use(t_name);", "void"));
}
