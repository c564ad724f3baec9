namespace ContextAnalyzers.Tests.Fixes;

public class ConvertToAsyncLocalTests
{
    [Fact]
    public Task A_plain_write_saves_and_restores() => Fields.BecomesAsyncLocal(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
            Console.WriteLine(s_id);
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var previous = s_id.Value;
            s_id.Value = id;
            try
            {
                await next();
                Console.WriteLine(s_id.Value);
            }
            finally
            {
                s_id.Value = previous;
            }
        }
        """);

    [Fact]
    public Task Save_set_and_restore_stays_what_it_is() => Fields.BecomesAsyncLocal(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var old = s_id;
            s_id = id;
            try
            {
                await next();
            }
            finally
            {
                s_id = old;
            }
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var previous = s_id.Value;
            s_id.Value = id;
            try
            {
                await next();
            }
            finally
            {
                s_id.Value = previous;
            }
        }
        """);

    [Fact]
    public Task Comments_and_blank_lines_stay() => Fields.BecomesAsyncLocal(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            Console.WriteLine("begin");

            // The id first,
            s_id = id; // because the log wants it.

            // then the work.
            await next();
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            Console.WriteLine("begin");

            // The id first,
            var previous = s_id.Value;
            s_id.Value = id; // because the log wants it.
            try
            {
                // then the work.
                await next();
            }
            finally
            {
                s_id.Value = previous;
            }
        }
        """);

    [Fact]
    public Task A_scope_class_needs_no_token() => Fields.BecomesAsyncLocal(
        """
        public static string? Id => s_id;

        public sealed class Scope : IDisposable
        {
            private readonly string? _previous;

            public Scope(string id)
            {
                _previous = s_id;
                s_id = id;
            }

            public void Dispose() => s_id = _previous;
        }
        """,
        """
        public static string? Id => s_id.Value;

        public sealed class Scope : IDisposable
        {
            private readonly string? _previous;

            public Scope(string id)
            {
                _previous = s_id.Value;
                s_id.Value = id;
            }

            public void Dispose() => s_id.Value = _previous;
        }
        """);

    [Fact]
    public Task A_conditional_write_restores_what_was_there() => Fields.BecomesAsyncLocal(
        """
        public async Task HandleAsync(string? id, Func<Task> next)
        {
            if (id is not null)
                s_id = id; // if there is one

            await next();
        }
        """,
        """
        public async Task HandleAsync(string? id, Func<Task> next)
        {
            var previous = s_id.Value;
            try
            {
                if (id is not null)
                    s_id.Value = id; // if there is one

                await next();
            }
            finally
            {
                s_id.Value = previous;
            }
        }
        """);

    [Fact]
    public Task The_callers_of_a_method_that_only_sets_restore() => Fields.BecomesAsyncLocal(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            Use(id);
            await next();
        }

        private static void Use(string id) => s_id = id;

        private static class Other
        {
            public static async Task HandleAsync(Func<Task> next)
            {
                Use("other");
                await next();
                Use(null!);
            }
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var previous = s_id.Value;
            Use(id);
            try
            {
                await next();
            }
            finally
            {
                s_id.Value = previous;
            }
        }

        private static void Use(string id) => s_id.Value = id;

        private static class Other
        {
            public static async Task HandleAsync(Func<Task> next)
            {
                var previous = s_id.Value;
                Use("other");
                try
                {
                    await next();
                }
                finally
                {
                    s_id.Value = previous;
                }
            }
        }
        """);

    [Fact]
    public Task Values_within_values_get_names_of_their_own() => Fields.BecomesAsyncLocal(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
            s_id += "!";
            await next();
            s_id += "?";
            await next();
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var previous = s_id.Value;
            s_id.Value = id;
            try
            {
                await next();
                var previousId = s_id.Value;
                s_id.Value = s_id.Value + "!";
                try
                {
                    await next();
                    var previousId2 = s_id.Value;
                    s_id.Value = s_id.Value + "?";
                    try
                    {
                        await next();
                    }
                    finally
                    {
                        s_id.Value = previousId2;
                    }
                }
                finally
                {
                    s_id.Value = previousId;
                }
            }
            finally
            {
                s_id.Value = previous;
            }
        }
        """);

    [Fact]
    public Task A_caller_that_does_not_see_the_variable_is_refused()
    {
        string[] sources =
        [
            "static class Current\n{\n    private static string? {|CTX001:s_id|};\n\n    public static void Use(string id) => s_id = id;\n\n    public static string? Get() => s_id;\n}\n",
            "using System;\nusing System.Threading.Tasks;\n\nclass Handler\n{\n    public async Task HandleAsync(string id, Func<Task> next)\n    {\n        Current.Use(id);\n        await next();\n        Console.WriteLine(Current.Get());\n    }\n}\n",
        ];

        return Verify<StateMarker, CodeFixes.ConvertStateCodeFix>.Fixes(sources, sources, "ConvertToAsyncLocal");
    }
}
