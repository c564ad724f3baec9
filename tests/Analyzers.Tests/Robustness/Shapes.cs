using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Code as people write it about the state of a flow, with the subject of every rule. What the mutations start from.</summary>
internal static class Shapes
{
    public static IReadOnlyList<string> All { get; } =
    [
        """
        using System;
        using System.Threading.Tasks;

        static class Current
        {
            [ThreadStatic] private static string? t_user;
            public static string? User { get => t_user; set => t_user = value; }
            public static string? RequestId { get; set; }
        }

        sealed class Middleware(Func<string, Task> next)
        {
            public async Task InvokeAsync(string id, string user)
            {
                Current.RequestId = id;
                Current.User = user;
                await next(id);
                Console.WriteLine($"{Current.RequestId} {Current.User}");
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;

        class Tenants
        {
            private static string s_tenant = "none";
            private static int s_depth, s_count = 1;

            public static async Task<int> RunAsync(string tenant, Func<Task<int>> work)
            {
                var old = s_tenant;
                s_tenant = tenant;
                s_depth++;
                try
                {
                    return await work() + s_count;
                }
                finally
                {
                    s_depth--;
                    s_tenant = old;
                }
            }

            public static async Task ClearAsync(string tenant)
            {
                s_tenant = tenant;
                await Task.Delay(1);
                s_tenant = "none";
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Culture
        {
            private static readonly ThreadLocal<string> Name = new(() => "en");

            public async Task SwitchAsync(string name)
            {
                Name.Value = name;
                await Task.Yield();
                System.Console.WriteLine(Name.Value);
            }

            public void Queue() => ThreadPool.QueueUserWorkItem(_ => System.Console.WriteLine(Name.Value));
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        class Traces
        {
            private static readonly ContextVar<string> Trace = new("trace", "none");
            private readonly ContextVar<int> _depth = new("depth", 0);

            public Task LeakAsync(string id)
            {
                Trace.Set(id);
                return Task.CompletedTask;
            }

            public int Late(string id)
            {
                var token = Trace.Set(id);
                var length = id.Trim().Length;
                Trace.Reset(token);
                return length;
            }

            public async Task<int> RightAsync(string id)
            {
                var token = Trace.Set(id);
                try
                {
                    await Task.Yield();
                    return Trace.Get().Length;
                }
                finally
                {
                    Trace.Reset(token);
                }
            }

            public int Conditional(string? id)
            {
                Token<string>? token = null;
                try
                {
                    if (id is { Length: > 0 })
                        token = Trace.Set(id);
                    return Trace.Get().Length;
                }
                finally
                {
                    token?.Dispose();
                }
            }

            public void Loop(string[] ids)
            {
                foreach (var id in ids)
                {
                    using var _ = Trace.Set(id);
                    if (id == "stop") break;
                    for (var i = 0; i < 3; i++)
                    {
                        var inner = _depth.Set(i);
                        if (i == 2) continue;
                        _depth.Reset(inner);
                    }
                }
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using ContextVars;

        class Streams
        {
            private static readonly ContextVar<int> Page = new("page", 0);

            public async IAsyncEnumerable<int> ReadAsync()
            {
                var token = Page.Set(1);
                try
                {
                    yield return 1;
                    await Task.Yield();
                    yield return 2;
                }
                finally
                {
                    Page.Reset(token);
                }
            }

            public IEnumerable<int> Read()
            {
                using (Page.Set(1))
                    yield return Page.Get();
            }

            public async Task UseAsync()
            {
                await foreach (var page in ReadAsync())
                    Page.Set(page);
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        sealed class UserScope : IDisposable, IAsyncDisposable
        {
            [ThreadStatic] private static UserScope? t_current;
            private static readonly ContextVar<string?> Name = new("name", null);
            private readonly UserScope? _previous;
            private readonly Token<string?> _token;

            public UserScope(string name)
            {
                _previous = t_current;
                t_current = this;
                _token = Name.Set(name);
            }

            public static UserScope? Current => t_current;
            public void Dispose() { t_current = _previous; Name.Reset(_token); }
            public async ValueTask DisposeAsync() { await Task.Yield(); _token.Dispose(); }
        }

        class Caller
        {
            public async Task CallAsync(string name)
            {
                using var scope = new UserScope(name);
                await Task.Delay(1);
                Console.WriteLine(UserScope.Current);
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;

        [ThreadStatic] static int t_program;
        ContextVar<List<int>> list = new("list", new());
        list.Get().Add(args.Length);
        Console.WriteLine(await Task.Run(() => State.Next(3)));

        static class State
        {
            [ThreadStatic] private static readonly AsyncLocal<int> Wrong = new();
            private static readonly Dictionary<string, int> Seen = new();
            private static volatile bool s_stop;
            private static object? s_lazy;

            public static async Task<int> Next(int n)
            {
                if (n == 0) return 0;
                Seen["n"] = n;
                s_stop = true;
                s_lazy ??= new object();
                lock (Seen) Seen.Clear();
                Interlocked.Increment(ref s_count);
                (s_a, var b) = (n, n);
                goto again;
            again:
                switch (n)
                {
                    case 1:
                        s_a = n;
                        await Task.Yield();
                        break;
                    default:
                        s_a += await Next(n - 1);
                        goto case 1;
                }

                return s_a + b;
            }

            private static int s_count, s_a;
        }
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;

        class A : B { protected static string? s_a; public static async Task Run(string id) { s_a = id; s_b = id; await Task.Yield(); } }
        class B : A { protected static string? s_b; [ThreadStatic] static B? t_b; public static B? Now { get => t_b; set => t_b = value; } }
        interface IOne : ITwo { static string? Name { get; set; } static async Task Set(string name) { Name = name; await Task.Yield(); ITwo.Last = name; } }
        interface ITwo : IOne { static string? Last; }
        struct Self { Self inner; public static Self s_self; static readonly ThreadLocal<Self> Local = new(); public static async Task Run(Self self) { s_self = self; await Task.Yield(); Local.Value = s_self.inner; } }
        class Loop<T> : Loop<Loop<T>> { static readonly ContextVar<Loop<T>?> V = new("v", null); public void Enter() => V.Set(this); static T? s_value; public async Task Keep(T value) { s_value = value; await Task.Yield(); } }
        class Locals : ThreadLocal<Locals> { static readonly Locals One = new(); public async Task Run() { One.Value = this; await Task.Yield(); Value = One.Value; } }
        record Node(Node Next) { static Node? s_head = new(s_head!); public static async Task Push(Node node) { s_head = node with { Next = s_head! }; await Task.Yield(); } }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        class Unfinished : Missing, IMissing<string>
        {
            static Missing? s_missing;
            [Missing, ThreadStatic] static Missing<string>? t_missing;
            static readonly ContextVar<Missing> V = new("v", Missing.Default);
            static readonly ContextVar<> W = new();
            static readonly MissingLocal<int> L = new(), M;
            public static Missing Current { get => t_missing; set { t_missing = value; Nobody(value); } }

            public async Task<Missing> Run(Missing m, Undefined[] rest, out int count)
            {
                s_missing = m.Copy(rest[^1]);
                Current = m;
                var token = V.Set(m, m);
                using (W.Set(m)) await m.SaveAsync(s_missing, t_missing);
                (s_missing, var other) = m;
                await foreach (var x in m) { L.Value = x; V.Reset(); V.Reset(token, token); }
                s_missing = ;
                return other switch { Missing { Value: var y } => y, _ => throw };
            }

            public async Task<Missing> Run(Missing m, Undefined[] rest, out int count) => await Run(m, rest, out s_missing
        }
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;

        static class Recursive
        {
            private static string? s_name;
            [ThreadStatic] private static int t_depth;
            private static readonly ContextVar<int> Depth = new("depth", 0);

            static string? First { get => Second; set => Second = value; }
            static string? Second { get { Touch(s_name); return First; } set { s_name = value; First = value; } }

            static void Touch(string? name) { t_depth++; try { Again(name); } finally { t_depth--; } }
            static void Again(string? name) { s_name = name; if (t_depth < 3) Touch(name); }
            static Token<int> Enter(int n) => n == 0 ? Depth.Set(n) : Leave(n - 1);
            static Token<int> Leave(int n) { Token<int> token = n > 5 ? Enter(n) : Depth.Set(n); return token; }

            public static async Task Run(string name)
            {
                First = name;
                Touch(name);
                using var token = Enter(3);
                Leave(2);
                Action? action = null;
                action = () => { s_name = name; Local(); action!(); };
                void Local() { t_depth++; action(); Local(); }
                action();
                await Task.Run(action);
                await Run(First + s_name + t_depth);
            }
        }
        """,
        """
        #define SERVER
        using System;
        using System.Threading.Tasks;
        #if SERVER
        using ContextVars;
        #endif

        #region state
        static class Session
        {
        #if SERVER
            private static readonly ContextVar<string> User = new("user", "");
            public static void Enter(string user) => User.Set(user);
        #elif DESKTOP
            private static string s_user;
            public static void Enter(string user) => s_user = user;
        #else
            [ThreadStatic] private static string t_user;
            public static void Enter(string user) => t_user = user;
        #endif
        #nullable disable
            static string s_last
        #if SERVER
                = "none";
        #else
                ;
        #endif
            public static async Task Run(string user, Func<Task> next)
            {
                Enter(user);
        #if TRACE || SERVER
                s_last = user;
        #endif
                await next();
        #if SERVER
                Console.WriteLine(User.Get());
        #pragma warning disable CTX001
                s_last = "none";
        #pragma warning restore CTX001
        #endif
            }
        }
        #endregion
        """,
    ];

    /// <summary>From the oldest that the analyzers may meet to what is not released yet: all that this compiler knows.</summary>
    public static IReadOnlyList<LanguageVersion> LanguageVersions { get; } =
        [.. Enum.GetValues<LanguageVersion>().Where(version => version is >= LanguageVersion.CSharp7_3 and not LanguageVersion.LatestMajor).Distinct()];
}
