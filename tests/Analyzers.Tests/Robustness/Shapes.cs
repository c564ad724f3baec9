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
    ];

    /// <summary>The oldest the analyzers may meet, those between, and what is not released yet.</summary>
    public static IReadOnlyList<LanguageVersion> LanguageVersions { get; } =
        [LanguageVersion.CSharp7_3, LanguageVersion.CSharp9, LanguageVersion.CSharp12, LanguageVersion.Latest, LanguageVersion.Preview];
}
