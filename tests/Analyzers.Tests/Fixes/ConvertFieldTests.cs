using Verify = ContextAnalyzers.Tests.Verify<ContextAnalyzers.Tests.Fixes.StateMarker, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Fixes;

public class ConvertFieldTests
{
    [Fact]
    public Task A_plain_write_is_reset_at_the_end_of_its_block() => Verify.Fixes(
        """
        using System;
        using System.Threading.Tasks;

        class Handler
        {
            private static string? {|CTX001:s_requestId|};

            public async Task HandleAsync(string id)
            {
                s_requestId = id;
                await Task.Yield();
                Console.WriteLine(s_requestId);
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        class Handler
        {
            private static readonly ContextVar<string?> s_requestId = new("requestId", default);

            public async Task HandleAsync(string id)
            {
                var token = s_requestId.Set(id);
                try
                {
                    await Task.Yield();
                    Console.WriteLine(s_requestId.Get());
                }
                finally
                {
                    s_requestId.Reset(token);
                }
            }
        }
        """);

    [Fact]
    public Task Save_set_and_restore_in_a_finally_collapse() => Verify.Fixes(
        """
        using System.Threading.Tasks;

        class Handler
        {
            private static string? {|CTX001:s_requestId|};

            public async Task HandleAsync(string id)
            {
                var old = s_requestId;
                s_requestId = id;
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    s_requestId = old;
                }
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using ContextVars;

        class Handler
        {
            private static readonly ContextVar<string?> s_requestId = new("requestId", default);

            public async Task HandleAsync(string id)
            {
                var token = s_requestId.Set(id);
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    s_requestId.Reset(token);
                }
            }
        }
        """);

    [Fact]
    public Task A_set_inside_the_try_moves_before_it() => Verify.Fixes(
        """
        using System.Threading.Tasks;

        class Handler
        {
            private static string? {|CTX001:s_requestId|};

            public async Task HandleAsync(string id)
            {
                // The caller's.
                var old = s_requestId;
                try
                {
                    s_requestId = id;
                    await Task.Yield();
                }
                finally
                {
                    s_requestId = old; // again
                }
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using ContextVars;

        class Handler
        {
            private static readonly ContextVar<string?> s_requestId = new("requestId", default);

            public async Task HandleAsync(string id)
            {
                // The caller's.
                var token = s_requestId.Set(id);
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    s_requestId.Reset(token); // again
                }
            }
        }
        """);

    [Fact]
    public Task Set_and_clear_get_a_finally() => Verify.Fixes(
        """
        using System.Threading.Tasks;

        class Handler
        {
            private static bool {|CTX001:s_isReplay|};

            public async Task<int> ReplayAsync()
            {
                s_isReplay = true;
                var count = await CountAsync();
                s_isReplay = false;
                return count;
            }

            private static async Task<int> CountAsync()
            {
                await Task.Yield();
                return s_isReplay ? 1 : 2;
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using ContextVars;

        class Handler
        {
            private static readonly ContextVar<bool> s_isReplay = new("isReplay", default);

            public async Task<int> ReplayAsync()
            {
                int count;
                var token = s_isReplay.Set(true);
                try
                {
                    count = await CountAsync();
                }
                finally
                {
                    s_isReplay.Reset(token);
                }
                return count;
            }

            private static async Task<int> CountAsync()
            {
                await Task.Yield();
                return s_isReplay.Get() ? 1 : 2;
            }
        }
        """);

    [Fact]
    public Task The_initializer_becomes_the_default_and_modifiers_comments_and_attributes_stay() => Verify.Fixes(
        """
        using System;
        using System.Threading.Tasks;

        namespace App;

        sealed class MarkedAttribute(string text) : Attribute { public string Text => text; }

        public static class Tenant
        {
            /// <summary>Who pays.</summary>
            [Marked("Ask the request.")]
            internal static string {|CTX001:Name|} = "nobody"; // until somebody does

            internal static async Task RunAsync(string name, Func<Task> next)
            {
                Name = name;
                await next();
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        namespace App;

        sealed class MarkedAttribute(string text) : Attribute { public string Text => text; }

        public static class Tenant
        {
            /// <summary>Who pays.</summary>
            [Marked("Ask the request.")]
            internal static readonly ContextVar<string> Name = new("name", "nobody"); // until somebody does

            internal static async Task RunAsync(string name, Func<Task> next)
            {
                var token = Name.Set(name);
                try
                {
                    await next();
                }
                finally
                {
                    Name.Reset(token);
                }
            }
        }
        """);
}
