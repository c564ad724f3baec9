namespace ContextAnalyzers.Tests.Fixes;

public class ConvertShapeTests
{
    [Fact]
    public Task A_conditional_write_resets_what_was_set() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string? id, Func<Task> next)
        {
            if (id is not null)
                s_id = id;

            await next();
        }
        """,
        """
        public async Task HandleAsync(string? id, Func<Task> next)
        {
            Token<string?> token = default;
            try
            {
                if (id is not null)
                    token = s_id.Set(id);

                await next();
            }
            finally
            {
                token.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_write_in_a_loop_is_for_its_round() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(IEnumerable<string> ids, Func<Task> next)
        {
            foreach (var id in ids)
            {
                s_id = id;
                await next();
            }
        }
        """,
        """
        public async Task HandleAsync(IEnumerable<string> ids, Func<Task> next)
        {
            foreach (var id in ids)
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
        }
        """);

    [Fact]
    public Task A_write_in_a_switch_section_is_for_what_follows() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(int kind, Func<Task> next)
        {
            switch (kind)
            {
                case 1:
                    s_id = "one";
                    await next();
                    break;
                default:
                    return;
            }
        }
        """,
        """
        public async Task HandleAsync(int kind, Func<Task> next)
        {
            switch (kind)
            {
                case 1:
                    var token = s_id.Set("one");
                    try
                    {
                        await next();
                        break;
                    }
                    finally
                    {
                        s_id.Reset(token);
                    }
                default:
                    return;
            }
        }
        """);

    [Fact]
    public Task A_write_in_a_lambda_is_for_the_rest_of_it() => Fields.BecomesContextVar(
        """
        public Func<string, Task> Wrap(Func<Task> next) => async id =>
        {
            s_id = id;
            await next();
        };
        """,
        """
        public Func<string, Task> Wrap(Func<Task> next) => async id =>
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
        };
        """);

    [Fact]
    public Task A_write_in_a_catch_is_for_the_rest_of_it() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Func<Task> next, Func<Task> report)
        {
            try
            {
                await next();
            }
            catch (Exception e)
            {
                s_id = e.Message;
                await report();
            }
        }
        """,
        """
        public async Task HandleAsync(Func<Task> next, Func<Task> report)
        {
            try
            {
                await next();
            }
            catch (Exception e)
            {
                var token = s_id.Set(e.Message);
                try
                {
                    await report();
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
        }
        """);

    [Fact]
    public Task A_task_that_is_returned_is_returned_from_inside() => Fields.BecomesContextVar(
        """
        public Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            return next();
        }
        """,
        """
        public Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                return next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task The_new_value_may_be_made_from_the_old_and_awaited() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Task<string> id, Func<Task> next)
        {
            s_id += "/" + await id;
            await next();
            s_id ??= "none";
            await next();
        }
        """,
        """
        public async Task HandleAsync(Task<string> id, Func<Task> next)
        {
            var idToken2 = s_id.Set(s_id.Get() + ("/" + await id));
            try
            {
                await next();
                var idToken = s_id.Set(s_id.Get() ?? "none");
                try
                {
                    await next();
                }
                finally
                {
                    s_id.Reset(idToken);
                }
            }
            finally
            {
                s_id.Reset(idToken2);
            }
        }
        """);

    [Fact]
    public Task Reads_keep_their_shape() => Fields.BecomesContextVar(
        """
        public async Task<string> HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
            if (s_id is { Length: > 3 } and not "none" && Handler.s_id?.Length != 7 && s_id != null)
                Console.WriteLine($"{s_id,-10} {nameof(s_id)} {s_id.Length} {s_id[0]}");

            return s_id ?? (s_id + "!");
        }
        """,
        """
        public async Task<string> HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                await next();
                if (s_id.Get() is { Length: > 3 } and not "none" && Handler.s_id.Get()?.Length != 7 && s_id.Get() != null)
                    Console.WriteLine($"{s_id.Get(),-10} {nameof(s_id)} {s_id.Get()!.Length} {s_id.Get()![0]}");

                return s_id.Get() ?? (s_id.Get() + "!");
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_method_that_only_sets_hands_its_token_to_its_callers() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            Use(id);
            await next();
        }

        private static void Use(string id) => s_id = id;
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = Use(id);
            try
            {
                await next();
            }
            finally
            {
                token.Dispose();
            }
        }

        private static Token<string?> Use(string id) => s_id.Set(id);
        """);

    private const string SetterThatCalls =
        """
        public static bool IsOn
        {
            get => s_id != null;
            set
            {
                if (value)
                    Enable();
            }
        }

        private static void Enable() => s_id = "on";
        """;

    [Fact]
    public Task A_setter_that_calls_such_a_method_has_nobody_to_give_the_token_to() => Fields.BecomesContextVar(
        SetterThatCalls,
        SetterThatCalls.Replace("s_id != null", "s_id.Get() != null").Replace("static void Enable() => s_id = \"on\"", "static Token<string?> Enable() => s_id.Set(\"on\")"));

    [Fact]
    public Task A_setter_that_calls_such_a_method_needs_no_change_where_there_are_no_tokens() => Fields.BecomesAsyncLocal(
        SetterThatCalls,
        SetterThatCalls.Replace("s_id != null", "s_id.Value != null").Replace("s_id = \"on\"", "s_id.Value = \"on\""));

    [Fact]
    public Task A_scope_class_keeps_the_token() => Fields.BecomesContextVar(
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

            public void Dispose()
            {
                s_id = _previous;
            }
        }
        """,
        """
        public static string? Id => s_id.Get();

        public sealed class Scope : IDisposable
        {
            private readonly Token<string?> _token;

            public Scope(string id)
            {
                _token = s_id.Set(id);
            }

            public void Dispose()
            {
                _token.Dispose();
            }
        }
        """);

    [Fact]
    public Task Comments_directives_and_blank_lines_stay() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            // The id first,
            s_id = id; // because the log wants it.

            #region Work
            // then the work.
            await next();

            #endregion
            Console.WriteLine("done");
        }
        """,
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            // The id first,
            var token = s_id.Set(id); // because the log wants it.
            try
            {
                #region Work
                // then the work.
                await next();

                #endregion
                Console.WriteLine("done");
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_scope_class_that_clears_gets_a_field_for_the_token() => Fields.BecomesContextVar(
        """
        public static string? Id => s_id;

        public sealed class Scope : IDisposable
        {
            private readonly int _number = 1;

            public Scope(string id)
            {
                s_id = id;
                Console.WriteLine(_number);
            }

            public void Dispose()
            {
                try
                {
                    Console.WriteLine(_number);
                }
                finally
                {
                    s_id = null;
                }
            }
        }
        """,
        """
        public static string? Id => s_id.Get();

        public sealed class Scope : IDisposable
        {
            private readonly int _number = 1;
            private readonly Token<string?> _token;

            public Scope(string id)
            {
                _token = s_id.Set(id);
                Console.WriteLine(_number);
            }

            public void Dispose()
            {
                try
                {
                    Console.WriteLine(_number);
                }
                finally
                {
                    _token.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task A_write_in_a_finally_is_for_the_rest_of_it() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Func<Task> next, Func<Task> clean)
        {
            try
            {
                await next();
            }
            finally
            {
                s_id = "cleaning";
                await clean().ConfigureAwait(false);
            }
        }
        """,
        """
        public async Task HandleAsync(Func<Task> next, Func<Task> clean)
        {
            try
            {
                await next();
            }
            finally
            {
                var token = s_id.Set("cleaning");
                try
                {
                    await clean().ConfigureAwait(false);
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
        }
        """);

    [Fact]
    public Task Patterns_switches_casts_and_disposals_stay_as_they_are() => Fields.BecomesContextVar(
        """
        public async Task<int> HandleAsync(string id, Func<Task<IAsyncDisposable>> open)
        {
            s_id = id;
            await using var file = await open().ConfigureAwait(false);
            switch (s_id)
            {
                case { Length: 1 }:
                    return 1;
            }

            if (s_id is string text && text.Length == 2)
                return ((object)s_id).GetHashCode();

            return s_id switch { "a" => 3, _ => s_id![0] };
        }
        """,
        """
        public async Task<int> HandleAsync(string id, Func<Task<IAsyncDisposable>> open)
        {
            var token = s_id.Set(id);
            try
            {
                await using var file = await open().ConfigureAwait(false);
                switch (s_id.Get())
                {
                    case { Length: 1 }:
                        return 1;
                }

                if (s_id.Get() is string text && text.Length == 2)
                    return ((object)s_id.Get()!).GetHashCode();

                return s_id.Get() switch { "a" => 3, _ => s_id.Get()![0] };
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task A_setting_method_may_be_named_and_have_optional_parameters() => Fields.BecomesContextVar(
        """
        /// <summary>See <see cref="Use"/>.</summary>
        public static void Use(string? id = null) => s_id = id;

        public async Task HandleAsync(Func<Task> next)
        {
            Use();
            await next();
            Console.WriteLine(s_id + nameof(Use));
        }
        """,
        """
        /// <summary>See <see cref="Use"/>.</summary>
        public static Token<string?> Use(string? id = null) => s_id.Set(id);

        public async Task HandleAsync(Func<Task> next)
        {
            var token = Use();
            try
            {
                await next();
                Console.WriteLine(s_id.Get() + nameof(Use));
            }
            finally
            {
                token.Dispose();
            }
        }
        """);

    [Fact]
    public Task A_setting_method_that_clears_ends_what_it_has_begun() => Verify<StateMarker, CodeFixes.ConvertStateCodeFix>.Fixes(
        """
        using System;
        using System.Threading.Tasks;

        static class Current
        {
            private static string? {|CTX001:s_id|};

            public static void Use(string? id) => s_id = id;

            public static void Print() => Console.WriteLine(s_id);
        }

        class Handler
        {
            public async Task HandleAsync(string id, Func<Task> next)
            {
                Current.Use(id);
                await next();
                Current.Print();
                Current.Use(null);
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        static class Current
        {
            private static readonly ContextVar<string?> s_id = new("id", default);

            public static Token<string?> Use(string? id) => s_id.Set(id);

            public static void Print() => Console.WriteLine(s_id.Get());
        }

        class Handler
        {
            public async Task HandleAsync(string id, Func<Task> next)
            {
                var token = Current.Use(id);
                try
                {
                    await next();
                    Current.Print();
                }
                finally
                {
                    token.Dispose();
                }
            }
        }
        """);
}
