using Verify = ContextAnalyzers.Tests.Verify<ContextAnalyzers.Tests.Fixes.StateMarker, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Fixes;

public class ConvertDeclarationTests
{
    private const string Current =
        """
        using System;

        public static class Current
        {
            [ThreadStatic]
            private static string? {|CTX003:t_user|};

            /// <summary>Who asks.</summary>
            public static string? User
            {
                get => t_user;
                set => t_user = value;
            }
        }
        """;

    private const string Middleware =
        """
        using System;
        using System.Threading.Tasks;

        class Middleware(Func<Task> next)
        {
            public async Task InvokeAsync(string user)
            {
                Current.User = user;
                await next();
                Console.WriteLine(Current.User);
            }
        }
        """;

    [Fact]
    public Task A_property_is_converted_with_all_its_users() => Verify.Fixes(
        [Current, Middleware],
        [
            """
            using System;
            using ContextVars;

            public static class Current
            {
                /// <summary>Who asks.</summary>
                public static ContextVar<string?> User { get; } = new("user", default);
            }
            """,
            """
            using System;
            using System.Threading.Tasks;

            class Middleware(Func<Task> next)
            {
                public async Task InvokeAsync(string user)
                {
                    var token = Current.User.Set(user);
                    try
                    {
                        await next();
                        Console.WriteLine(Current.User.Get());
                    }
                    finally
                    {
                        Current.User.Reset(token);
                    }
                }
            }
            """,
        ]);

    [Fact]
    public Task A_property_may_stay_over_the_converted_field() => Verify.Fixes(
        [Current, Middleware],
        [
            """
            using System;
            using ContextVars;

            public static class Current
            {
                private static readonly ContextVar<string?> t_user = new("user", default);

                /// <summary>Who asks.</summary>
                public static string? User
                {
                    get => t_user.Get();
                    set => t_user.Set(value);
                }
            }
            """,
            Middleware,
        ],
        "ConvertToContextVar.KeepProperty");

    [Fact]
    public Task An_auto_property_may_stay_over_a_new_field() => Verify.Fixes(
        [
            """
            namespace App
            {
                public static class Tenant
                {
                    // Who pays.
                    public static string {|CTX001:Name|} { get; set; } = "nobody";
                }
            }
            """,
            """
            using System;
            using System.Threading.Tasks;
            using App;

            class Middleware(Func<Task> next)
            {
                public async Task InvokeAsync(string name)
                {
                    Tenant.Name = name;
                    await next();
                }
            }
            """,
        ],
        [
            """
            using ContextVars;

            namespace App
            {
                public static class Tenant
                {
                    private static readonly ContextVar<string> s_name = new("name", "nobody");

                    // Who pays.
                    public static string Name { get => s_name.Get(); set => s_name.Set(value); }
                }
            }
            """,
            """
            using System;
            using System.Threading.Tasks;
            using App;

            class Middleware(Func<Task> next)
            {
                public async Task InvokeAsync(string name)
                {
                    Tenant.Name = name;
                    await next();
                }
            }
            """,
        ],
        "ConvertToContextVar.KeepProperty");

    [Fact]
    public Task One_of_several_declarators_gets_a_declaration_of_its_own() => Verify.Fixes(
        """
        using System;
        using System.Threading.Tasks;

        class Handler
        {
            [ThreadStatic]
            private static string? t_first, {|CTX003:t_second|};

            public async Task HandleAsync(string id, Func<Task> next)
            {
                t_first = id;
                await next();
                Console.WriteLine(t_first);
            }

            public async Task HandleSecondAsync(string id, Func<Task> next)
            {
                t_second = id;
                await next();
            }
        }
        """.Replace("t_first,", "{|CTX003:t_first|},"),
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        class Handler
        {
            private static readonly ContextVar<string?> t_second = new("second", default);
            private static readonly ContextVar<string?> t_first = new("first", default);

            public async Task HandleAsync(string id, Func<Task> next)
            {
                var token = t_first.Set(id);
                try
                {
                    await next();
                    Console.WriteLine(t_first.Get());
                }
                finally
                {
                    t_first.Reset(token);
                }
            }

            public async Task HandleSecondAsync(string id, Func<Task> next)
            {
                var token = t_second.Set(id);
                try
                {
                    await next();
                }
                finally
                {
                    t_second.Reset(token);
                }
            }
        }
        """);

    [Fact]
    public Task A_name_that_would_become_ambiguous_is_written_in_full() => Verify.Fixes(
        [
            """
            using System;
            using System.Threading.Tasks;
            using Vendor;

            class Handler
            {
                private static Context? {|CTX001:s_context|};

                public async Task HandleAsync(Context context, Func<Task> next)
                {
                    s_context = context;
                    await next();
                }
            }
            """,
            "namespace Vendor { public sealed class Context { } }",
        ],
        [
            """
            using System;
            using System.Threading.Tasks;
            using Vendor;

            class Handler
            {
                private static readonly global::ContextVars.ContextVar<Context?> s_context = new("context", default);

                public async Task HandleAsync(Context context, Func<Task> next)
                {
                    var token = s_context.Set(context);
                    try
                    {
                        await next();
                    }
                    finally
                    {
                        s_context.Reset(token);
                    }
                }
            }
            """,
            "namespace Vendor { public sealed class Context { } }",
        ]);

    [Fact]
    public Task A_thread_static_auto_property_loses_its_attribute() => Verify.Fixes(
        """
        using System;
        using System.Threading.Tasks;

        class Handler
        {
            [field: ThreadStatic]
            private static string? {|CTX003:Id|} { get; set; }

            public async Task HandleAsync(string id, Func<Task> next)
            {
                Id = id;
                await next();
                Console.WriteLine(Id);
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        class Handler
        {
            private static ContextVar<string?> Id { get; } = new("id", default);

            public async Task HandleAsync(string id, Func<Task> next)
            {
                var token = Id.Set(id);
                try
                {
                    await next();
                    Console.WriteLine(Id.Get());
                }
                finally
                {
                    Id.Reset(token);
                }
            }
        }
        """);
}
