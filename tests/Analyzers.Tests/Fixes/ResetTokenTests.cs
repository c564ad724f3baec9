using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using VerifySet = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetWithoutResetAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>What the token fixes do with resets, conditions and declarations that stand in their way.</summary>
public class ResetTokenTests
{
    [Theory]
    [InlineData("bool.TryParse(Load(), out var isDone);")]
    [InlineData("bool isDone = Load() == \"a\", isOther = condition;")]
    [InlineData("var isDone = Load() == \"a\";")]
    public Task Condition_that_the_scope_computes_goes(string declaration)
    {
        return Verify.Fixes(
            Method($$"""
                var token = [|Trace.Set("a")|];
                {{declaration}}
                Work();
                if (isDone) { Trace.Reset(token); }
                """),
            Method($$"""
                var token = Trace.Set("a");
                try
                {
                    {{declaration}}
                    Work();
                }
                finally
                {
                    Trace.Reset(token);
                }
                """));
    }

    /// <summary>An argument's name and the parameter of a lambda are not the token.</summary>
    [Theory]
    [InlineData("Use(token: 1);")]
    [InlineData("Use(new[] { 1 }.Select(token => token + 1).First());")]
    [InlineData("Use(new C().token);")]
    public Task Others_of_the_name_of_the_token_stay(string use) => Verify.Fixes(
        Others($$"""
            var token = [|Trace.Set("a")|];
            {{use}}
            Trace.Reset(token);
            """),
        Others($$"""
            var token = Trace.Set("a");
            try
            {
                {{use}}
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    private static string Others(string statements) => "using System.Linq;\n" + Class($$"""
        int token = 0;
        static void Use(int token) { }
        void M()
        {
        {{string.Join("\n", statements.Split('\n').Select(static line => "    " + line))}}
        }
        """);

    [Fact]
    public Task Local_of_a_type_parameter_is_hoisted() => Verify.Fixes(
        Class("""
            void M<T>(Func<T> make)
            {
                var token = [|Trace.Set("a")|];
                var made = make();
                Trace.Reset(token);
                Log($"{made}");
            }
            """),
        Class("""
            void M<T>(Func<T> make)
            {
                T? made;
                var token = Trace.Set("a");
                try
                {
                    made = make();
                }
                finally
                {
                    Trace.Reset(token);
                }
                Log($"{made}");
            }
            """));

    [Fact]
    public Task Flag_of_another_function_with_the_same_name_stays() => Verify.Fixes(
        Method("""
            var isDone = false;
            var token = [|Trace.Set("a")|];
            try
            {
                Work();
                Action run = () => Print(isOther => isOther == "a");
                isDone = true;
            }
            finally
            {
                if (isDone) Trace.Reset(token);
            }

            static void Print(Func<string, bool> isDone) => Log($"{isDone("b")}");
            """),
        Method("""
            var token = Trace.Set("a");
            try
            {
                Work();
                Action run = () => Print(isOther => isOther == "a");
            }
            finally
            {
                Trace.Reset(token);
            }

            static void Print(Func<string, bool> isDone) => Log($"{isDone("b")}");
            """));

    [Theory]
    [InlineData("var token = [|Trace.Set(\"a\")|]; Work(); if (condition) Trace.Reset(token); else Work();")]
    [InlineData("var token = [|Trace.Set(\"a\")|]; Work(); if (Load() == \"a\") Trace.Reset(token);")] // What Load does would go as well.
    [InlineData("var token = [|Trace.Set(\"a\")|]; Work(); if (Trace.TryReset(token)) Work();")]
    [InlineData("var token = condition ? [|Trace.Set(\"a\")|] : default; Work(); Trace.Reset(token);")]
    public Task Reset_that_cannot_be_taken_over_prevents_the_fix(string statements) => Verify.FindsButDoesNotFix(Method(statements));

    [Theory]
    [InlineData("const int n = 1;", "Log($\"{n}\");")]
    [InlineData("var n = new[] { new { A = 1 } };", "Log($\"{n[0].A}\");")]
    [InlineData("var n = new List<Tuple<int>>().ConvertAll(x => new { A = x });", "Log($\"{n[0].A}\");")]
    [InlineData("int[] n = { 1 };", "Log($\"{n[0]}\");")]
    [InlineData("var (n, m) = (1, 2);", "Log($\"{n}{m}\");")]
    [InlineData("if (Load() is not { } n) return;", "Log(n);")]
    [InlineData("ref var n = ref (new int[1])[0];", "Log($\"{n}\");")]
    [InlineData("Span<int> n = stackalloc int[1];", "Log($\"{n[0]}\");")]
    [InlineData("using var n = new StringReader(\"\");", "Work();")]
    [InlineData("void Print() => Work();", "Print();")]
    public Task Declaration_that_cannot_stand_in_front_of_the_scope_prevents_the_fix(string declaration, string use) => Verify.FindsButDoesNotFix(Method($$"""
        var token = [|Trace.Set("a")|];
        {{declaration}}
        Work();
        Trace.Reset(token);
        {{use}}
        """));

    [Fact]
    public Task Only_what_later_code_means_is_hoisted() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            foreach (var letter in Load()) { var n = 1; Log($"{letter}{n}"); }
            int first = 1, last;
            last = 2;
            Trace.Reset(token);
            { var n = 2; Log($"{n}{first}{last}"); }
            """),
        Method("""
            int first;
            int last;
            var token = Trace.Set("a");
            try
            {
                foreach (var letter in Load()) { var n = 1; Log($"{letter}{n}"); }
                first = 1;
                last = 2;
            }
            finally
            {
                Trace.Reset(token);
            }
            { var n = 2; Log($"{n}{first}{last}"); }
            """));

    [Fact]
    public Task Try_with_nothing_but_the_reset_goes() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            Work();
            try { } finally { Trace.Reset(token); }
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
    public Task Try_keeps_its_handlers_without_the_finally() => Verify.Fixes(
        Method("""
            var token = [|Trace.Set("a")|];
            Work();
            try
            {
                Work();
            }
            catch (IOException)
            {
                Log("b");
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
                Work();
                try
                {
                    Work();
                }
                catch (IOException)
                {
                    Log("b");
                }
            }
            finally
            {
                Trace.Reset(token);
            }
            """));

    [Theory]
    [InlineData("while (condition) {|CTX101:Trace.Set(\"a\")|};")]
    [InlineData("do {|CTX101:Trace.Set(\"a\")|}; while (condition);")]
    [InlineData("for (var i = 0; i < 3; i++) {|CTX101:Trace.Set(\"a\")|};")]
    [InlineData("foreach (var letter in \"abc\") {|CTX101:Trace.Set(\"a\")|};")]
    public Task A_round_of_a_loop_that_does_nothing_but_set_has_no_fix(string loop) => VerifySet.FindsButDoesNotFix(Method($$"""
        {{loop}}
        Work();
        """));

    [Fact]
    public Task Token_in_a_block_that_nothing_follows_has_no_fix() => VerifySet.FindsButDoesNotFix(Method("""
        if (condition) { var token = [|Trace.Set("a")|]; }
        Work();
        """));

    [Fact]
    public Task Token_that_is_read_in_a_switch_section_has_no_using() => VerifySet.Fixes(
        Method("""
            switch (Load())
            {
                case "a":
                    var token = [|Trace.Set("a")|];
                    Log(token.IsUsed ? "used" : "");
                    break;
            }
            """),
        Method("""
            switch (Load())
            {
                case "a":
                    var token = Trace.Set("a");
                    try
                    {
                        Log(token.IsUsed ? "used" : "");
                        break;
                    }
                    finally
                    {
                        Trace.Reset(token);
                    }
            }
            """));

    [Theory]
    [InlineData("All[0]", "all")]
    [InlineData("Find(\"a\")", "find")]
    [InlineData("(condition ? Trace : User)", "value")]
    [InlineData("s_2fa", "s_2fa")]
    public Task Variable_without_a_plain_name_is_not_named_again(string variable, string stem) => VerifySet.Fixes(
        Class($$"""
            static readonly ContextVar<string> s_2fa = new("2fa", "");
            static readonly ContextVar<string>[] All = [Trace];
            static ContextVar<string> Find(string name) => Trace;

            void M(bool condition, string token)
            {
                [|{{variable}}.Set(token)|];
                Work();
            }
            """),
        Class($$"""
            static readonly ContextVar<string> s_2fa = new("2fa", "");
            static readonly ContextVar<string>[] All = [Trace];
            static ContextVar<string> Find(string name) => Trace;

            void M(bool condition, string token)
            {
                var {{stem}}Token = {{variable}}.Set(token);
                try
                {
                    Work();
                }
                finally
                {
                    {{(stem == "s_2fa" ? "s_2fa.Reset(s_2faToken)" : stem + "Token.Dispose()")}};
                }
            }
            """));
}
