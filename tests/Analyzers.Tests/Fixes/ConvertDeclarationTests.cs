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

    [Fact]
    public Task A_property_with_block_accessors_is_converted_with_all_its_users() => Fields.BecomesContextVar(
        Fields.Id,
        """
        public static string? Id
        {
            get { return Handler.s_id; }
            set { s_id = value; }
        }

        public async Task HandleAsync(string id, Func<Task> next)
        {
            Id = id;
            await next();
            Console.WriteLine(Handler.Id + nameof(Id));
        }
        """,
        "public static ContextVar<string?> Id { get; } = new(\"id\", default);",
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = Id.Set(id);
            try
            {
                await next();
                Console.WriteLine(Handler.Id.Get() + nameof(Id));
            }
            finally
            {
                Id.Reset(token);
            }
        }
        """);

    [Theory]
    [InlineData("public static string? Id { get => Other.s_id; set => Other.s_id = value; }")] // Another field of that name.
    [InlineData("/// <summary>Of <see cref=\"s_id\"/>.</summary>\n    public static string? Id { get => s_id; set => s_id = value; }")] // It would name nothing.
    [InlineData("public static string? Id { get => s_id; private set => s_id = value; }")]
    [InlineData("public static string? Id { get { return s_id; } set { s_id = value; Console.WriteLine(); } }")]
    public async Task A_property_that_does_more_than_show_the_field_stays(string property)
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Handler.cs", $$"""
            using System;
            using System.Threading.Tasks;

            class Handler
            {
                private static string? s_id;

                {{property}}

                public async Task HandleAsync(string id, Func<Task> next)
                {
                    s_id = id;
                    await next();
                    Console.WriteLine(s_id);
                }
            }

            static class Other
            {
                public static string? s_id = "";
            }
            """));

        var offers = await projects.OffersAsync("/app/Handler.cs");

        Assert.Contains(offers, offer => offer.EquivalenceKey == "ConvertToContextVar");
        Assert.DoesNotContain(offers, offer => offer.Title.Contains("with all users"));
    }

    [Theory]
    [InlineData("", ";")]
    [InlineData(" = \"none\";", " = \"none\"")]
    public Task A_getter_stays_over_what_the_type_sets(string initializer, string start) => Fields.BecomesContextVar(
        $"public static string? {{|CTX001:Id|}} {{ get; private set; }}{initializer} // Who.",
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            Id = id;
            await next();
            Console.WriteLine(Id + nameof(Id));
        }
        """,
        $"private static readonly ContextVar<string?> s_id = new(\"id\", {(start == ";" ? "default" : "\"none\"")});\n\n    public static string? Id => s_id.Get(); // Who.",
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                await next();
                Console.WriteLine(Id + nameof(Id));
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Theory]
    [InlineData("#if !OTHER\n    private const int Other = 1;\n#endif\n    ", "")]                                     // or builds with OTHER would not have the field
    [InlineData("private const int Other = 1;\n\n#pragma warning restore CS0169\n\n    ", "")]
    [InlineData("#region Names\n    private const int Other = 1;\n    #endregion\n\n    ", "// Who.\n    ")]
    [InlineData("private const int Other = 1;\n\n    ", "/// <summary>Who.</summary>\n#pragma warning disable CS1591\n    ")] // the comment documents the property
    [InlineData("private const int Other = 1;\n\n    ", "#region Id\n    ", "\n    #endregion")]
    public Task A_variable_stands_below_the_directives_above_its_property(string above, string comment, string below = "") => Fields.BecomesContextVar(
        $"{above}{comment}public static string? {{|CTX001:Id|}} {{ get; private set; }}{below}",
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            Id = id;
            await next();
        }
        """,
        $"{above}private static readonly ContextVar<string?> s_id = new(\"id\", default);\n\n    {comment}public static string? Id => s_id.Get();{below}",
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public async Task Ways_over_a_getter_have_titles_of_their_own()
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Handler.cs",
            """
            using System;
            using System.Threading.Tasks;

            public class Handler
            {
                private static readonly int s_id = 1, s_id2 = 2;

                public static string? Id { get; private set; }

                public async Task HandleAsync(string id, Func<Task> next)
                {
                    Id = id;
                    await next();
                    Console.WriteLine(Id + s_id + s_id2);
                }
            }
            """));

        var offers = await projects.OffersAsync("/app/Handler.cs");

        Assert.Equal(
            ["Convert to ContextVar behind the getter of 'Id'", "Convert to ContextVar behind property 'Id'", "Convert to AsyncLocal behind the getter of 'Id'", "Convert to AsyncLocal behind property 'Id'"],
            offers.Select(offer => offer.Title));
        var texts = await ChangedTextsAsync(offers[0]);
        Assert.Contains("ContextVar<string?> s_id3 = ", texts);
    }

    [Theory]
    [InlineData("[S::ThreadStatic]\n    private static string? {|CTX003:s_id|};", "private static readonly ContextVar<string?> s_id = new(\"id\", default);")]
    [InlineData("[ThreadStatic, NonSerialized]\n    private static string? {|CTX003:s_id|};", "[NonSerialized]\n    private static readonly ContextVar<string?> s_id = new(\"id\", default);")]
    [InlineData("private static string? {|CTX001:s_2id|};", "private static readonly ContextVar<string?> s_2id = new(\"s_2id\", default);")]
    [InlineData("private static string? {|CTX001:_|};", "private static readonly ContextVar<string?> _ = new(\"_\", default);")]
    public Task The_declaration_keeps_what_is_beside_it(string field, string fixedField)
    {
        var name = field.Contains("s_2id") ? "s_2id" : field.Contains(":_|") ? "_" : "s_id";
        string Source(string directive, string declaration, string body) => $$"""
            using System;
            using System.Threading.Tasks;
            {{directive}}using S = System;

            class Handler
            {
                {{declaration}}

                public async Task HandleAsync(string id, Func<Task> next)
                {
                    {{body}}
                }
            }
            """;

        return Verify.Fixes(
            Source("", field, $"{name} = id;\n        await next();"),
            Source("using ContextVars;\n", fixedField, $"var token = {name}.Set(id);\n        try\n        {{\n            await next();\n        }}\n        finally\n        {{\n            {name}.Reset(token);\n        }}"));
    }

    [Fact]
    public async Task The_last_of_several_declarators_gets_a_declaration_of_its_own()
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Handler.cs",
            """
            using System;
            using System.Threading.Tasks;

            class Handler
            {
                private static string? s_first = "a", s_id; // Both.

                public async Task HandleAsync(string id, Func<Task> next)
                {
                    s_id = id;
                    await next();
                    Console.WriteLine(s_first);
                }
            }
            """));

        var text = await ChangedTextsAsync((await projects.OffersAsync("/app/Handler.cs"))[0]);

        Assert.Contains("    private static string? s_first = \"a\"; // Both.\n    private static readonly ContextVar<string?> s_id = new(\"id\", default);\n", text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("private static string? {|CTX001:s_first|}, // Before.\n        {|CTX001:s_id|};")]
    [InlineData("private static string?\n        {|CTX001:s_first|},\n        {|CTX001:s_id|};")]
    public Task One_of_several_declarators_on_lines_of_their_own_is_refused(string field) => Fields.IsRefused(
        "public async Task HandleAsync(string id, Func<Task> next)\n{\n    s_id = id;\n    await next();\n    Console.WriteLine(s_first);\n    s_first = \"\";\n}", field);

    [Fact]
    public async Task A_field_in_another_part_than_its_property_is_converted_alone()
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Handler.cs", "using System;\nusing System.Threading.Tasks;\n\nstatic partial class Handler\n{\n    private static string? s_id;\n\n    public static async Task HandleAsync(string id, Func<Task> next)\n    {\n        Id = id;\n        await next();\n    }\n}\n"),
            ("/app/Handler.Id.cs", "partial class Handler\n{\n    public static string? Id { get => s_id; set => s_id = value; }\n}\n"));

        var offers = await projects.OffersAsync("/app/Handler.cs");

        Assert.Equal(["Convert to ContextVar behind property 'Id'", "Convert to AsyncLocal behind property 'Id'"], offers.Select(offer => offer.Title));
        Assert.Contains("get => s_id.Get(); set => s_id.Set(value);", (await Projects.TextsAsync(await Projects.ApplyAsync(offers[0])))["/app/Handler.Id.cs"]);
    }

    private static async Task<string> ChangedTextsAsync(Microsoft.CodeAnalysis.CodeActions.CodeAction offer) => string.Concat((await Projects.TextsAsync(await Projects.ApplyAsync(offer))).Values);
}
