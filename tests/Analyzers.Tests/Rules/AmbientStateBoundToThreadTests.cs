using ContextAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.AmbientStateBoundToThreadAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class AmbientStateBoundToThreadTests
{
    [Theory]
    [InlineData("public static class Current { [ThreadStatic] static User? [|t_user|]; public static User? User { get => t_user; set => t_user = value; } }")]
    [InlineData("public static class Current { static readonly ThreadLocal<User?> [|s_user|] = new(); public static User? User { get => s_user.Value; set => s_user.Value = value; } }")]
    [InlineData("public static class Current { [ThreadStatic] static User? [|t_user|]; public static User? Get() => t_user; public static void Set(User user) { t_user = user; } }")]
    [InlineData("public static class Current { [field: ThreadStatic] public static User? [|User|] { get; set; } }")]
    [InlineData("public static class Current { [ThreadStatic] static Stack<User>? [|t_users|]; public static User? User => t_users?.Peek(); public static void Begin(Stack<User> users) { t_users = users; } public static void Leave() => t_users!.Pop(); }")]
    [InlineData("public static class Current { [ThreadStatic] static List<User?>? [|t_users|]; public static List<User?>? Users { get => t_users; set => t_users = value; } public static void Leave() => t_users![0] = null; }")]
    [InlineData("public static class Current { [ThreadStatic] static Work? [|t_work|]; public static Work? Work { get => t_work; set => t_work = value; } public static void Leave() => t_work!.User = null; } public class Work { public User? User; }")]
    [InlineData("public sealed class Chain : ThreadLocal<Chain> { static readonly Chain [|One|] = new(); public static Chain? Current { get => One.Value; set => One.Value = value; } }")] // holds itself
    [InlineData(
        """
        public sealed class Scope : IDisposable
        {
            [ThreadStatic] static Scope? [|t_current|];
            readonly Scope? _outer;
            public Scope() { _outer = t_current; t_current = this; }
            public static Scope? Current => t_current;
            public void Dispose() => t_current = _outer;
        }
        """)]
    [InlineData(
        """
        public static class Current
        {
            [ThreadStatic] static User? [|t_user|];
            public static User? User => t_user;
            public static IDisposable Impersonate(User user) => new Scope(user);
            sealed class Scope : IDisposable
            {
                readonly User? _old = t_user;
                public Scope(User user) => t_user = user;
                public void Dispose() => t_user = _old;
            }
        }
        """)]
    public Task Ambient_state_offered_to_others_is_found(string code) => Verify.Finds(In(code));

    [Theory]
    [InlineData("public static class Cache { [ThreadStatic] static StringBuilder? t_cached; public static StringBuilder Acquire() { var s = t_cached ?? new(); t_cached = null; return s; } public static void Release(StringBuilder s) => t_cached = s; }")]
    [InlineData("public class Walker { [ThreadStatic] static Walker? t_cached; public static Walker Get() { var w = t_cached; if (w != null) { t_cached = null; return w; } return new(); } public static void Free(Walker w) { t_cached = w; } }")]
    [InlineData("public static class Pool { [ThreadStatic] static Stack<User>? t_idle; public static User Rent() => (t_idle ??= new()).Count > 0 ? t_idle.Pop() : new(); public static void Return(User user) => (t_idle ??= new()).Push(user); }")]
    [InlineData("public sealed class Texts : ThreadLocal<StringBuilder> { static readonly Texts One = new(); public static StringBuilder? Current { get => One.Value; set => One.Value = value; } }")]
    [InlineData("public static class Shared { [ThreadStatic] static Random? t_random; public static Random Random => t_random ??= new Random(); }")]
    [InlineData("public static class Shared { static readonly ThreadLocal<Random> s_random = new(() => new Random()); public static int Next(int max) => s_random.Value!.Next(max); }")]
    [InlineData("public class Visitor { [ThreadStatic] static int t_depth; public static void Visit(Action inner) { t_depth++; try { inner(); } finally { t_depth--; } } public static int Depth => t_depth; }")]
    [InlineData("public class Visitor { [ThreadStatic] static int t_depth; public static void Visit(int by) { var old = t_depth; t_depth = old + by; t_depth = old; } public static int Depth => t_depth; }")]
    [InlineData("public class Guard { [ThreadStatic] static bool t_busy; public static void Run(Action a) { if (t_busy) return; t_busy = true; try { a(); } finally { t_busy = false; } } }")]
    [InlineData("public class Buffers { [ThreadStatic] static byte[]? t_buffer; public static byte[]? Get() => t_buffer; public static void Set(byte[] buffer) => t_buffer = buffer; }")]
    [InlineData("public static class Current { [field: ThreadStatic] public static User? User { get; private set; } }")]
    [InlineData("public static class Current { [field: ThreadStatic] private static User? User { get; set; } }")]
    [InlineData("public static class Current { [field: ThreadStatic] public static StringBuilder? Buffer { get; set; } }")]
    [InlineData("public class Private { [ThreadStatic] static User? t_user; private void Set(User user) { t_user = user; } private User? Get() => t_user; }")]
    [InlineData("public class Handlers { [ThreadStatic] static User? t_user; static event Action<User>? s_entered; static Handlers() => s_entered += user => t_user = user; public static void Enter(User user) => s_entered?.Invoke(user); public static User? User => t_user; }")]
    [InlineData("public static class Current { static readonly AsyncLocal<User?> s_user = new(); public static User? User { get => s_user.Value; set => s_user.Value = value; } }")]
    [InlineData("public static class Current { static User? s_user; public static User? User { get => s_user; set => s_user = value; } }")]
    public Task Caches_pools_guards_counters_and_buffers_are_silent(string code) => Verify.Silent(In(code));

    [Theory]
    [InlineData("global using Local = System.Threading.ThreadLocal<User?>;")]
    [InlineData("class Local : System.Threading.ThreadLocal<User?>;")]
    [InlineData("class Local : Base<User?>; class Base<T> : System.Threading.ThreadLocal<T>;")]
    [InlineData("global using Base = System.Threading.ThreadLocal<User?>; class Local : Base;")]
    public Task ThreadLocal_may_have_another_name(string declaration) => Verify.Finds(
        In("public static class Current { static readonly Local [|s_user|] = new(); public static User? User { get => s_user.Value; set => s_user.Value = value; } }"),
        declaration);

    /// <summary>Names are all that is looked at, and by their names the classes derive from each other.</summary>
    [Theory]
    [InlineData("namespace X { class Local : System.Threading.ThreadLocal<User?>; } namespace Y { class Base : X.Local; } namespace Z { class Local : Y.Base; }", "Z.Local")]
    [InlineData("namespace X { class Local : System.Threading.ThreadLocal<User?>; } namespace Y { class Local : X.Local; }", "Y.Local")]
    public Task Classes_of_one_name_may_derive_from_each_other(string declarations, string type) => Verify.Finds(
        In($"public static class Current {{ static readonly {type} [|s_user|] = new(); public static User? User {{ get => s_user.Value; set => s_user.Value = value; }} }}"),
        declarations);

    /// <summary>Names tell of a class in this assembly what it derives from. Of another they do not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Class_that_derives_from_ThreadLocal_elsewhere_is_silent(bool isElsewhere)
    {
        var token = TestContext.Current.CancellationToken;
        var local = CSharpSyntaxTree.ParseText("public class Local : System.Threading.ThreadLocal<User?>; public class User;", cancellationToken: token);
        var current = CSharpSyntaxTree.ParseText(
            "public static class Current { static readonly Local s_user = new(); public static User? User { get => s_user.Value; set => s_user.Value = value; } }", cancellationToken: token);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        var library = CSharpCompilation.Create("Library", [local], TestReferences.All, options).ToMetadataReference();
        var compilation = isElsewhere
            ? CSharpCompilation.Create("Test", [current], TestReferences.All.Add(library), options)
            : CSharpCompilation.Create("Test", [current, local], TestReferences.All, options);

        var findings = await compilation.WithAnalyzers([new AmbientStateBoundToThreadAnalyzer()]).GetAnalyzerDiagnosticsAsync(token);

        Assert.Equal(isElsewhere ? [] : ["CTX007"], findings.Select(finding => finding.Id));
    }

    [Fact]
    public Task Each_of_several_fields_is_found_and_only_once() => Verify.Finds(In(
        """
        public static class Current
        {
            [ThreadStatic] static User? [|t_user|], t_other, [|t_third|];
            static readonly ThreadLocal<User?> [|s_user|] = new ThreadLocal<User?>();
            public static User? User { get => t_user; set => t_user = value; }
            public static User? Third { get => t_third; set => t_third = value; }
            public static User? Local { get => s_user.Value; set => s_user.Value = value; }
        }
        """));

    private static string In(string code) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Text;
        using System.Threading;
        {{code}}
        public class User { }
        """;
}
