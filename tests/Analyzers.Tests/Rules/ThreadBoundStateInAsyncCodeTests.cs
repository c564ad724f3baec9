using System.Globalization;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadBoundStateInAsyncCodeAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyFix = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadBoundStateInAsyncCodeAnalyzer, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Rules;

public class ThreadBoundStateInAsyncCodeTests
{
    private static string InMethod(string body, string modifiers = "async Task") =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;
            [ThreadStatic] static StringBuilder? t_buffer;
            [ThreadStatic] static Stack<StringBuilder>? t_pool;
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
    [InlineData("[|t_name|] = name; Use(t_name); t_name = null;")]
    public Task Use_between_two_awaits_is_found(string body) => Verify.Finds(InMethod(body));

    /// <summary>What is hidden from a call looks the same, so the message must be true of both.</summary>
    [Theory]
    [InlineData("var buffer = t_buffer ?? new StringBuilder(); [|t_buffer|] = null; await Task.Yield(); t_buffer = buffer;")]
    [InlineData("var hidden = t_name; [|t_name|] = null; await WorkAsync(); t_name = hidden;")]
    [InlineData("if (![|(t_pool ??= new()).TryPop(out var buffer)|]) buffer = new(); await Task.Yield(); (t_pool ??= new()).Push(buffer);")]
    [InlineData("var pool = t_pool ??= new(); if (![|pool.TryPop(out var buffer)|]) buffer = new(); await Task.Yield(); (t_pool ??= new()).Push(buffer);")]
    [InlineData("var hidden = [|t_pool!.Pop()|]; await WorkAsync(); t_pool!.Push(hidden);")]
    public Task Pool_and_what_looks_like_it_are_found(string body) => Verify.Finds(InMethod(body));

    [Fact]
    public async Task Message_is_true_however_many_awaits_come_in_between()
    {
        var finding = Assert.Single(await Robustness.AllRules.FindAsync(InMethod("var buffer = t_buffer ?? new StringBuilder(); t_buffer = null; await Task.Yield(); t_buffer = buffer;")));

        Assert.Equal("'t_buffer' belongs to the thread: after an await, 'Run' may go on with what another thread has there", finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Task", "WorkAsync()")]
    [InlineData("Task<int>", "Task.FromResult(1)")]
    [InlineData("ValueTask", "new(WorkAsync())")]
    [InlineData("ValueTask<int>", "new(1)")]
    public Task Method_without_async_that_hands_out_a_task_is_found(string type, string task) => Verify.Finds(InMethod($"[|t_name|] = name; return {task};", type));

    [Theory]
    [InlineData("t_name = name; await Task.Yield();")]                              // CTX003 reports it
    [InlineData("Use(t_name); await Task.Yield();")]                                // read before the first await, never after
    [InlineData("await Task.Yield(); var buffer = Acquire(); Release(buffer);")]    // what a method does within itself
    [InlineData("await Task.Yield(); (t_buffer ??= new()).Append(name);")]
    [InlineData("await Task.Yield(); Use((t_pool ??= new()).Count > 0 ? t_pool.Peek().ToString() : name);")]
    [InlineData("Use(nameof(t_name)); await Task.Yield();")]
    [InlineData("Action later = () => t_name = name; await Task.Yield(); GC.KeepAlive(later);")]
    public Task Other_uses_are_silent(string body) => Verify.Silent(InMethod(body));

    [Theory]
    [InlineData("[|Thread.CurrentThread.Name|] = name; await Task.Yield();")]
    [InlineData("[|Thread.CurrentThread.Name|] ??= name; await Task.Yield();")]
    [InlineData("[|Thread.CurrentThread.Priority|] = ThreadPriority.Highest; try { await Task.Yield(); } finally { Thread.CurrentThread.Priority = ThreadPriority.Normal; }")]
    [InlineData("var thread = Thread.CurrentThread; [|thread.IsBackground|] = true; await Task.Yield(); thread.IsBackground = false;")]
    public Task Setting_of_the_thread_that_is_left_to_it_is_found(string body) => Verify.Finds(InMethod(body));

    [Fact]
    public Task Setting_of_the_thread_has_no_conversion() =>
        VerifyFix.FindsButDoesNotFix(InMethod("[|Thread.CurrentThread.Name|] = name; await Task.Yield();"));

    [Theory]
    [InlineData("Thread.CurrentThread.Name ??= \"worker\"; await Task.Yield();")]
    [InlineData("if (Thread.CurrentThread.Name == null) Thread.CurrentThread.Name = \"worker\"; await Task.Yield();")]
    [InlineData("var old = Thread.CurrentThread.Priority; Thread.CurrentThread.Priority = ThreadPriority.Highest; Use(name); Thread.CurrentThread.Priority = old; await Task.Yield();")]
    [InlineData("await Task.Yield(); Use(Thread.CurrentThread.Name); await Task.Yield(); Use(Thread.CurrentThread.ManagedThreadId.ToString());")]
    [InlineData("await Task.Yield(); Thread.CurrentThread.Name = name;")]
    [InlineData("Thread.CurrentThread.CurrentCulture = CultureInfo.InvariantCulture; await Task.Yield();")] // follows the flow
    [InlineData("var thread = new Thread(() => { }); thread.Name = name; thread.Start(); await Task.Yield();")]
    public Task Setting_that_follows_the_flow_or_is_of_another_thread_is_silent(string body) => Verify.Silent(InMethod(body));

    [Fact]
    public Task Setting_of_the_thread_of_a_user_interface_is_silent() => Verify.Silent(
        InMethod("Thread.CurrentThread.Name = name; await Task.Yield();"), "namespace System.Windows.Forms { class Control { } }");

    [Fact]
    public Task Synchronous_code_is_silent() => Verify.Silent(InMethod("t_name = name; Use(t_name);", "void"));
}
