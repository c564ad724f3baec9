using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class ResetNotOnEveryPathTests
{
    [Fact]
    public Task Reset_on_the_normal_path_only_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        Work();
        Trace.Reset(token);
        """));

    [Fact]
    public Task Reset_in_catch_only_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        try { Work(); } catch { Trace.Reset(token); throw; }
        """));

    [Fact]
    public Task Reset_behind_a_try_and_in_its_catch_of_one_type_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        try { Work(); } catch (IOException) { Trace.Reset(token); throw; }
        Trace.Reset(token);
        """));

    [Fact]
    public Task Reset_in_a_catch_with_a_filter_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        try { Work(); Trace.Reset(token); } catch (Exception) when (condition) { Trace.Reset(token); throw; }
        """));

    [Fact]
    public Task Reset_in_a_catch_of_everything_and_behind_it_is_silent() => Verify.Silent(Method("""
        var token = Trace.Set("a");
        try { Work(); } catch (Exception) { Trace.Reset(token); throw; }
        Trace.Reset(token);
        """));

    [Fact]
    public Task Call_between_set_and_try_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        Log("begin");
        try { Work(); } finally { Trace.Reset(token); }
        """));

    [Fact]
    public Task Argument_check_between_set_and_try_is_found() => Verify.Finds(Class("""
        void M(string name)
        {
            var token = [|Trace.Set("a")|];
            ArgumentNullException.ThrowIfNull(name);
            try { Work(); } finally { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Condition_in_finally_is_found() => Verify.Finds(Method("""
        var done = false;
        var token = [|Trace.Set("a")|];
        try { Work(); done = true; } finally { if (done) Trace.Reset(token); }
        """));

    [Fact]
    public Task Condition_around_the_reset_is_found() => Verify.Finds(Class("""
        void M(bool condition)
        {
            var token = [|Trace.Set("a")|];
            if (condition)
                Trace.Reset(token);
        }
        """));

    [Theory]
    [InlineData("if (condition) return;")]
    [InlineData("if (condition) throw new InvalidOperationException();")]
    [InlineData("if (condition) goto end;")]
    public Task Jump_before_the_reset_is_found(string jump) => Verify.Finds(Method($$"""
        var token = [|Trace.Set("a")|];
        {{jump}}
        Trace.Reset(token);
        end: ;
        """).Replace(jump.Contains("goto") ? "\0" : "end: ;", ""));

    [Theory]
    [InlineData("break")]
    [InlineData("continue")]
    public Task Jump_in_a_loop_before_the_reset_is_found(string jump) => Verify.Finds(Method($$"""
        while (condition)
        {
            var token = [|Trace.Set("a")|];
            if (Trace.IsSet) {{jump}};
            Trace.Reset(token);
        }
        """));

    [Fact]
    public Task Set_in_a_loop_with_one_reset_is_found() => Verify.Finds(Method("""
        Token<string> token = default;
        foreach (var c in "abc")
        {
            token = [|Trace.Set("a")|];
        }
        Trace.Reset(token);
        """));

    [Fact]
    public Task Set_and_reset_in_each_round_are_silent() => Verify.Silent(Method("""
        while (condition)
        {
            var token = Trace.Set("a");
            try
            {
                if (Load() == "") continue;
                if (Load() == "a") break;
                Work();
            }
            finally { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Token_that_is_overwritten_on_one_path_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        if (condition) token = Trace.Set("b");
        try { Work(); } finally { Trace.Reset(token); }
        """));

    [Fact]
    public Task Reset_in_the_wrong_finally_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        try
        {
            Work();
            try { Work(); } finally { Trace.Reset(token); }
        }
        finally { Log("end"); }
        """));

    [Fact]
    public Task Out_parameter_that_is_assigned_on_one_path_only_is_found() => Verify.Finds(Class("""
        static bool TrySet(bool condition, out Token<string> result)
        {
            var token = [|Trace.Set("a")|];
            if (condition)
            {
                result = token;
                return true;
            }

            result = default;
            return false;
        }
        """));

    [Fact]
    public Task Using_is_silent() => Verify.Silent(Class("""
        async Task M(bool condition)
        {
            using (Trace.Set("a")) { Work(); await WorkAsync(); }
            using (var token = Trace.Set("b")) { Work(); if (condition) return; }
            using var _ = Trace.Set("c");
            await WorkAsync();
            using Token<string> last = User.Set("d"), other = User.Set("e");
            Work();
        }
        """));

    [Fact]
    public Task Reset_in_finally_is_silent() => Verify.Silent(Class("""
        async Task M(bool condition)
        {
            var token = Trace.Set("a");
            try
            {
                Work();
                await WorkAsync();
                if (condition) return;
            }
            catch (IOException) when (condition)
            {
                throw;
            }
            finally { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Dispose_and_TryReset_in_finally_are_silent() => Verify.Silent(Method("""
        var first = Trace.Set("a");
        try { Work(); } finally { first.Dispose(); }

        var second = Trace.Set("a");
        try { Work(); } finally { Trace.TryReset(second); }

        IDisposable third = Trace.Set("a");
        try { Work(); } finally { third.Dispose(); }
        """));

    [Fact]
    public Task Set_first_in_try_with_a_guard_in_finally_is_silent() => Verify.Silent(Method("""
        Token<string>? first = null;
        try { first = Trace.Set("a"); Work(); } finally { first?.Dispose(); }

        Token<string>? second = null;
        try { second = Trace.Set("a"); Work(); } finally { if (second is { } token) Trace.Reset(token); }

        Token<string>? third = null;
        try { third = Trace.Set("a"); Work(); } finally { if (third.HasValue) Trace.Reset(third.Value); }

        Token<string>? fourth = null;
        try { fourth = Trace.Set("a"); Work(); } finally { if (fourth != null) Trace.Reset(fourth!.Value); }

        Token<string> fifth = default;
        try { fifth = Trace.Set("a"); Work(); } finally { fifth.Dispose(); }
        """));

    [Fact]
    public Task Conditional_set_with_a_guarded_reset_is_silent() => Verify.Silent(Method("""
        Token<string>? first = null;
        if (condition) first = Trace.Set("a");
        try { Work(); } finally { first?.Dispose(); }

        Token<string>? second = condition ? Trace.Set("b") : null;
        try { Work(); } finally { second?.Dispose(); }

        using (condition ? Trace.Set("c") : default(Token<string>?)) Work();
        """));

    [Fact]
    public Task Reset_under_the_condition_of_the_set_is_silent() => Verify.Silent(Method("""
        Token<string> first = default;
        if (condition) first = Trace.Set("a");
        try { Work(); } finally { if (condition) Trace.Reset(first); }

        var isSet = false;
        Token<string> second = default;
        try
        {
            if (Load() == "")
            {
                second = Trace.Set("a");
                isSet = true;
            }

            Work();
        }
        finally { if (isSet) Trace.Reset(second); }
        """));

    [Fact]
    public Task Nested_scopes_are_silent() => Verify.Silent(Method("""
        var trace = Trace.Set("a");
        try
        {
            var user = User.Set("b");
            try { Work(); } finally { User.Reset(user); }
        }
        finally { Trace.Reset(trace); }

        var first = Trace.Set("a");
        var second = User.Set("b");
        try { Work(); } finally { User.Reset(second); Trace.Reset(first); }
        """));

    [Fact]
    public Task Statements_that_cannot_throw_between_set_and_try_are_silent() => Verify.Silent(Class("""
        private int _count;
        private bool Flag { get; set; }

        void M(string name)
        {
            var token = Trace.Set("a");
            const int limit = 3;
            var local = name;
            _count = limit;
            Flag = true;
            local = nameof(M);
            Interlocked.Increment(ref _count);
            try { Log(local); } finally { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Paths_that_do_not_return_are_silent() => Verify.Silent(Class("""
        [DoesNotReturn]
        static void Fail() => throw new InvalidOperationException();

        void M(bool condition)
        {
            if (condition) throw new ArgumentException("", nameof(condition));

            var token = Trace.Set("a");
            if (condition) Fail();
            if (condition) Environment.FailFast("");
            try { Work(); } finally { Trace.Reset(token); }
        }

        async Task Loop(CancellationToken stop)
        {
            var token = Trace.Set("a");
            try { while (true) await Task.Delay(1, stop); } finally { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Aliases_of_a_token_are_followed() => Verify.Silent(Method("""
        var token = Trace.Set("a");
        var alias = token;
        token = default;
        try { Work(); } finally { Trace.Reset(alias); }

        Token<string> one, two;
        one = two = Trace.Set("b");
        try { Work(); } finally { two.Dispose(); }
        """));

    [Fact]
    public Task Token_that_is_handed_on_after_work_is_silent() => Verify.Silent(Class("""
        static Token<string> Begin()
        {
            var token = Trace.Set("a");
            Work();
            return token;
        }
        """));

    [Fact]
    public Task Switch_goto_and_nested_try_are_followed() => Verify.Finds(Class("""
        void M(int n)
        {
            var token = [|Trace.Set("a")|];
            switch (n)
            {
                case 0: goto case 1;
                case 1: Trace.Reset(token); break;
                default: break;
            }
        }

        void N(int n)
        {
            var token = Trace.Set("a");
            again:
            try
            {
                try { Work(); } finally { try { Work(); } catch { } }
                if (n > 0) goto again;
            }
            catch (Exception e) when (e is IOException) { throw; }
            finally { try { } finally { Trace.Reset(token); } }
        }
        """));

    [Fact]
    public Task Variables_in_parameters_properties_and_arrays_are_followed() => Verify.Finds(Class("""
        ContextVar<string> Property => Trace;

        void M(ContextVar<string> parameter, ContextVar<string>[] all)
        {
            var first = [|parameter.Set("a")|];
            Work();
            parameter.Reset(first);

            var second = [|Property.Set("a")|];
            Work();
            Property.Reset(second);

            var third = all[0].Set("a");
            try { Work(); } finally { all[0].Reset(third); }
        }
        """));

    [Theory]
    [InlineData("catch { Work(); }")]
    [InlineData("finally { Work(); }")]
    public Task What_stands_around_a_lambda_or_local_function_does_not_protect_it(string handler) => Verify.Finds(Method($$"""
        if (condition) Work();
        else if (!condition) Log("");
        try
        {
            Action action = () =>
            {
                var token = [|Trace.Set("x")|];
                Work();
                Trace.Reset(token);
            };
            Local();
            action();

            void Local()
            {
                var token = [|Trace.Set("x")|];
                Work();
                Trace.Reset(token);
            }
        }
        {{handler}}
        """));

    [Fact]
    public Task Lambdas_local_functions_accessors_and_constructors_are_followed() => Verify.Finds(Class("""
        C()
        {
            var token = [|Trace.Set("a")|];
            Work();
            Trace.Reset(token);
        }

        int Property
        {
            get
            {
                var token = [|Trace.Set("a")|];
                Work();
                Trace.Reset(token);
                return 0;
            }
        }

        void M()
        {
            Action action = () =>
            {
                var token = [|Trace.Set("a")|];
                Work();
                Trace.Reset(token);
            };
            action();

            async Task Local()
            {
                var token = [|Trace.Set("a")|];
                await WorkAsync();
                Trace.Reset(token);
            }

            _ = Local();
        }
        """));

    [Fact]
    public Task Statements_up_to_the_reset_go_into_try() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            Work();

            // Back to what it was.
            Trace.Reset(token);

            Work();
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                Work();
            }
            finally
            {
                // Back to what it was.
                Trace.Reset(token);
            }

            Work();
            """));

    [Fact]
    public Task Declarations_that_later_code_needs_are_hoisted() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            // What comes back.
            var text = Load();
            int length = text.Length, unused;
            int.TryParse(text, out var number);
            Trace.Reset(token);
            Log(text + length + number);
            """),
        Method("""
            string? text;
            int length;
            int number;
            var token = Trace.Set("a");
            try
            {
                // What comes back.
                text = Load();
                length = text.Length;
                int unused;
                int.TryParse(text, out number);
            }
            finally
            {
                Trace.Reset(token);
            }
            Log(text + length + number);
            """));

    [Fact]
    public Task Statements_before_the_try_go_into_it() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            Log("begin");
            try
            {
                Work();
            }
            finally
            {
                Trace.Reset(token);
            }
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                Log("begin");
                Work();
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Handlers_keep_what_they_handle() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            Log("begin");
            try
            {
                Work();
            }
            catch (IOException)
            {
                Log("failed");
            }
            finally
            {
                Log("end");
                Trace.Reset(token);
            }

            Work();
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                Log("begin");
                try
                {
                    Work();
                }
                catch (IOException)
                {
                    Log("failed");
                }
                finally
                {
                    Log("end");
                }
            }
            finally
            {
                Trace.Reset(token);
            }

            Work();
            """));

    [Fact]
    public Task Condition_around_the_reset_goes() => Verify.Fixes(
        Method("""
            var done = false;
            var token = [|Trace.Set("a")|];
            try
            {
                Work();
                done = true;
            }
            finally
            {
                if (done)
                    Trace.Reset(token);
            }
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                Work();
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Flag_that_others_ask_for_stays() => Verify.Fixes(
        Method("""
            var done = false;
            var token = [|Trace.Set("a")|];
            try
            {
                Work();
                done = true;
            }
            finally
            {
                if (done)
                    Trace.Reset(token);
            }

            Log(done ? "done" : "failed");
            """),
        Method("""
            var done = false;
            var token = Trace.Set("a");
            try
            {
                Work();
                done = true;
            }
            finally
            {
                Trace.Reset(token);
            }

            Log(done ? "done" : "failed");
            """));

    [Theory]
    [InlineData("bool done = false, other = condition; Log(other ? \"\" : \"a\");", "done = true;")]
    [InlineData("var done = false;", "if (condition) done = true;")]
    [InlineData("// Whether it is done.\n    var done = false;", "done = true;")]
    public Task Flag_that_cannot_be_taken_away_prevents_the_fix(string declaration, string assignment) => Verify.FindsButDoesNotFix(Method($$"""
        {{declaration}}
        var token = [|Trace.Set("a")|];
        try { Work(); {{assignment}} } finally { if (done) Trace.Reset(token); }
        """));

    [Fact]
    public Task Flag_that_the_scope_declares_prevents_the_fix() => Verify.FindsButDoesNotFix(Method("""
        var token = [|Trace.Set("a")|];
        bool done;
        try
        {
            Work();
            done = true;
        }
        catch (IOException)
        {
            done = false;
        }

        if (done)
            Trace.Reset(token);
        """));

    [Fact]
    public Task Resets_before_each_return_become_one() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            if (condition)
            {
                Trace.Reset(token);
                return;
            }

            Work();
            Trace.Reset(token);
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                if (condition)
                {
                    return;
                }

                Work();
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Using_ends_where_the_reset_was() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            var text = Load();
            Trace.Reset(token);
            Log(text);
            """),
        Method("""
            string? text;
            using (Trace.Set("a"))
            {
                text = Load();
            }
            Log(text);
            """),
        "Use using");

    [Fact]
    public Task Declaration_that_cannot_be_hoisted_prevents_the_fix() => Verify.FindsButDoesNotFix(Method("""
        var token = [|Trace.Set("a")|];
        var anonymous = new { Text = Load() };
        Trace.Reset(token);
        Log(anonymous.Text);
        """));

    [Fact]
    public Task Token_that_is_set_twice_prevents_the_fix() => Verify.FindsButDoesNotFix(Method("""
        var token = [|Trace.Set("a")|];
        if (condition) token = Trace.Set("b");
        try { Work(); } finally { Trace.Reset(token); }
        """));

    [Fact]
    public Task Task_that_is_started_in_a_using_and_returned_is_silent() => Verify.Silent(Class("""
        static async Task LaterAsync() { await Task.Yield(); Log(Trace.Get()); }

        Task M() { using (Trace.Set("a")) return LaterAsync(); }
        Task N() { using (Trace.Set("a")) return WorkAsync(); }
        Task P() { var token = Trace.Set("a"); try { return LaterAsync(); } finally { Trace.Reset(token); } }

        // What starts while the value is set keeps it, whether the method that starts it is async or not.
        static Task NowAsync() { Log(Trace.Get()); return Task.Run(() => Log(Trace.Get())); }
        Task Q() { using (Trace.Set("a")) return NowAsync(); }
        Task R() { using (Trace.Set("a")) return Task.Delay(1).ContinueWith(_ => Log(Trace.Get())); }
        """));

    [Fact]
    public Task Work_that_is_started_and_forgotten_inside_a_scope_is_silent() => Verify.Silent(Method("""
        using (Trace.Set("a"))
        {
            _ = WorkAsync();
            Task.Run(Work);
            ThreadPool.QueueUserWorkItem(_ => Log(Trace.Get()));
        }
        """));

    [Fact]
    public Task One_arm_that_sets_with_a_guarded_reset_behind_the_switch_is_silent() => Verify.Silent(Class("""
        void M(int n)
        {
            Token<string>? token = null;
            switch (n)
            {
                case 1: token = Trace.Set("a"); break;
                case 2: token = Trace.Set("b"); break;
                default: break;
            }
            try { Work(); } finally { token?.Dispose(); }

            Token<string>? other = n switch { 1 => Trace.Set("a"), 2 => Trace.Set("b"), _ => null };
            try { Work(); } finally { if (other is { } t) Trace.Reset(t); }
        }
        """));

    [Fact]
    public Task Closure_that_makes_and_resets_the_token_is_silent() => Verify.Silent(Method("""
        Token<string> token = default;
        void Enter() => token = Trace.Set("a");
        void Leave() => Trace.Reset(token);
        Enter();
        try { Work(); } finally { Leave(); }

        var pair = (Trace.Set("a"), User.Set("b"));
        try { Work(); } finally { User.Reset(pair.Item2); Trace.Reset(pair.Item1); }
        """));

    [Fact]
    public Task Exception_of_a_finally_is_not_followed() => Verify.Silent(Method("""
        var token = Trace.Set("a");
        try { Work(); }
        finally
        {
            try { Log("end"); throw new IOException(); }
            catch (InvalidOperationException) { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Statements_of_a_program_go_into_try() => Verify.FixesInProgram(
        """
        using ContextVars;

        // The trace of this run.
        var token = [|Current.Trace.Set("a")|];
        System.Console.WriteLine("work");
        Current.Trace.Reset(token);
        System.Console.WriteLine("done");

        static class Current { public static readonly ContextVar<string> Trace = new("trace", ""); }
        """,
        """
        using ContextVars;

        // The trace of this run.
        var token = Current.Trace.Set("a");
        try
        {
            System.Console.WriteLine("work");
        }
        finally
        {
            Current.Trace.Reset(token);
        }
        System.Console.WriteLine("done");

        static class Current { public static readonly ContextVar<string> Trace = new("trace", ""); }
        """);

    [Fact]
    public Task Tokens_of_a_loop_of_which_the_last_is_handed_on_are_silent() => Verify.Silent(Class("""
        void For(int n, List<Token<string>> all)
        {
            Token<string> token = default;
            for (var i = 0; i < n; i++)
                token = Trace.Set("a");

            all.Add(token);
        }

        void Goto(int n, List<Token<string>> all)
        {
            again:
            var token = Trace.Set("a");
            if (n-- > 0) goto again;
            all.Add(token);
        }
        """));

    [Fact]
    public Task Tokens_of_a_goto_loop_of_which_the_last_is_reset_are_found() => Verify.Finds(Class("""
        void M(int n)
        {
            again:
            var token = [|Trace.Set("a")|];
            if (n-- > 0) goto again;
            Trace.Reset(token);
        }
        """));
}
