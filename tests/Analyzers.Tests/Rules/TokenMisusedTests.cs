using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.TokenMisusedAnalyzer, ContextAnalyzers.CodeFixes.TokenMisusedCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class TokenMisusedTests
{
    [Fact]
    public Task Reset_of_another_variable_is_found() => Verify.Finds(Method("""
        var token = Trace.Set("a");
        try { Work(); } finally { [|User.Reset(token)|]; }
        """));

    [Fact]
    public Task Variable_that_a_factory_made_is_another() => Verify.Finds(Class("""
        static readonly ContextVar<string> Made = ContextVar.Create("");

        void M()
        {
            var token = Trace.Set("a");
            try { Work(); } finally { [|Made.Reset(token)|]; }
        }
        """));

    [Fact]
    public Task Two_names_that_may_mean_one_variable_are_silent() => Verify.Silent(Class("""
        static readonly ContextVar<string> Alias = Trace;
        static readonly ContextVar<string> Found = Find();
        static ContextVar<string> Find() => Trace;
        static ContextVar<string> Property => Trace;

        void M(ContextVar<string> parameter)
        {
            var first = Trace.Set("a");
            try { Work(); } finally { Alias.Reset(first); }

            var second = Trace.Set("a");
            try { Work(); } finally { Property.Reset(second); }

            var found = Trace.Set("a");
            try { Work(); } finally { Found.Reset(found); }

            var third = Trace.Set("a");
            try { Work(); } finally { parameter.Reset(third); }
        }
        """));

    /// <summary>What comes after the first misuse may only be its consequence.</summary>
    [Fact]
    public Task First_of_several_misuses_is_found() => Verify.Finds(Method("""
        var first = Trace.Set("a");
        Trace.Reset(first);
        [|Trace.Reset(first)|];
        Trace.Reset(first);

        var second = Trace.Set("a");
        [|User.Reset(second)|];
        Trace.Reset(second);

        var third = Trace.Set("a");
        if (condition) { [|User.Reset(third)|]; } else { User.Reset(third); }
        """));

    [Fact]
    public Task Second_reset_is_found() => Verify.Finds(Method("""
        var first = Trace.Set("a");
        Trace.Reset(first);
        [|Trace.Reset(first)|];

        var second = Trace.Set("a");
        try
        {
            Work();
            Trace.Reset(second);
        }
        finally { [|Trace.Reset(second)|]; }

        var third = Trace.Set("a");
        try { Trace.Reset(third); Work(); } catch { [|Trace.Reset(third)|]; }

        var fourth = Trace.Set("a");
        fourth.Dispose();
        [|Trace.Reset(fourth)|];
        """));

    [Fact]
    public Task Dispose_after_a_reset_is_silent() => Verify.Silent(Method("""
        using (var first = Trace.Set("a"))
        {
            Work();
            Trace.Reset(first);
        }

        var second = Trace.Set("a");
        try { Work(); Trace.Reset(second); } finally { second.Dispose(); }

        var third = Trace.Set("a");
        try { Work(); Trace.Reset(third); } finally { Trace.TryReset(third); }
        """));

    [Fact]
    public Task Resets_on_different_paths_are_silent() => Verify.Silent(Method("""
        var first = Trace.Set("a");
        try { Work(); } catch { Trace.Reset(first); throw; }
        Trace.Reset(first);

        var second = Trace.Set("a");
        if (condition) Trace.Reset(second); else Trace.Reset(second);

        var done = false;
        var third = Trace.Set("a");
        try
        {
            Work();
            Trace.Reset(third);
            done = true;
        }
        finally { if (!done) Trace.Reset(third); }

        for (var i = 0; i < 2; i++)
        {
            var fourth = Trace.Set("a");
            Trace.Reset(fourth);
        }
        """));

    [Fact]
    public Task Reset_of_a_token_that_may_not_have_been_made_is_silent() => Verify.Silent(Class("""
        void M(int n)
        {
            Token<string> token = default;
            switch (n)
            {
                case 1: token = Trace.Set("a"); break;
                default: break;
            }

            try { Work(); } finally { Trace.Reset(token); }
        }

        void N(bool condition)
        {
            Token<string>? token = condition ? Trace.Set("a") : null;
            try { Work(); } finally { Trace.Reset(token.Value); }
        }
        """));

    [Fact]
    public Task Outer_token_before_the_inner_is_found() => Verify.Finds(Method("""
        var outer = Trace.Set("a");
        var inner = Trace.Set("b");
        try { Work(); }
        finally
        {
            Trace.Reset(outer);
            [|Trace.Reset(inner)|];
        }
        """));

    [Fact]
    public Task Any_order_of_two_variables_is_silent() => Verify.Silent(Method("""
        var trace = Trace.Set("a");
        var user = User.Set("b");
        try { Work(); } finally { Trace.Reset(trace); User.Reset(user); }

        var outer = Trace.Set("a");
        var inner = Trace.Set("b");
        try { Work(); } finally { Trace.Reset(inner); Trace.Reset(outer); }
        """));

    [Fact]
    public Task Token_returned_out_of_a_using_is_found() => Verify.Finds(Class("""
        static Token<string> M()
        {
            using var token = [|Trace.Set("a")|];
            return token;
        }

        static Token<string> N()
        {
            var token = [|Trace.Set("a")|];
            try { return token; } finally { Trace.Reset(token); }
        }

        static Token<string> Right()
        {
            var token = Trace.Set("a");
            try { return token; } finally { Work(); }
        }
        """));

    [Fact]
    public Task Resets_are_put_in_reverse_order() => Verify.Fixes(
        Method("""
            var outer = Trace.Set("a");
            var inner = Trace.Set("b");
            try
            {
                Work();
            }
            finally
            {
                // back
                Trace.Reset(outer);
                [|Trace.Reset(inner)|];
            }
            """),
        Method("""
            var outer = Trace.Set("a");
            var inner = Trace.Set("b");
            try
            {
                Work();
            }
            finally
            {
                // back
                Trace.Reset(inner);
                Trace.Reset(outer);
            }
            """),
        "Reset in reverse order");

    [Fact]
    public Task Second_reset_is_removed() => Verify.Fixes(
        Method("""
            var token = Trace.Set("a");
            Trace.Reset(token);
            [|Trace.Reset(token)|];
            """),
        Method("""
            var token = Trace.Set("a");
            Trace.Reset(token);
            """),
        "Remove the second reset");

    [Fact]
    public Task Reset_names_the_variable_that_was_set() => Verify.Fixes(
        Method("""
            var token = Trace.Set("a");
            try { Work(); } finally { [|User.Reset(token)|]; }
            """),
        Method("""
            var token = Trace.Set("a");
            try { Work(); } finally { Trace.Reset(token); }
            """),
        "Reset the variable that was set");

    [Fact]
    public Task Resets_that_do_not_follow_each_other_have_no_fix() => Verify.FindsButDoesNotFix(Method("""
        var outer = Trace.Set("a");
        var inner = Trace.Set("b");
        Trace.Reset(outer);
        Work();
        [|Trace.Reset(inner)|];
        """));

    [Fact]
    public Task Reset_of_another_variable_keeps_its_place() => Verify.FindsButDoesNotFix(Method("""
        var outer = Trace.Set("a");
        var user = User.Set("b");
        var inner = Trace.Set("c");
        Trace.Reset(outer);
        User.Reset(user);
        [|Trace.Reset(inner)|];
        """));

    [Fact]
    public Task Reset_before_the_work_is_found() => Verify.Finds(Method("""
        var first = Trace.Set("a");
        [|Trace.Reset(first)|];
        Work();

        var second = Trace.Set("a");
        try { [|Trace.Reset(second)|]; Work(); } finally { Log("done"); }

        var third = Trace.Set("a");
        [|third.Dispose()|];
        Log("done");
        """));

    [Fact]
    public Task Reset_at_once_that_nothing_misses_is_silent() => Verify.Silent(Method("""
        var asked = Trace.Set("a");
        Trace.Reset(asked);
        Log(Trace.Get());

        var used = Trace.Set("a");
        Trace.Reset(used);
        Log(used.IsUsed ? "used" : "");

        var read = Trace.Set("a");
        Log("a");
        Trace.Reset(read);
        Work();

        var last = Trace.Set("a");
        Trace.Reset(last);
        """));

    [Theory]
    [InlineData("var token = Trace.Set(\"a\"); Trace.Reset(token); try { Work(); } finally { [|Trace.Reset(token)|]; }")] // An empty finally would be left.
    [InlineData("var token = Trace.Set(\"a\"); Trace.Reset(token); if (condition) [|Trace.Reset(token)|];")]
    [InlineData("var outer = Trace.Set(\"a\"); var inner = Trace.Set(\"b\"); Trace.Reset(outer); { [|Trace.Reset(inner)|]; }")]
    [InlineData("var token = Trace.Set(\"a\"); [|Trace.Reset(token)|]; Work();")]
    public Task Reset_that_cannot_go_or_change_places_has_no_fix(string statements) => Verify.FindsButDoesNotFix(Method(statements));

    [Fact]
    public Task Reset_in_code_with_a_syntax_error_has_no_fix() => Verify.FindsButDoesNotFix(Method("""
        var token = Trace.Set("a");
        Trace.Reset(token);
        [|Trace.Reset(token)|];
        Work({|CS1026:|}{|CS1002:|}
        """));
}
