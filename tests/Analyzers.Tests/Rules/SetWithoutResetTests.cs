using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetWithoutResetAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class SetWithoutResetTests
{
    [Theory]
    [InlineData("dotnet_code_quality.CTX101.async_methods = false", "Trace.Set(\"a\")")]
    [InlineData("dotnet_code_quality.CTX101.async_methods = true", "[|Trace.Set(\"a\")|]")]
    [InlineData("dotnet_code_quality.CTX101.async_methods = perhaps", "[|Trace.Set(\"a\")|]")]
    public Task Async_methods_can_be_left_out_and_others_stay(string option, string set) => Verify.FindsWith(option, Class($$"""
        async Task RunAsync()
        {
            {{set}};
            await WorkAsync();
        }

        void Run()
        {
            [|Trace.Set("b")|];
            Work();
        }
        """));

    [Fact]
    public Task Token_that_is_dropped_is_found() => Verify.Finds(Method("""
        [|Trace.Set("a")|];
        Work();
        """));

    [Fact]
    public Task Token_in_an_unused_local_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        Work();
        """));

    [Fact]
    public Task Token_given_away_by_a_discard_is_found() => Verify.Finds(Method("""
        _ = [|Trace.Set("a")|];
        Work();
        """));

    [Fact]
    public Task Token_of_which_only_the_old_value_is_kept_is_found() => Verify.Finds(Method("""
        var old = [|Trace.Set("a")|].OldValue;
        Log(old);
        """));

    [Fact]
    public Task Token_that_is_read_but_not_reset_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        Log(token.OldValue);
        """));

    [Fact]
    public Task First_token_of_two_in_one_local_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        token = User.Set("b");
        try { Work(); } finally { User.Reset(token); }
        """));

    [Fact]
    public Task Chain_that_resets_only_the_second_is_found() => Verify.Finds(Method("""
        [|Trace.Set("a")|];
        var token = Trace.Set("b");
        try { Work(); } finally { Trace.Reset(token); }
        """));

    [Fact]
    public Task Token_in_a_private_field_that_nobody_reads_is_found() => Verify.Finds(Class("""
        private Token<string> _token;

        void Begin() => _token = [|Trace.Set("a")|];
        """));

    [Fact]
    public Task Token_in_a_field_that_the_type_resets_is_silent() => Verify.Silent(Class("""
        sealed class Scope(string value) : IDisposable
        {
            private readonly Token<string> _token = Trace.Set(value);

            public void Dispose() => Trace.Reset(_token);
        }

        private Token<string> _begun;

        void Begin() => _begun = Trace.Set("a");
        void End() => Trace.Reset(_begun);
        """));

    [Fact]
    public Task Token_in_a_field_that_others_can_reach_is_silent() => Verify.Silent(Class("""
        internal Token<string> Token;

        void Begin() => Token = Trace.Set("a");
        """));

    [Fact]
    public Task Token_passed_to_a_method_that_ignores_it_is_found() => Verify.Finds(Class("""
        static void Forget(Token<string> token) { }
        static void Work(Token<string> token) => Work();

        void M() => Forget([|Trace.Set("a")|]);
        void O() => Work([|Trace.Set("a")|]);

        void N()
        {
            var token = [|Trace.Set("a")|];
            Forget(token);
        }
        """));

    [Fact]
    public Task Token_passed_to_a_method_that_may_keep_it_is_silent() => Verify.Silent(Class("""
        static void Restore(Token<string> token) => Trace.Reset(token);
        virtual protected void Forget(Token<string> token) { }

        void M()
        {
            var token = Trace.Set("a");
            try { Work(); } finally { Restore(token); }
        }

        void N() => Forget(Trace.Set("a"));
        """));

    [Fact]
    public Task Reset_in_a_local_function_that_is_never_called_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        void Restore() => Trace.Reset(token);
        Work();
        """));

    [Fact]
    public Task Reset_in_a_local_function_that_a_finally_calls_is_silent() => Verify.Silent(Method("""
        var token = Trace.Set("a");
        void Restore() => Trace.Reset(token);
        try { Work(); } finally { Restore(); }
        """));

    [Fact]
    public Task Reset_in_a_lambda_that_nobody_can_call_is_found() => Verify.Finds(Method("""
        var token = [|Trace.Set("a")|];
        Action restore = () => Trace.Reset(token);
        Work();
        """));

    [Theory]
    [InlineData("Action enter = () => token = Trace.Set(\"a\"); Action leave = () => token.Dispose();", "enter();", "leave();")]
    [InlineData("void Enter() => token = Trace.Set(\"a\"); void Leave() { if (token is { } t) Trace.Reset(t); }", "Enter();", "Leave();")]
    [InlineData("void Enter() { var mine = Trace.Set(\"a\"); token = mine; }", "Enter();", "Trace.Reset(token!);")]
    [InlineData("Action enter = () => { token = Trace.Set(\"a\"); Work(); };", "enter();", "token.Dispose();")]
    public Task Token_that_a_closure_leaves_to_the_function_around_it_is_silent(string functions, string enter, string leave) => Verify.Silent(Method($$"""
        Token<string> token = default;
        {{functions}}
        {{enter}}
        try { Work(); } finally { {{leave}} }
        """));

    [Fact]
    public Task Reset_in_a_lambda_that_somebody_may_call_is_silent() => Verify.Silent(Method("""
        var token = Trace.Set("a");
        Action restore = () => Trace.Reset(token);
        try { Work(); } finally { restore(); }
        """));

    [Fact]
    public Task Constructors_accessors_and_initializers_are_found() => Verify.Finds(Class("""
        C() { [|Trace.Set("a")|]; }

        static C() { [|Trace.Set("a")|]; }

        string Name
        {
            get { [|Trace.Set("a")|]; return ""; }
        }

        string this[int i] { get { [|Trace.Set("a")|]; return ""; } }

        event Action Changed { add { [|Trace.Set("a")|]; } remove { } }

        string _old = [|Trace.Set("a")|].OldValue;

        public static C operator +(C left, C right) { [|Trace.Set("a")|]; return left; }
        """));

    [Fact]
    public Task Setter_that_sets_is_silent() => Verify.Silent(Class("""
        static string Current
        {
            get => Trace.Get();
            set => Trace.Set(value);
        }

        static string Checked
        {
            set { ArgumentNullException.ThrowIfNull(value); Trace.Set(value); }
        }

        string this[int i] { set => Trace.Set(value); }
        """));

    [Fact]
    public Task Embedded_statements_switch_sections_and_loops_are_found() => Verify.Finds(Method("""
        if (condition) [|Trace.Set("a")|];
        else [|Trace.Set("b")|];

        while (condition) [|Trace.Set("c")|];

        foreach (var c in "abc") { [|Trace.Set("d")|]; }

        switch (condition)
        {
            case true: [|Trace.Set("e")|]; break;
            default: [|Trace.Set("f")|]; break;
        }

        try { [|Trace.Set("g")|]; }
        catch (Exception) { [|Trace.Set("h")|]; }
        finally { [|Trace.Set("i")|]; }
        """));

    [Fact]
    public Task Set_in_a_header_or_a_hole_of_a_string_is_found() => Verify.Finds(Method("""
        Log($"{[|Trace.Set("a")|]}");
        if ([|Trace.Set("b")|].HasOldValue) Work();
        try { Work(); } catch when ([|Trace.Set("c")|].HasOldValue) { }
        foreach (var c in [|Trace.Set("d")|].OldValue) Work();
        lock ([|Trace.Set("e")|].OldValue) Work();
        """));

    [Fact]
    public Task Lambdas_and_local_functions_are_found() => Verify.Finds(Method("""
        new List<int>().ForEach(item => [|Trace.Set("a")|]);
        Action action = delegate { [|Trace.Set("b")|]; Work(); };
        void Local() { [|Trace.Set("c")|]; }
        Local();
        """));

    [Fact]
    public Task Task_returning_method_that_is_not_async_is_found() => Verify.Finds(Class("""
        Task InvokeAsync(Func<Task> next)
        {
            [|Trace.Set("a")|];
            return next();
        }
        """));

    [Fact]
    public Task Async_method_is_found() => Verify.Finds(Class("""
        async Task InvokeAsync(Func<Task> next)
        {
            [|Trace.Set("a")|];
            await next();
        }
        """));

    [Fact]
    public Task Token_of_a_method_that_returns_one_is_found() => Verify.Finds(Class("""
        static Token<string> Push(string value) => Trace.Set(value);

        void M()
        {
            [|Push("a")|];
            Work();
        }
        """));

    [Fact]
    public Task Method_that_returns_what_it_holds_makes_no_token() => Verify.Silent(Class("""
        readonly Stack<Token<string>> _tokens = new();

        void Push() => _tokens.Push(Trace.Set("a"));
        void Pop() => Trace.Reset(_tokens.Pop());
        bool IsTop() => _tokens.Peek().IsUsed;
        """));

    [Fact]
    public Task Token_that_is_handed_on_is_silent() => Verify.Silent(Class("""
        static Token<string> Returned() => Trace.Set("a");

        static Token<string> ReturnedFromLocal()
        {
            var token = Trace.Set("a");
            return token;
        }

        static void ByOut(out Token<string> token) => token = Trace.Set("a");

        static void ByRef(ref Token<string> token) { token = Trace.Set("a"); }

        static void ToCollection(List<IDisposable> all) => all.Add(Trace.Set("a"));

        static void ToDictionary(Dictionary<string, Token<string>> all) { all["a"] = Trace.Set("a"); }

        static void ToArray(Token<string>[] all) { all[0] = Trace.Set("a"); }

        static (Token<string>, int) InTuple() => (Trace.Set("a"), 1);

        Token<string> Property { get; set; }

        void ToProperty() { Property = Trace.Set("a"); }

        static object Boxed() => Trace.Set("a");

        static Token<string>? Maybe(bool c) => c ? Trace.Set("a") : null;

        static IEnumerable<Token<string>> Yielded() { yield return Trace.Set("a"); }
        """));

    [Fact]
    public Task Token_that_is_reset_at_once_is_silent() => Verify.Silent(Method("""
        Trace.Reset(Trace.Set("a"));
        Trace.Set("b").Dispose();
        """));

    [Fact]
    public Task Program_that_sets_for_its_whole_life_is_silent() => Verify.FindsInProgram(
        """
        using ContextVars;

        Current.Trace.Set("a");
        System.Console.WriteLine(Current.Trace.Get());

        static class Current { public static readonly ContextVar<string> Trace = new("trace", ""); }
        """);

    [Fact]
    public Task Lambda_of_a_program_is_found() => Verify.FindsInProgram(
        """
        using ContextVars;

        var trace = new ContextVar<string>("trace", "");
        System.Action set = () => [|trace.Set("a")|];
        set();
        """);

    [Fact]
    public Task Set_inside_a_context_that_is_left_is_silent() => Verify.Silent(Method("""
        ExecutionContext.Run(ExecutionContext.Capture()!, _ => Trace.Set("a"), null);
        """));

    [Fact]
    public Task Test_that_expects_an_exception_is_silent() => Verify.Silent(Class("""
        static void Throws<T>(Action action) where T : Exception { }
        static Exception? Record(Action action) => null;

        void M() => Throws<InvalidOperationException>(() => Trace.Set("a"));
        bool N() => Record(() => { Trace.Set("a"); Work(); }) is IOException;
        """));

    [Fact]
    public Task Call_that_has_to_do_with_no_exception_is_found() => Verify.Finds(Class("""
        static T Retry<T>(Func<T> action) => action();

        int M() => Retry(() => { [|Trace.Set("a")|]; return 1; });
        """));

    [Fact]
    public Task Expression_trees_method_groups_and_names_are_silent() => Verify.Silent(Method("""
        System.Linq.Expressions.Expression<Action> tree = () => Trace.Set("a");
        Func<string, Token<string>> group = Trace.Set;
        Log(nameof(Trace.Set));
        """));

    [Fact]
    public Task Methods_named_alike_on_other_types_are_silent() => Verify.Silent("""
        class Token<T> { }

        class ContextVar<T>
        {
            public Token<T> Set(T value) => new();
        }

        class C
        {
            void M(ContextVar<int> v) => v.Set(1);
        }
        """);

    [Fact]
    public Task Generic_code_is_found() => Verify.Finds(Class("""
        static void M<T>(ContextVar<T> variable, ContextVar<T>[] all, T value)
        {
            [|variable.Set(value)|];
            [|all[0].Set(value)|];
        }
        """));

    [Fact]
    public Task Code_that_does_not_compile_is_no_reason_to_fail() => Verify.Finds(Class("""
        [Obsolete("", {|CS0182:Trace.Set("a").HasOldValue|})]
        void M()
        {
            [|Trace.Set("a")|];
            {|CS0103:Missing|}(Trace.Set("b"));
            {|CS0103:missing|} = Trace.Set("c");
        }
        """));

    [Fact]
    public Task Rest_of_the_block_goes_into_try() => Verify.Fixes(
        Method("""
            Work();

            // Everything below belongs to the request.
            [|Trace.Set("a")|]; // traced

            // The work itself.
            Work();

            Log("done");
            // done
            """),
        Method("""
            Work();

            // Everything below belongs to the request.
            var token = Trace.Set("a"); // traced
            try
            {
                // The work itself.
                Work();

                Log("done");
                // done
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Function_around_an_iterator_is_none_itself() => Verify.Fixes(
        Method("""
            IEnumerable<int> Numbers() { yield return 1; }
            [|Trace.Set("a")|];
            Log(Numbers().ToString()!);
            """),
        Method("""
            IEnumerable<int> Numbers() { yield return 1; }
            var token = Trace.Set("a");
            try
            {
                Log(Numbers().ToString()!);
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Using_declaration_takes_the_token() => Verify.Fixes(
        Method("""
            // traced
            [|Trace.Set("a")|];
            Work();
            """),
        Method("""
            // traced
            using var _ = Trace.Set("a");
            Work();
            """),
        "Use using");

    [Fact]
    public Task Discard_becomes_a_token() => Verify.Fixes(
        Method("""
            _ = [|Trace.Set("a")|];
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
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Local_that_holds_the_token_keeps_its_name() => Verify.Fixes(
        Method("""
            var old = [|Trace.Set("a")|];
            Log(old.OldValue);
            """),
        Method("""
            var old = Trace.Set("a");
            try
            {
                Log(old.OldValue);
            }
            finally
            {
                Trace.Reset(old);
            }
            """));

    [Fact]
    public Task Using_keeps_a_token_that_is_read() => Verify.Fixes(
        Method("""
            var old = [|Trace.Set("a")|];
            Log(old.OldValue);
            """),
        Method("""
            using var old = Trace.Set("a");
            Log(old.OldValue);
            """),
        "Use using");

    [Fact]
    public Task Several_sets_in_one_block_nest() => Verify.Fixes(
        Method("""
            [|Trace.Set("a")|];
            [|User.Set("b")|];
            Work();
            """),
        Method("""
            var traceToken = Trace.Set("a");
            try
            {
                var userToken = User.Set("b");
                try
                {
                    Work();
                }
                finally
                {
                    User.Reset(userToken);
                }
            }
            finally
            {
                Trace.Reset(traceToken);
            }
            """));

    [Fact]
    public Task Token_has_a_name_that_is_free() => Verify.Fixes(
        Class("""
            void M(CancellationToken token)
            {
                [|Trace.Set("a")|];
                token.ThrowIfCancellationRequested();
            }
            """),
        Class("""
            void M(CancellationToken token)
            {
                var traceToken = Trace.Set("a");
                try
                {
                    token.ThrowIfCancellationRequested();
                }
                finally
                {
                    Trace.Reset(traceToken);
                }
            }
            """));

    [Fact]
    public Task Switch_section_keeps_its_break() => Verify.Fixes(
        Class("""
            void M(int n)
            {
                switch (n)
                {
                    case 1:
                        [|Trace.Set("a")|];
                        Work();
                        break;
                }
            }
            """),
        Class("""
            void M(int n)
            {
                switch (n)
                {
                    case 1:
                        var token = Trace.Set("a");
                        try
                        {
                            Work();
                            break;
                        }
                        finally
                        {
                            Trace.Reset(token);
                        }
                }
            }
            """));

    [Fact]
    public Task Switch_section_gets_a_using_block() => Verify.Fixes(
        Class("""
            void M(int n)
            {
                switch (n)
                {
                    case 1:
                        [|Trace.Set("a")|];
                        Work();
                        break;
                }
            }
            """),
        Class("""
            void M(int n)
            {
                switch (n)
                {
                    case 1:
                        using (Trace.Set("a"))
                        {
                            Work();
                            break;
                        }
                }
            }
            """),
        "Use using");

    [Fact]
    public Task Set_under_a_condition_covers_what_follows() => Verify.Fixes(
        Method("""
            Work();

            if (condition)
                [|Trace.Set("a")|];

            Work();
            """),
        Method("""
            Work();

            Token<string> token = default;
            try
            {
                if (condition)
                    token = Trace.Set("a");

                Work();
            }
            finally
            {
                token.Dispose();
            }
            """));

    [Fact]
    public Task Block_that_returns_is_a_scope_of_its_own() => Verify.Fixes(
        Method("""
            if (condition)
            {
                [|Trace.Set("a")|];
                Work();
                return;
            }

            Work();
            """),
        Method("""
            if (condition)
            {
                var token = Trace.Set("a");
                try
                {
                    Work();
                    return;
                }
                finally
                {
                    Trace.Reset(token);
                }
            }

            Work();
            """));

    [Fact]
    public Task Each_round_of_a_loop_is_a_scope() => Verify.Fixes(
        Method("""
            foreach (var c in "abc")
            {
                [|Trace.Set("a")|];
                Work();
            }

            Work();
            """),
        Method("""
            foreach (var c in "abc")
            {
                var token = Trace.Set("a");
                try
                {
                    Work();
                }
                finally
                {
                    Trace.Reset(token);
                }
            }

            Work();
            """));

    [Fact]
    public Task Handlers_of_a_try_see_the_value_too() => Verify.Fixes(
        Class("""
            async Task M()
            {
                try
                {
                    [|Trace.Set("a")|];
                    await WorkAsync();
                }
                catch (Exception)
                {
                    Log(Trace.Get());
                    throw;
                }
            }
            """),
        Class("""
            async Task M()
            {
                Token<string> token = default;
                try
                {
                    try
                    {
                        token = Trace.Set("a");
                        await WorkAsync();
                    }
                    catch (Exception)
                    {
                        Log(Trace.Get());
                        throw;
                    }
                }
                finally
                {
                    token.Dispose();
                }
            }
            """));

    [Fact]
    public Task Lambdas_and_local_functions_are_fixed() => Verify.Fixes(
        Method("""
            Func<Task> lambda = async () =>
            {
                [|Trace.Set("a")|];
                await WorkAsync();
            };
            lambda();
            """),
        Method("""
            Func<Task> lambda = async () =>
            {
                var token = Trace.Set("a");
                try
                {
                    await WorkAsync();
                }
                finally
                {
                    Trace.Reset(token);
                }
            };
            lambda();
            """));

    [Fact]
    public Task Directives_that_are_whole_move_along() => Verify.Fixes(
        Method("""
            [|Trace.Set("a")|];
            #region work
            Work();
            #endregion
            #if DEBUG
            Log("debug");
            #endif
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                #region work
                Work();
                #endregion
            #if DEBUG
            Log("debug");
            #endif
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Fact]
    public Task Directive_that_try_would_tear_apart_leaves_using() => Verify.Fixes(
        Method("""
            #if !DEBUG
            [|Trace.Set("a")|];
            #endif
            Work();
            """),
        Method("""
            #if !DEBUG
            using var _ = Trace.Set("a");
            #endif
            Work();
            """));

    [Fact]
    public Task Directive_that_a_block_would_tear_apart_prevents_the_fix() => Verify.FindsButDoesNotFix(Class("""
        void M(int n)
        {
            switch (n)
            {
                case 1:
                    [|Trace.Set("a")|];
        #if !DEBUG
                    Work();
                    break;
        #else
                    return;
        #endif
            }
        }
        """));

    [Theory]
    [InlineData("""[|Trace.Set("a")|];""")]
    [InlineData("""if (condition) { Work(); [|Trace.Set("a")|]; }""")]
    [InlineData("""while (condition) [|Trace.Set("a")|];""")]
    [InlineData("""Work(); [|Trace.Set("a")|]; return;""")]
    public Task Value_that_nothing_follows_has_no_fix(string statements) => Verify.FindsButDoesNotFix(Method(statements));

    [Fact]
    public Task Jump_into_the_scope_prevents_the_fix() => Verify.FindsButDoesNotFix(Method("""
        if (condition) goto work;
        [|Trace.Set("a")|];
        work:
        Work();
        """));

    [Theory]
    [InlineData("dotnet_code_quality.CTX101.async_methods = false", "Trace.Set(\"a\")")]
    [InlineData("dotnet_code_quality.CTX101.async_methods = true", "[|Trace.Set(\"a\")|]")]
    public Task Work_items_count_as_async_methods(string option, string set) => Verify.FindsWith(option, Class($$"""
        void M(List<int> all)
        {
            Task.Run(() => { {{set}}; Work(); });
            Parallel.ForEach(all, item => { {{set}}; Work(); });
            new Thread(() => { {{set}}; Work(); }).Start();
            all.ForEach(item => { [|Trace.Set("b")|]; Work(); });
        }
        """));

    [Fact]
    public Task Set_in_a_copied_context_ends_with_it() => Verify.Silent(Class("""
        void M(Context context)
        {
            context.Run(() => Trace.Set("a"));
            context.Run(() => { Trace.Set("a"); Work(); return 1; });
            Context.CopyCurrent().Run(() => { Trace.Set("a"); Work(); });
        }
        """));

    [Theory]
    [InlineData("private static void Begin() { Trace.Set(\"a\"); Work(); }\nvoid M(Context context) => context.Run(Begin);")]
    [InlineData("void Begin() { Trace.Set(\"a\"); Work(); }\nvoid M(Context context) { context.Run(this.Begin); Context.CopyCurrent().Run(Begin); }")]
    [InlineData("void M(Context context) { context.Run(Begin); void Begin() { Trace.Set(\"a\"); Work(); } }")]
    [InlineData("void M(Context context) { Action begin = () => { Trace.Set(\"a\"); Work(); }; context.Run(begin); }")]
    [InlineData("void M(Context context) => context.Run(async () => { Trace.Set(\"a\"); await WorkAsync(); });")]
    public Task Function_that_only_a_context_runs_is_silent(string members) => Verify.Silent(Class(members));

    [Theory]
    [InlineData("internal static void Begin() { [|Trace.Set(\"a\")|]; Work(); }\nvoid M(Context context) => context.Run(Begin);")]
    [InlineData("void Begin() { [|Trace.Set(\"a\")|]; Work(); }\nvoid M(Context context) { context.Run(Begin); Begin(); }")]
    [InlineData("void M(Context context) { context.Run(Begin); Begin(); void Begin() { [|Trace.Set(\"a\")|]; Work(); } }")]
    [InlineData("void M(Context context) { Action begin = () => { [|Trace.Set(\"a\")|]; Work(); }; context.Run(begin); begin(); }")]
    [InlineData("class Runner { public void Run(Action body) => body(); }\nvoid Begin() { [|Trace.Set(\"a\")|]; Work(); }\nvoid M(Runner runner) => runner.Run(Begin);")]
    public Task Function_that_others_can_run_too_is_found(string members) => Verify.Finds(Class(members));

    [Fact]
    public Task Module_initializer_is_found() => Verify.Finds(Class("""
        [System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Begin() => [|Trace.Set("a")|];
        """));

    [Fact]
    public Task Reset_of_another_token_is_found() => Verify.Finds(Method("""
        var first = [|Trace.Set("a")|];
        var second = User.Set("b");
        try { Work(); } finally { User.Reset(second); }
        """));

    [Fact]
    public Task Begin_and_end_that_others_call_are_silent() => Verify.Silent(Class("""
        interface IFilter { void OnActionExecuting(); void OnActionExecuted(); }

        sealed class Filter : IFilter
        {
            Token<string> _token;

            public void OnActionExecuting() => _token = Trace.Set("a");
            public void OnActionExecuted() => Trace.Reset(_token);
        }

        sealed class Fixture
        {
            Token<string>? _token;

            public Task InitializeAsync() { _token = Trace.Set("a"); return Task.CompletedTask; }
            public Task DisposeAsync() { _token?.Dispose(); return Task.CompletedTask; }
        }
        """));

    [Fact]
    public Task Token_that_a_scope_class_takes_is_silent() => Verify.Silent(Class("""
        sealed class Scope(Token<string> token) : IDisposable { public void Dispose() => token.Dispose(); }

        static IDisposable Begin() => new Scope(Trace.Set("a"));
        """));

    [Fact]
    public Task Main_that_sets_for_its_whole_life_is_silent() => Verify.FindsInProgram(
        """
        using ContextVars;

        static class Program
        {
            static readonly ContextVar<string> Trace = new("trace", "");
            static void Main() { Trace.Set("a"); Start(); }
            static void Start() { [|Trace.Set("b")|]; System.Console.WriteLine(); }
        }
        """);

    [Fact]
    public Task Arguments_of_a_base_constructor_are_followed() => Verify.Finds(Class("""
        class Base(Token<string> token) { public void End() => token.Dispose(); }
        class Derived() : Base(Trace.Set("a"));
        class Dropping() : Plain([|Trace.Set("a")|].OldValue);
        class Plain(string text) { public override string ToString() => text; }
        """));

    [Fact]
    public Task Local_function_of_a_program_is_fixed() => Verify.FixesInProgram(
        """
        using ContextVars;

        Handle();

        static void Handle()
        {
            [|Current.Trace.Set("a")|];
            System.Console.WriteLine();
        }

        static class Current { public static readonly ContextVar<string> Trace = new("trace", ""); }
        """,
        """
        using ContextVars;

        Handle();

        static void Handle()
        {
            var token = Current.Trace.Set("a");
            try
            {
                System.Console.WriteLine();
            }
            finally
            {
                Current.Trace.Reset(token);
            }
        }

        static class Current { public static readonly ContextVar<string> Trace = new("trace", ""); }
        """);

    [Fact]
    public Task Await_using_moves_along() => Verify.Fixes(
        Class("""
            async Task M(IAsyncDisposable d)
            {
                [|Trace.Set("a")|];
                await using var _ = d;
                await WorkAsync();
            }
            """),
        Class("""
            async Task M(IAsyncDisposable d)
            {
                var token = Trace.Set("a");
                try
                {
                    await using var _ = d;
                    await WorkAsync();
                }
                finally
                {
                    Trace.Reset(token);
                }
            }
            """));

    [Fact]
    public Task Body_of_an_await_using_is_a_scope() => Verify.Fixes(
        Class("""
            async Task M(IAsyncDisposable d)
            {
                await using (d)
                {
                    [|Trace.Set("a")|];
                    await WorkAsync();
                    return;
                }
            }
            """),
        Class("""
            async Task M(IAsyncDisposable d)
            {
                await using (d)
                {
                    using var _ = Trace.Set("a");
                    await WorkAsync();
                    return;
                }
            }
            """),
        "Use using");

    [Fact]
    public Task Value_that_nothing_outlives_is_silent() => Verify.Finds(Class("""
        void Forever() { var token = Trace.Set("a"); while (true) { } }
        void ForeverUnlessItThrows() { var token = [|Trace.Set("a")|]; while (true) Work(); }
        void Exit() { var token = Trace.Set("a"); Environment.Exit(1); }
        void ExitOfAnother() { var token = [|Trace.Set("a")|]; Exit(); }
        """));

    [Fact]
    public Task Token_that_one_callee_ignores_and_another_keeps_is_silent() => Verify.Silent(Class("""
        static void Ignore(Token<string> token) { }

        void M(List<Token<string>> all)
        {
            var kept = Trace.Set("a");
            Ignore(kept);
            all.Add(kept);

            var reset = Trace.Set("a");
            Ignore(reset);
            Trace.Reset(reset);
        }
        """));

    [Fact]
    public Task Token_in_a_parameter_counts() => Verify.Finds(Class("""
        void Lost(Token<string> token) { token = [|Trace.Set("a")|]; Work(); }
        void Reset(Token<string> token) { token = Trace.Set("a"); try { Work(); } finally { Trace.Reset(token); } }
        void HandedOut(ref Token<string> token) { token = Trace.Set("a"); Work(); }
        void OfTheFunctionAround(Token<string> token) { Action action = () => { token = Trace.Set("a"); Work(); }; action(); Trace.Reset(token); }
        """));

    [Fact]
    public Task Delegate_of_a_local_function_that_resets_is_silent() => Verify.Finds(Class("""
        void Undone()
        {
            var token = Trace.Set("a");
            Action undo = Undo;
            try { Work(); } finally { undo(); }

            void Undo() => Trace.Reset(token);
        }

        void NotUndone()
        {
            var token = [|Trace.Set("a")|];
            Action undo = Work;
            try { Work(); } finally { undo(); }
        }
        """));

    [Fact]
    public Task Local_function_that_resets_by_calling_another_is_silent() => Verify.Finds(Class("""
        void Undone()
        {
            var token = Trace.Set("a");
            try { Work(); } finally { Leave(); }

            void Leave() { Again(); Undo(); }
            void Again() { if (Trace.Get() is null) Leave(); }
            void Undo() => Trace.Reset(token);
        }

        void UndoneByDelegate()
        {
            var token = Trace.Set("a");
            try { Work(); } finally { Leave(); }

            void Leave() { Action undo = Undo; undo(); }
            void Undo() => Trace.Reset(token);
        }

        void NotUndone()
        {
            var token = [|Trace.Set("a")|];
            try { Work(); } finally { Leave(); }

            void Leave() => Rest();
            void Rest() => Work();
        }
        """));
}
