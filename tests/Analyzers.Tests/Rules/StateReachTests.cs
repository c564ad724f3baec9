using ContextAnalyzers.State;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyWrites = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.UnsynchronizedStaticWriteAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyThread = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadBoundStateInAsyncCodeAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>State is found by whatever name and through whatever member the async code gets at it.</summary>
public class StateReachTests
{
    private const string Current =
        """
        global using System;
        global using System.Threading.Tasks;
        namespace Services
        {
            public class Current
            {
                [ThreadStatic] public static string? User;
                public static string? Name { get => User; set => User = value; }
                public static void Enter(string user, int depth = 0) => User = user;
                public static void EnterAll(params string[] users) => User = users[0];
                public static Scope Begin(string user) => new(user);
                public static Scope BeginLater(string user) { Scope scope = new(user); return scope; }
                public string? this[int index] { get => User; set => User = value; }
                public Func<string, string?> Lookup => key => key + User;
                public class Nested { public static void Enter(string user) => User = user; }
            }

            public class Derived : Current;

            public static class Extensions
            {
                public static void Become(this object from, string user) => Current.User = user;
            }

            public sealed class Scope : IDisposable
            {
                private readonly string? _old = Current.User;
                public Scope(string user) => Current.User = user;
                public void Dispose() => Current.User = _old;
            }
        }
        """;

    [Theory]
    [InlineData("using Services;", "[|Current.User|] = user;")]
    [InlineData("using Services;", "[|Current.Name|] = user;")]
    [InlineData("using Services;", "[|Derived.User|] = user;")]
    [InlineData("using Services;", "[|Current.Enter(user)|];")]
    [InlineData("using Services;", "[|Current.Enter(depth: 1, user: user)|];")]
    [InlineData("using Services;", "[|Current.EnterAll()|];")]
    [InlineData("using Services;", "[|Current.EnterAll(user, user, user)|];")]
    [InlineData("using Services;", "[|Current.Nested.Enter(user)|];")]
    [InlineData("using Services;", "[|this.Become(user)|];")]
    [InlineData("using Services;", "[|new Current()[0]|] = user;")]
    [InlineData("using Services;", "using var scope = [|Current.Begin(user)|];")]
    [InlineData("using Services;", "using var scope = [|Current.BeginLater(user)|];")]
    [InlineData("using Services;", "using Scope scope = [|new(user)|];")]
    [InlineData("using Services;", "using (var scope = [|new Scope(user)|]) { await Task.Yield(); }")]
    [InlineData("using Services;", "(var length, [|Current.User|]) = (1, user);")]
    [InlineData("using static Services.Current;", "[|User|] = user;")]
    [InlineData("using static Services.Current;", "[|Enter(user)|];")]
    [InlineData("using Mine = Services.Current;", "[|Mine.User|] = user;")]
    [InlineData("using Mine = Services.Current;", "[|Mine.Enter(user)|];")]
    [InlineData("", "[|global::Services.Current.User|] = user;")]
    [InlineData("", "[|Services.Current.Enter(user)|];")]
    public Task Value_is_found_however_it_is_named(string usings, string set) => Verify.Finds(
        $$"""
        {{usings}}
        class Handler
        {
            async Task Run(string user)
            {
                {{set}}
                await Task.Yield();
            }
        }
        """,
        Current);

    [Fact]
    public Task Member_of_a_base_that_another_part_names_is_found() => Verify.Finds(
        "partial class Handler { async Task Run(string user) { [|User|] = user; await Task.Yield(); } }",
        "partial class Handler : Services.Current;",
        Current);

    [Theory]
    [InlineData("using Base = Services.Derived;")]
    [InlineData("global using Base = Services.Derived;")]
    [InlineData("using Services; class Middle : Base<int>; class Base<T> : Derived;")]
    public Task Member_of_a_base_further_up_is_found(string bases) => Verify.Finds(
        $$"""
        {{bases}}
        class Handler : {{(bases.Contains("Middle") ? "Middle" : "Base")}}
        {
            async Task Run(string user) { [|User|] = user; await Task.Yield(); }
        }
        """,
        Current);

    [Theory]
    [InlineData("using ([|new Leaving(user)|]) { }")]
    [InlineData("using (var [|leaving = new Leaving(user)|]) { }")]
    [InlineData("[|Leaving.Leave(user)|];")]
    public Task Change_at_the_end_of_a_scope_is_found(string scope) => Verify.Finds(
        $$"""
        using Services;
        class Leaving(string user) : IDisposable
        {
            void IDisposable.Dispose() => Current.User = user;
            public static void Leave(string user) { using var leaving = new Leaving(user); }
        }
        class Handler
        {
            async Task Run(string user) { {{scope}} await Task.Yield(); }
        }
        """,
        Current);

    [Fact]
    public Task Change_at_the_end_of_a_scope_that_is_handed_in_is_found() => Verify.Finds(
        """
        using Services;
        class Leaving(string user) : IDisposable { public void Dispose() => Current.User = user; }
        class Handler
        {
            async Task Run(Leaving leaving) { using ([|leaving|]) { } await Task.Yield(); }
        }
        """,
        Current);

    [Fact]
    public Task Scope_that_is_only_named_and_end_that_is_awaited_are_silent() => Verify.Silent(
        """
        using Services;
        class Leaving(string user) : IDisposable { public void Dispose() => Current.User = user; }
        class LeavingLater(string user) : IAsyncDisposable { public ValueTask DisposeAsync() { Current.User = user; return default; } }
        class Handler
        {
            async Task Run(Leaving leaving) { Use(leaving); await Task.Yield(); }
            async Task RunLater(LeavingLater leaving) { await using (leaving) { } await Task.Yield(); }
            static void Use(Leaving leaving) { }
        }
        """,
        Current);

    [Fact]
    public Task Method_that_returns_a_task_is_async_code_of_its_own_and_its_caller_is_silent() => Verify.Silent(
        """
        using Services;
        class Handler
        {
            async Task Run(string user) { _ = Enter(user); await EnterLater(user); await Task.Yield(); }
            static Task Enter(string user) { Current.User = user; return Task.CompletedTask; }
            static ValueTask EnterLater(string user) { Current.User = user; return default; }
        }
        """,
        Current);

    [Theory]
    [InlineData("t_नाम")]
    [InlineData("cafe\u0301")]
    [InlineData("t_Ⅷ")]
    [InlineData("t_１")]
    [InlineData("ἀρχή")]
    public Task Name_of_whatever_characters_the_language_allows_is_found(string name) => Verify.Finds(
        $$"""
        using System;
        using System.Threading.Tasks;
        class Handler
        {
            [ThreadStatic] static string? {{name}};
            async Task Run(string user) { [|{{name}}|] = user; await Task.Yield(); }
        }
        """);

    /// <summary>A body that leads to state only seemingly costs as much as one that does.</summary>
    [Theory]
    [InlineData("Use(t_user);", true, true)]
    [InlineData("Use(s_user);", false, true)]
    [InlineData("s_user = name;", true, true)]
    [InlineData("Use(s_users);", false, false)]
    [InlineData("s_users.Add(name);", true, true)]
    [InlineData("Use(s_settings);", false, false)]
    [InlineData("s_settings.Add(name);", false, false)]
    [InlineData("s_settings.Name = name;", true, true)]
    public void Body_is_bound_if_it_may_do_what_changes_state_of_that_kind(string statement, bool isChange, bool isUse)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            class Handler
            {
                [ThreadStatic] static string t_user;
                static string s_user;
                static readonly List<string> s_users = new();
                static readonly Settings s_settings = new();
                void Run(string name) { {{statement}} }
            }
            """,
            cancellationToken: cancellation);
        var names = new StateNames(CSharpCompilation.Create("Test", [tree]), cancellation);
        var body = tree.GetRoot(cancellation).DescendantNodes().OfType<BlockSyntax>().Single();

        Assert.Equal(isChange ? StateReach.Direct : StateReach.None, names.OfCall(body, CallBudget.Full));
        Assert.Equal(isUse ? StateReach.Direct : StateReach.None, names.OfUse(body, CallBudget.Full));
    }

    /// <summary>Two methods and the accessor behind them, or five accessors. Another type has members of the same names which get there at once.</summary>
    [Theory]
    [InlineData("[|Far.Two(user)|];")]
    [InlineData("[|Far.Fifth|] = user;")]
    [InlineData("Far.Three(user);")]
    [InlineData("Far.Sixth = user;")]
    public Task Calls_are_followed_so_far(string set) => Verify.Finds(
        $$"""
        using Distant;
        class Handler { async Task Run(string user) { {{set}} await Task.Yield(); } }
        """,
        """
        namespace Distant
        {
            public static class Far
            {
                [ThreadStatic] static string? t_user;
                public static string? First { set { if (value != null) t_user = value; } }
                public static string? Second { set { if (value != null) First = value; } }
                public static string? Third { set { if (value != null) Second = value; } }
                public static string? Fourth { set { if (value != null) Third = value; } }
                public static string? Fifth { set { if (value != null) Fourth = value; } }
                public static string? Sixth { set { if (value != null) Fifth = value; } }
                public static void One(string user) => First = user;
                public static void Two(string user) => One(user);
                public static void Three(string user) => Two(user);
            }
        }
        namespace Near
        {
            public static class Far
            {
                public static void One(string user) => Services.Current.User = user;
                public static void Two(string user) => Services.Current.User = user;
                public static void Three(string user) => Services.Current.User = user;
            }
        }
        """,
        Current);

    [Fact]
    public Task State_behind_a_partial_method_is_found() => Verify.Finds(
        "partial class Handler { async Task Run(string user) { [|Enter(user)|]; await Task.Yield(); } static partial void Enter(string user); }",
        "partial class Handler { static partial void Enter(string user) => Services.Current.Enter(user); }",
        Current);

    [Theory]
    [InlineData("[|new Child(user)|];")]
    [InlineData("[|new Own()|];")]
    [InlineData("[|global::Top.User|] = user;")]
    [InlineData("await Task.Yield(); _ = new Request { Text = [|User|] };")]
    public Task Constructor_alias_and_initializer_lead_to_the_state(string set) => Verify.Finds(Constructed(set), Current);

    [Theory]
    [InlineData("new Other(user);")]
    [InlineData("global::Top.Text = user;")]
    [InlineData("await Task.Yield(); _ = new Request { User = user };")]
    public Task Constructor_alias_and_initializer_of_others_are_silent(string set) => Verify.Silent(Constructed(set), Current);

    private static string Constructed(string set) =>
        $$"""
        using static Services.Current;
        class Top { [ThreadStatic] public static string? User; public static string? Text; }
        class Request { public string? Text; public string? User; }
        class Base { protected Base(string user) => Services.Current.User = user; protected Base() { } }
        class Child : Base { public Child(string user) : base(user) { } }
        class Other : Base { public Other(string user) : base() { } }
        class Own { public Own(string user) => Services.Current.User = user; public Own() : this("own") { } }
        class Handler { async Task Run(string user) { {{set}} await Task.Yield(); } }
        """;

    [Fact]
    public Task Name_that_a_global_using_brings_in_is_found() => Verify.Finds(
        "class Handler { async Task Run(string user) { [|User|] = user; await Task.Yield(); } }",
        "global using static Services.Current;",
        Current);

    [Fact]
    public Task Members_of_objects_with_the_same_names_are_silent() => Verify.Silent(
        """
        using Services;
        class Request { public string? User; public string? Name { get; set; } public void Enter(string user) => User = user; }
        class Handler
        {
            async Task Run(Request request, string user)
            {
                request.User = user;
                request.Name = user;
                request.Enter(user);
                _ = new Request { User = user, Name = user } is { User: "", Name: "" };
                _ = nameof(Current.User);
                await Task.Yield();
            }
        }
        """,
        Current);

    private const string SameNames =
        """
        global using Alias = First;
        global using System;
        global using System.Threading.Tasks;
        public class First
        {
            [ThreadStatic] public static string? User;
            public static void Enter(string user) => User = user;
        }
        public class FromFirst : First;
        public class Second { public static void Enter(string user) { } public static string? User; }
        public class FromSecond : Second;
        """;

    [Theory]
    [InlineData("[|First.Enter(user)|];")]
    [InlineData("[|FromFirst.Enter(user)|];")]
    [InlineData("[|Alias.Enter(user)|];")]
    [InlineData("[|global::First.Enter(user)|];")]
    [InlineData("[|FromFirst.User|] = user;")]
    [InlineData("[|Alias.User|] = user;")]
    public Task Static_member_is_found_by_each_name_of_its_type(string set) =>
        Verify.Finds($$"""class Handler { async Task Run(string user) { {{set}} await Task.Yield(); } }""", SameNames);

    [Theory]
    [InlineData("Second.Enter(user);")]
    [InlineData("FromSecond.Enter(user);")]
    [InlineData("Second.User = user;")]
    public Task Static_member_of_another_type_is_silent(string set) =>
        Verify.Silent($$"""class Handler { async Task Run(string user) { {{set}} await Task.Yield(); } }""", SameNames);

    private const string Session =
        """
        global using System;
        global using System.Threading.Tasks;
        using Bound = System.ThreadStaticAttribute;
        namespace Services
        {
            public interface INamed { string? Name { get; set; } }
            public partial class Session : INamed
            {
                string? INamed.Name { get => null; set => t_user = value; }
                [Bound] private static string? t_user;
                protected Session() { }
                private Session(string user) => t_user = user;
                public string? User { get => null; set => t_user = value; }
                public string? Shown { get => t_user; set { } }
                public string? this[string key] { get => null; set => t_user = value; }
                public event Action Entered { add => t_user = "entered"; remove { } }
                public event Action Left { add { } remove => t_user = "left"; }
                public static string? Own { get => null; private set => t_user = value; }
                protected static void Enter(string user) => t_user = user;
                protected virtual void Leave(string user) => t_user = user;
                private protected string? Kept { set => t_user = value; }
                protected internal void Keep(string user) => t_user = user;
                void Run(string user) => t_user = user;
            }

            public interface IEntered { void Enter(string user) => Extensions.Become(this, user); }
            public static class Extensions
            {
                [ThreadStatic] private static string? t_last;
                public static void Become(this object from, string user) => t_last = user;
            }
        }
        """;

    [Theory]
    [InlineData("[|session.User|] = user;")]
    [InlineData("[|Session.User|] = user;")]
    [InlineData("[|session.User|] += user;")]
    [InlineData("([|session.User|], _) = (user, 1);")]
    [InlineData("(([|session.User|], _), _) = ((user, 1), 2);")]
    [InlineData("_ = new Handler { [|User|] = user };")]
    [InlineData("_ = new Handler { [|[user]|] = user };")]
    [InlineData("[|session[user]|] = user;")]
    [InlineData("[|session[user]|] += user;")]
    [InlineData("[|session.Entered|] += Ignore;")]
    [InlineData("[|session.Left|] -= Ignore;")]
    [InlineData("[|Enter(user)|];")]
    [InlineData("[|Session.Enter(user)|];")]
    [InlineData("[|Leave(user)|];")]
    [InlineData("[|this.Leave(user)|];")]
    [InlineData("[|base.Leave(user)|];")]
    [InlineData("[|session.Keep(user)|];")]
    [InlineData("[|Kept|] = user;")]
    [InlineData("[|Extensions.Become(session, user)|];")]
    [InlineData("[|entered.Enter(user)|];")]
    [InlineData("await Task.Yield(); _ = [|session.Shown|];")]
    public Task State_is_found_behind_whatever_can_be_named_here(string set) => Verify.Finds(Accessed(set), Session);

    [Theory]
    [InlineData("[|session.Run(user)|];")]
    [InlineData("[|Own|] = user;")]
    [InlineData("_ = [|new Session(user)|];")]
    public Task State_behind_private_members_is_found_in_a_nested_type(string set) => Verify.Finds(
        $$"""
        namespace Services;
        partial class Session
        {
            class Inner { async Task Start(string user, Session session) { {{set}} await Task.Yield(); } }
        }
        """,
        Session);

    [Theory]
    [InlineData("_ = session.User + session[user];")]
    [InlineData("_ = session is { User: null };")]
    [InlineData("session.Shown = user;")]
    [InlineData("session.Entered -= Ignore;")]
    [InlineData("session.Left += Ignore;")]
    [InlineData("_ = (Action<string>)Enter;")]
    [InlineData("other.Run(user);")]
    [InlineData("Other.Enter(user);")]
    [InlineData("other.Kept = user;")]
    [InlineData("((INamed)session).Name = user;")]              // what implements an interface is not followed
    public Task Other_accessor_and_others_with_its_name_are_silent(string use) => Verify.Silent(Accessed(use), Session);

    private static string Accessed(string use) =>
        $$"""
        using Services;
        class Other
        {
            public string? Kept { get; set; }
            public void Run(string user) { }
            public static void Enter(string user) { }
        }
        class Handler : Session
        {
            private Session Session { get; } = new Handler();
            private static void Ignore() { }
            private async Task Run(string user, Session session, Other other, IEntered entered) { {{use}} await Task.Yield(); }
        }
        """;

    [Theory]
    [InlineData("static Func<string, Task> Enter { get; } = async user => { [|t_user|] = user; await Task.Yield(); };")]
    [InlineData("static readonly Func<string, Task> s_enter = async user => { [|t_user|] = user; await Task.Yield(); };")]
    [InlineData("Func<string, Task> Enter => async user => { [|t_user|] = user; await Task.Yield(); };")]
    [InlineData("Func<string, Task> this[int index] => async user => { [|t_user|] = user; await Task.Yield(); };")]
    [InlineData("Func<string, Task> Enter { get => async user => { [|t_user|] = user; await Task.Yield(); }; }")]
    [InlineData("Func<string, Task> Enter { get { return async user => { [|t_user|] = user; await Task.Yield(); }; } }")]
    [InlineData("Func<string, Task> this[int index] { get { return async user => { [|t_user|] = user; await Task.Yield(); }; } }")]
    [InlineData("int _plain = 1; Func<string, Task> _first = _ => Task.CompletedTask, _second = async user => { [|t_user|] = user; await Task.Yield(); };")]
    [InlineData("event Action Closed { add { Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); }); } remove => Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); }); }")]
    [InlineData("int Count { set { Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); }); } }")]
    [InlineData("static Handler() => Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); });")]
    [InlineData("~Handler() { Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); }); }")]
    [InlineData("public static Handler operator +(Handler one, Handler other) { Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); }); return one; }")]
    [InlineData("public static implicit operator string(Handler one) { Task.Run(async () => { [|t_user|] = \"\"; await Task.Yield(); }); return \"\"; }")]
    [InlineData("interface IInner { static async Task Run(string user) { [|t_user|] = user; await Task.Yield(); } }")]
    [InlineData("struct Inner { record Innermost { async Task Run(string user) { [|t_user|] = user; await Task.Yield(); } } }")]
    public Task Code_of_any_member_is_looked_at(string member) => Verify.Finds(
        $$"""
        using System;
        using System.Threading.Tasks;
        class Handler
        {
            [ThreadStatic] static string? t_user;
            {{member}}
        }
        """);

    /// <summary>What is returned stands outside the code that is looked at, and nothing in that tells.</summary>
    [Theory]
    [InlineData("public Task Run { get { [|t_user|] = \"\"; return s_last; } }")]
    [InlineData("public Task Run { get => Later([|t_user|] = \"\"); }")]
    [InlineData("public Task Run => Later([|t_user|] = \"\");")]
    [InlineData("public Task this[int index] => Later([|t_user|] = \"\");")]
    [InlineData("public Task this[int index] { get { [|t_user|] = \"\"; return s_last; } }")]
    [InlineData("public static Task operator +(Handler one, Handler other) => Later([|t_user|] = \"\");")]
    [InlineData("public static Task operator !(Handler one) { [|t_user|] = \"\"; return s_last; }")]
    [InlineData("public static implicit operator Task(Handler one) { [|t_user|] = \"\"; return s_last; }")]
    [InlineData("public static explicit operator Task(Handler one) => Later([|t_user|] = \"\");")]
    public Task Member_that_returns_a_task_is_async_code(string member) => VerifyThread.Finds(ReturningTask(member));

    [Theory]
    [InlineData("public Task Run { get => s_last; set => t_user = \"\"; }")]
    [InlineData("public Task Run { get => s_last; set { t_user = \"\"; } }")]
    [InlineData("public string Run { get { t_user = \"\"; return t_user; } }")]
    [InlineData("public string Run => t_user = \"\";")]
    [InlineData("public static string operator +(Handler one, Handler other) { t_user = \"\"; return t_user; }")]
    [InlineData("public static implicit operator string(Handler one) { t_user = \"\"; return t_user; }")]
    public Task Member_that_returns_no_task_is_silent(string member) => VerifyThread.Silent(ReturningTask(member));

    private static string ReturningTask(string member) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        class Handler
        {
            [ThreadStatic] static string? t_user;
            static Task s_last = null!;
            static Task Later(string? value) => null!;
            {{member}}
        }
        """;

    [Fact]
    public Task Constructor_of_a_class_without_bases_that_calls_one_is_looked_at() => VerifyThread.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class Handler
        {
            [ThreadStatic] static string? t_user;
            public Handler(string user) : base() => Task.Run(() => [|t_user|] = user);
        }
        """);

    private const string Shared =
        """
        global using System.Collections.Generic;
        global using System.Threading.Tasks;
        public struct Tally { public int Count; public void Increment() => Count++; public readonly int Read() => Count; }
        public class Holder { public int Part; public string? Name; public int[] Parts = [0]; }
        public static class Generic<T> { public static string? Text; }
        public static class Shared
        {
            public static Tally Tally;
            public static string? Text;
            public static int Number;
            public static readonly int[] Numbers = [1];
            public static readonly List<int> List = [1];
            public static readonly Holder Holder = new();
            public static void Fill(string from, out string? text) => text = from;
        }
        """;

    [Theory]
    [InlineData("[|Shared.Tally.Increment()|];")]
    [InlineData("[|Shared.Tally.Count|] = text.Length;")]
    [InlineData("[|Shared.Text|] = text;")]
    [InlineData("[|Shared.Text|] += text;")]
    [InlineData("(([|Shared.Text|])) = text;")]
    [InlineData("++[|Shared.Number|]; await Task.Yield(); --Shared.Number;")]
    [InlineData("[|Shared.Number|]--; await Task.Yield(); Shared.Number++;")]
    [InlineData("Shared.Fill(text, out [|Shared.Text|]);")]
    [InlineData("await Task.Run(() => { ref var alias = ref [|Shared.Text|]; alias = text; });")]
    [InlineData("[|Shared.Numbers[0]|] = 1;")]
    [InlineData("[|Shared.Numbers[0]|]++;")]
    [InlineData("[|Shared.List.Add(1)|];")]
    [InlineData("Shared.List?[|.Add(1)|];")]
    [InlineData("[|Shared.List[0]|] = 1;")]
    [InlineData("[|Shared.Holder.Part|] = text.Length;")]
    [InlineData("--[|global::Shared.Number|]; await Task.Yield(); ++Shared.Number;")]
    [InlineData("[|Shared.Holder . Part|] <<= text.Length;")]
    [InlineData("[|Shared.Holder!.Part|] = text.Length;")]
    [InlineData("[|(Shared.Holder).Part|] = text.Length;")]
    [InlineData("([|Shared.Holder.Part|], _) = (text.Length, 2);")]
    [InlineData("((_, [|Shared.Holder.Part|]), _) = ((1, text.Length), 3);")]
    [InlineData("Shared.Fill(text, out [|Generic<int>.Text|]);")]
    [InlineData("[|Shared.Text|] ??= text;")]
    [InlineData("[|Shared.Numbers![0]|] = 1;")]
    [InlineData("[|(Shared.Numbers)[0]|] = 1;")]
    public Task Change_of_a_static_is_found_however_it_is_made(string change) =>
        VerifyWrites.Finds($$"""class Handler { async Task Run(string text) { await Task.Yield(); {{change}} } }""", Shared);

    [Fact]
    public Task Change_of_a_static_by_an_argument_is_found_where_nothing_is_awaited() =>
        VerifyWrites.Finds("class Handler { void Run(string text) { Task.Run(() => Shared.Fill(text, out [|Shared.Text|])); } }", Shared);

    [Theory]
    [InlineData("_ = Shared.Tally.Read();")]
    [InlineData("_ = Shared.Text + Shared.Number + Shared.Numbers[0] + Shared.List.Count + Shared.Holder.Part;")]
    [InlineData("_ = Shared.List.Contains(1) || Shared.List is [1];")]
    [InlineData("_ = (Shared.Number, Shared.Text);")]
    [InlineData("Shared.Number.ToString();")]
    [InlineData("_ = Shared.Text == text && Shared.Number >= 1 ? Shared.Number + 1 : -Shared.Holder.Part;")]
    [InlineData("_ = Shared.Text?.Length; /* Shared.Text = text; */")]
    public Task Reading_a_static_is_silent(string read) =>
        VerifyWrites.Silent($$"""class Handler { async Task Run(string text) { await Task.Yield(); {{read}} } }""", Shared);

    private const string Work =
        """
        global using System;
        global using System.Threading.Tasks;
        public delegate Task Later();
        public partial class Work
        {
            [ThreadStatic] protected static string? t_user;
            private System.Threading.Timer _timer = new(_ => { });
            public static readonly TaskFactory Starter = new();
            public static Task? Last;
            public static void Start(Later work) => work();
            public static void Now(Action work) => work();
            public static void Now(Func<object?> work) => work();
            public static Work With(string text) => new();
            public static Task Of(string text) => Task.FromResult(text);
            public Task Run() => Task.Delay(1);
        }
        """;

    [Theory]
    [InlineData("Start(() => Of([|t_user|] = text));")]
    [InlineData("Start(() => With([|t_user|] = text).Run());")]
    [InlineData("Start(() => (With([|t_user|] = text).Run()));")]
    [InlineData("Start(() => text is \"\" ? Last! : Of([|t_user|] = text));")]
    [InlineData("Start(() => Last ?? Of([|t_user|] = text));")]
    [InlineData("Start(() => Last = Of([|t_user|] = text));")]
    [InlineData("Start(() => Last ??= Of([|t_user|] = text));")]
    [InlineData("Start(() => With([|t_user|] = text)?.Run()!);")]
    [InlineData("Start(() => { [|t_user|] = text; return Of(text); });")]
    [InlineData("Start(() => { [|t_user|] = text; if (text is \"\") return null!; else throw new Exception(); });")]
    [InlineData("Start(() => { [|t_user|] = text; return default!; });")]
    [InlineData("Start(delegate { [|t_user|] = text; return Last!; });")]
    [InlineData("Starter.StartNew(() => { [|t_user|] = text; });")]
    [InlineData("Starter.ContinueWhenAll([Last!], _ => { [|t_user|] = text; });")]
    [InlineData("Starter.ContinueWhenAny([Last!], _ => { [|t_user|] = text; });")]
    [InlineData("Starter.FromAsync(Last!, _ => { [|t_user|] = text; });")]
    [InlineData("Last!.ContinueWith(_ => { [|t_user|] = text; });")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => [|t_user|] = text);")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 2, _ => [|t_user|] = text);")]
    [InlineData("System.Threading.Tasks.Parallel.Invoke(() => [|t_user|] = text, () => { });")]
    [InlineData("_ = new System.Threading.Thread(() => { [|t_user|] = text; });")]
    [InlineData("_ = new System.Threading.Timer(_ => { [|t_user|] = text; });")]
    [InlineData("Task Later() { [|t_user|] = text; return Of(text); }")]
    [InlineData("ValueTask Later() { [|t_user|] = text; return new(Of(text)); }")]
    [InlineData("async void Later() { [|t_user|] = text; }")]
    [InlineData("_timer = new(_ => [|t_user|] = text);")]
    [InlineData("_timer = new(_ => { [|t_user|] = text; });")]
    public Task Function_is_async_code_whether_or_not_its_member_says_so(string start) =>
        VerifyThread.Finds($$"""partial class Work { void Begin(string text) { {{start}} } }""", Work);

    [Theory]
    [InlineData("Now(() => { t_user = text; });")]
    [InlineData("Now(() => t_user = text);")]
    [InlineData("Now(() => { t_user = text; return null; });")]
    [InlineData("Now(() => { t_user = text; return new Work(); });")]
    [InlineData("Now(() => { t_user = text; Later later = () => { return Of(text); }; return text + later(); });")]
    [InlineData("Now(() => With(t_user = text));")]
    public Task Lambda_that_returns_no_task_is_silent(string run) =>
        VerifyThread.Silent($$"""partial class Work { void Begin(string text) { {{run}} } }""", Work);

    private const string Results =
        """
        public class Runs<TOfType>
        {
            public class Inner { public TOfType Run(string text) => default!; }
            public TOfType Run(string text) => default!;
        }
        public static class Returns
        {
            public static T Invoke<T>(Func<T> work) => work();
            public static T Read<T>(string text) => default!;
            public static T Same<T>(string text, T value) => value;
            public static string Plain<T>(Func<T> work) => "";
        }
        """;

    [Theory]
    [InlineData("Start(() => Returns.Invoke(() => { [|t_user|] = text; return Of(text); }));")]
    [InlineData("Start(() => Returns.Same([|t_user|] = text, Last!));")]
    [InlineData("Start(() => Returns.Read<Task>([|t_user|] = text));")]
    [InlineData("Start(() => new Runs<Task>().Run([|t_user|] = text));")]
    [InlineData("Start(() => Runs.Run([|t_user|] = text));")]
    public Task Lambda_that_returns_what_its_caller_decides_is_looked_at(string start) =>
        VerifyThread.Finds($$"""partial class Work { static readonly Runs<Task> Runs = new(); void Begin(string text) { {{start}} } }""", Work, Results);

    [Theory]
    [InlineData("Now(() => Returns.Read<object>(t_user = text));")]
    [InlineData("Now(() => Returns.Plain(() => t_user = text));")]
    [InlineData("Task.FromResult<Action>(() => t_user = text);")]
    public Task Lambda_that_returns_something_else_is_silent(string start) =>
        VerifyThread.Silent($$"""partial class Work { void Begin(string text) { {{start}} } }""", Work, Results);

    [Theory]
    [InlineData("", "Task")]
    [InlineData("", "Task<int>")]
    [InlineData("", "ValueTask")]
    [InlineData("", "ValueTask<int>")]
    [InlineData("", "System.Threading.Tasks.Task")]
    [InlineData("global using Promise = System.Threading.Tasks.Task;", "Promise")]
    [InlineData("global using Promise = System.Threading.Tasks.ValueTask;", "Promise")]
    [InlineData("global using Promise = System.Threading.Tasks.Task<int>;", "Promise")]
    [InlineData("global using Promise = System.Threading.Tasks.ValueTask<int>;", "Promise")]
    public Task Method_that_returns_a_task_by_any_name_is_async_code(string declaration, string type) =>
        VerifyThread.Finds(
            $$"""class Handler : Work { protected static Task Other() => Of(""); protected {{type}} Begin(string text) { [|t_user|] = text; return default!; } }""",
            $"{declaration}\n{Work}");

    [Theory]
    [InlineData("using Pool = System.Threading.ThreadPool;", "Pool.QueueUserWorkItem(_ => [|t_user|] = text);")]
    [InlineData("using static System.Threading.Tasks.Parallel;", "Invoke(() => [|t_user|] = text);")]
    [InlineData("using Promise = System.Threading.Tasks.Task;", "Promise Later() { [|t_user|] = text; return Of(text); }")]
    [InlineData("namespace Inner; using static System.Threading.ThreadPool;", "QueueUserWorkItem(_ => { [|t_user|] = text; });")]
    public Task Other_names_for_what_starts_a_flow_are_known(string usings, string start) =>
        VerifyThread.Finds($$"""{{usings}} class Handler : Work { void Begin(string text) { {{start}} } }""", Work);

    [Theory]
    [InlineData("Start(() => Returns.Same([|t_user|] = text, Last!));")]
    [InlineData("Task.Run(() => [|t_user|] = text);")]
    [InlineData("Start(async () => { await Of(text); [|t_user|] = text; });")]
    public Task Lambda_in_an_async_method_is_looked_at_where_it_is_async_itself(string use) =>
        VerifyThread.Finds($$"""partial class Work { async Task BeginAsync(string text) { await Of(text); {{use}} } }""", Work, Results);

    [Theory]
    [InlineData("Now(() => t_user = text);")]
    [InlineData("Now(() => { t_user = text; return text; });")]
    [InlineData("Keep(text);")]
    public Task Lambda_in_an_async_method_that_somebody_else_runs_is_silent(string use) =>
        VerifyThread.Silent(
            $$"""partial class Work { void Keep(string text) => Now(() => t_user = text); async Task BeginAsync(string text) { await Of(text); {{use}} } }""", Work, Results);
}
