using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyThread = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadBoundStateInAsyncCodeAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyLocal = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadLocalCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyStatic = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.StaticFieldHoldsFlowStateAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyWrites = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.UnsynchronizedStaticWriteAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyVariables = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.FlowVariableNotStaticReadonlyAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>A type of the user's own may have the name of one that the rules know, and is not it. Each case is first run with the type that is meant.</summary>
public class SameNameTests
{
    /// <summary>Members of a class in a namespace that may have types of its own.</summary>
    private static string In(string member, string ownTypes = "") =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;
        namespace Shop
        {
            {{ownTypes}}
            class Handler
            {
                [ThreadStatic] static string? t_user;
                static string? s_name;
                static int s_started;
                static object? s_any;
                static readonly List<string> s_list = new();
                {{member}}
            }
        }
        """;

    private const string Atomic = "class Interlocked { public static string? Exchange(ref string? place, string? value) { var old = place; place = value; return old; } public static int Exchange(ref int place, int value) => place = value; }";

    [Theory]
    [InlineData("Enter", "Exit", "Lock", "class Lock { public void Enter() { } public void Exit() { } }")]
    [InlineData("Wait", "Release", "SemaphoreSlim", "class SemaphoreSlim(int count) { public int Count => count; public void Wait() { } public void Release() { } }", "1")]
    [InlineData("WaitOne", "Release", "Semaphore", "class Semaphore(int count, int most) { public int Count => count + most; public void WaitOne() { } public void Release() { } }", "1, 1")]
    [InlineData("WaitOne", "ReleaseMutex", "Mutex", "class Mutex { public void WaitOne() { } public void ReleaseMutex() { } }")]
    [InlineData("EnterWriteLock", "ExitWriteLock", "ReaderWriterLockSlim", "class ReaderWriterLockSlim { public void EnterWriteLock() { } public void ExitWriteLock() { } }")]
    public async Task Lock_of_the_same_name_holds_none(string enter, string exit, string type, string own, string arguments = "")
    {
        string Change(string change) => $"static readonly {type} s_gate = new({arguments}); static void Add(string name) {{ s_gate.{enter}(); s_list.Add(name); s_gate.{exit}(); }} async System.Threading.Tasks.Task Run(string name) {{ await Task.Yield(); {change}; }}";

        await VerifyWrites.Silent(In(Change("Add(name)")));
        await VerifyWrites.Finds(In(Change("[|Add(name)|]"), own));
    }

    [Fact]
    public async Task Monitor_of_the_same_name_holds_no_lock()
    {
        string Change(string change) => $"async Task Run(string name) {{ await Task.Yield(); Monitor.Enter(s_list); {change}; Monitor.Exit(s_list); }}";

        await VerifyWrites.Silent(In(Change("s_list.Add(name)")));
        await VerifyWrites.Finds(In(Change("[|s_list.Add(name)|]"), "class Monitor { public static void Enter(object gate) { } public static void Exit(object gate) { } }"));
    }

    [Fact]
    public async Task Interlocked_of_the_same_name_is_not_atomic()
    {
        await VerifyWrites.Silent(In("async Task Run(string name) { await Task.Yield(); Interlocked.Exchange(ref s_name, name); }"));
        await VerifyWrites.Finds(In("async Task Run(string name) { await Task.Yield(); Interlocked.Exchange(ref [|s_name|], name); }", Atomic));
    }

    [Fact]
    public async Task Interlocked_of_the_same_name_does_not_let_one_flow_pass()
    {
        string Change(string flag, string change) => $"async Task Run(string name) {{ await Task.Yield(); if (Interlocked.Exchange(ref {flag}, 1) == 1) return; {change}; }}";

        await VerifyWrites.Silent(In(Change("s_started", "s_list.Add(name)")));
        await VerifyWrites.Finds(In(Change("[|s_started|]", "[|s_list.Add(name)|]"), Atomic));
    }

    [Theory]
    [InlineData("Task.Run(() => {0});", "class Task { public static void Run(Action work) => work(); }")]
    [InlineData("new Task(() => {0}).Start();", "class Task(Action work) { public void Start() => work(); }")]
    [InlineData("new Task<string>(() => {0}).Start();", "class Task<T>(Func<T> work) { public void Start() => work(); }")]
    [InlineData("new TaskFactory().StartNew(() => {0});", "class TaskFactory { public void StartNew(Action work) => work(); }")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => {0});", "class ThreadPool { public static void QueueUserWorkItem(Action<object?> work) => work(null); }")]
    [InlineData("Parallel.Invoke(() => {0});", "class Parallel { public static void Invoke(Action work) => work(); }")]
    [InlineData("new Thread(() => {0}).Start();", "class Thread(Action work) { public void Start() => work(); }")]
    [InlineData("new Timer(_ => {0});", "class Timer(Action<object?> work) { public void Run() => work(null); }")]
    public async Task What_starts_a_flow_does_not_do_so_by_its_name(string start, string own)
    {
        string Change(string change) => $"void Run(string name) {{ {start.Replace("{0}", change, StringComparison.Ordinal)} }}";

        await VerifyThread.Finds(In(Change("[|t_user|] = name")));
        await VerifyThread.Silent(In(Change("t_user = name"), own));
    }

    [Theory]
    [InlineData("Task", "class Task { }")]
    [InlineData("Task<int>", "class Task<T> { }")]
    [InlineData("ValueTask", "class ValueTask { }")]
    [InlineData("ValueTask<int>", "class ValueTask<T> { }")]
    public async Task Method_that_returns_a_task_of_the_same_name_is_not_async(string type, string own)
    {
        await VerifyThread.Finds(In($"{type} Run(string name) {{ [|t_user|] = name; return default!; }}"));
        await VerifyThread.Silent(In($"{type} Run(string name) {{ t_user = name; return default!; }}", own));
    }

    [Fact]
    public async Task Completed_task_of_the_same_name_may_suspend()
    {
        await Verify.Silent(In("async Task Run(string name) { t_user = name; await Task.CompletedTask; }"));
        await Verify.Finds(In(
            "async System.Threading.Tasks.Task Run(string name) { [|t_user|] = name; await Task.CompletedTask; }",
            "class Task { public static Task CompletedTask => new(); public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".ConfigureAwait(false)")]
    public async Task Only_a_task_has_a_default_that_does_not_suspend(string call)
    {
        string Run(string type) => $"async Task Run(string name) {{ t_user = name; await default({type}){call}; }}";

        await Verify.Silent(In(Run("ValueTask")));
        await Verify.Finds(In(
            Run("Later").Replace("t_user", "[|t_user|]"),
            "struct Later { public Later ConfigureAwait(bool isHere) => this; public System.Runtime.CompilerServices.YieldAwaitable.YieldAwaiter GetAwaiter() => default; }"));
    }

    [Fact]
    public async Task ThreadStatic_of_the_same_name_is_no_state_of_a_thread()
    {
        await Verify.Finds(In("async Task Run(string name) { [|t_user|] = name; await Task.Yield(); }"));
        await Verify.Silent(In("async Task Run(string name) { t_user = name; await Task.Yield(); }", "class ThreadStaticAttribute : Attribute { }"));
        await VerifyStatic.Finds(In("async Task Run(string name) { [|t_user|] = name; await Task.Yield(); }", "class ThreadStaticAttribute : Attribute { }"));
    }

    [Theory]
    [InlineData("class ThreadLocal<T> { public T? Value { get; set; } }")]
    [InlineData("class Base<T> { public T? Value { get; set; } } class ThreadLocal<T> : Base<T> { }")]
    public async Task ThreadLocal_of_the_same_name_is_none(string own)
    {
        string Property(string write) => $"static readonly ThreadLocal<string> s_user = new(); static string? User {{ set => s_user.Value = value; }} async Task Run(string name) {{ {write} = name; await Task.Yield(); }}";

        await VerifyLocal.Finds(In(Property("[|s_user.Value|]")));
        await VerifyLocal.Silent(In(Property("s_user.Value"), own));
        await VerifyLocal.Finds(In(Property("[|User|]")));
        await VerifyLocal.Silent(In(Property("User"), own));
    }

    [Fact]
    public async Task CancellationToken_of_the_same_name_is_a_value_like_others()
    {
        await VerifyStatic.Silent(In("async Task Run(CancellationToken token) { s_any = token; await Task.Yield(); }"));
        await VerifyStatic.Finds(In("async Task Run(CancellationToken token) { [|s_any|] = token; await Task.Yield(); }", "class CancellationToken { }"));
    }

    [Fact]
    public async Task Guid_of_the_same_name_is_not_new_for_each_flow()
    {
        await VerifyStatic.Finds(In("async Task Run() { [|s_any|] = Guid.NewGuid(); await Task.Yield(); }"));
        await VerifyStatic.Silent(In("async Task Run() { s_any = Guid.NewGuid(); await Task.Yield(); }", "class Guid { public static Guid NewGuid() => new(); }"));
    }

    [Theory]
    [InlineData("AsyncLocal<int>", "", "class AsyncLocal<T> { }")]
    [InlineData("ContextVar<int>", "\"name\"", "class ContextVar<T>(string name) { public string Name => name; }")]
    public async Task Flow_variable_of_the_same_name_may_be_made_again(string type, string arguments, string own)
    {
        await VerifyVariables.Finds(In($"private {type} _variable = [|new({arguments})|];"));
        await VerifyVariables.Silent(In($"private {type} _variable = new({arguments});", own));
    }

    [Fact]
    public async Task Variable_of_a_factory_of_the_same_name_may_be_made_again()
    {
        await VerifyVariables.Finds(In("private ContextVar<int> _variable = [|ContextVar.Create(1)|];"));
        await VerifyVariables.Silent(In("private ContextVar<int> _variable = ContextVar.Create(1);", "static class ContextVar { public static ContextVar<T> Create<T>(T value) => null!; }"));
    }
}
