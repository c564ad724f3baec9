using VerifyNever = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetWithoutResetAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyPaths = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyYield = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetSpansYieldAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyMisuse = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.TokenMisusedAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyFlow = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetInOtherFlowAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>A <c>Set</c> that is reset as the fixes write it is told by its shape. What has that shape but for one thing is looked at as ever.</summary>
public class PlainScopeTests
{
    [Theory]
    [InlineData("""var token = [|Trace.Set("a")|]; Log("b"); try { Work(); } finally { Trace.Reset(token); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; if (condition) try { Work(); } finally { Trace.Reset(token); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); } catch { Trace.Reset(token); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); } catch { Trace.Reset(token); throw; } finally { }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); Trace.Reset(token); } finally { Work(); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); } finally { if (condition) Trace.Reset(token); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); Trace.Reset(token); } finally { Log("b"); }""")]
    [InlineData("""Token<string> token = [|Trace.Set("a")|], user = User.Set(Load()); try { Work(); } finally { Trace.Reset(token); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; { try { Work(); } finally { Log("b"); } } Trace.Reset(token);""")]
    public Task Reset_that_is_not_all_of_the_finally_right_after_is_found(string statements) => VerifyPaths.Finds(Method(statements));

    [Theory]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } finally { [|User.Reset(token)|]; }""")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } finally { [|User.Reset(token)|]; } Log($"{token}");""")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); Trace.Reset(token); } finally { [|Trace.Reset(token)|]; }""")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } finally { Trace.Reset(token); } [|Trace.Reset(token)|];""")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } finally { Trace.Reset(token); } [|Trace.Reset(@token)|];""")]
    [InlineData("""using var token = Trace.Set("a"); Work(); [|User.Reset(token)|];""")]
    [InlineData("""using (var token = Trace.Set("a")) { Work(); [|User.Reset(token)|]; }""")]
    public Task Token_that_is_reset_once_more_or_elsewhere_is_found(string statements) => VerifyMisuse.Finds(Method(statements));

    [Theory]
    [InlineData("""using ([|Trace.Set("a")|]) { }""")]
    [InlineData("""using ([|Trace.Set("a")|]) ;""")]
    [InlineData("""using (var [|token = Trace.Set("a")|]) { }""")]
    [InlineData("""using (var [|token = Trace.Set("a")|]) ;""")]
    [InlineData("""{ using var [|token = Trace.Set("a")|]; }""")]
    [InlineData("""{ Work(); using var [|token = Trace.Set("a")|]; }""")]
    [InlineData("""var token = Trace.Set("a"); try { } finally { [|Trace.Reset(token)|]; }""")]
    [InlineData("""var token = Trace.Set("a"); try { ; } finally { [|Trace.Reset(token)|]; }""")]
    [InlineData("""using ([|Trace.Set("a")|]) { ; }""")]
    [InlineData("""using ([|Trace.Set("a")|]) { { } }""")]
    [InlineData("""using ([|Trace.Set("a")|]) { int count; }""")]
    [InlineData("""using ([|Trace.Set("a")|]) { void Later() => Work(); }""")]
    [InlineData("""while (condition) { using ([|Trace.Set("a")|]) { break; } }""")]
    [InlineData("""using (var [|token = Trace.Set("a")|]) { ; }""")]
    [InlineData("""{ using var [|token = Trace.Set("a")|]; ; }""")]
    [InlineData("""try { using ([|Trace.Set("a")|]) { return; } } finally { Work(); }""")]
    [InlineData("""try { using (var [|token = Trace.Set("a")|]) { return; } } finally { Work(); }""")]
    public Task Scope_in_which_nothing_is_done_is_found(string statements) => VerifyMisuse.Finds(Method($"{statements} Work();"));

    [Theory]
    [InlineData("""using (Trace.Set("a")) { Work(); }""")]
    [InlineData("""using (var token = Trace.Set("a")) { var count = 1; }""")]
    [InlineData("""{ using var token = Trace.Set("a"); Work(); }""")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } finally { Trace.Reset(token); }""")]
    [InlineData("""var token = Trace.Set("a"); try { return; } finally { Trace.Reset(token); }""")]
    [InlineData("""using (Trace.Set("a")) { if (condition) Work(); }""")]
    [InlineData("""using (Trace.Set("a")) { if (true) Work(); }""")]
    [InlineData("""using (Trace.Set("a")) { if (true) { } }""")]
    [InlineData("""using (Trace.Set("a")) { if (false) { Work(); } }""")]
    [InlineData("""using (Trace.Set("a")) { if (condition) { } }""")]
    public Task Scope_in_which_something_is_done_is_silent(string statements) => VerifyMisuse.Silent(Method($"{statements} Work();"));

    [Theory]
    [InlineData("""var token = [|Trace.Set("a")|];""")]
    [InlineData("""Work(); var token = [|Trace.Set("a")|];""")]
    [InlineData("""try { Work(); } finally { Work(); } if (condition) { var token = [|Trace.Set("a")|]; }""")]
    public Task Token_that_nothing_follows_is_found(string statements) => VerifyNever.Finds(Method(statements));

    [Fact]
    public Task Token_of_another_that_is_reset_in_its_place_is_found() => VerifyNever.Finds(Class("""
        void M(Token<string> other)
        {
            var token = [|Trace.Set("a")|];
            try { Work(); } finally { Trace.Reset(other); }
            Log($"{token}");
        }
        """));

    [Theory]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); } finally { Drop(token); }""")]
    [InlineData("""var token = [|Helper.Set("a")|]; try { Work(); } finally { Helper.Reset(token); }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); } finally { Helper.Reset(token); }""")]
    public Task What_only_looks_like_a_reset_is_found(string statements) => VerifyNever.Finds(Class($$"""
        static class Helper
        {
            public static Token<string> Set(string value) => Trace.Set(value);
            public static void Reset(Token<string> token) { }
        }
        static void Drop(Token<string> token) { }
        void M() { {{statements}} }
        """));

    [Theory]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); yield return 1; } finally { Trace.Reset(token); }""")]
    [InlineData("""using var token = [|Trace.Set("a")|]; yield return 1;""")]
    [InlineData("""using (var token = [|Trace.Set("a")|]) { yield return 1; }""")]
    [InlineData("""using ([|Trace.Set("a")|]) { Work(); yield return 1; }""")]
    public Task Scope_in_an_iterator_is_found(string statements) => VerifyYield.Finds(Class($$"""IEnumerable<int> M() { {{statements}} }"""));

    [Theory]
    [InlineData("""using var token = [|Trace.Set("a")|]; Work(); return token;""")]
    [InlineData("""using (var token = [|Trace.Set("a")|]) { Work(); return token; }""")]
    [InlineData("""var token = [|Trace.Set("a")|]; try { Work(); return token; } finally { Trace.Reset(token); }""")]
    public Task Token_that_is_returned_after_its_reset_is_found(string statements) => VerifyMisuse.Finds(Class($$"""Token<string> M() { {{statements}} }"""));

    [Theory]
    [InlineData("""using var token = Trace.Set("a"); await Task.Run(() => [|Trace.Reset(token)|]);""")]
    [InlineData("""using (var token = Trace.Set("a")) { await Task.Run(() => [|Trace.Reset(token)|]); }""")]
    [InlineData("""var token = Trace.Set("a"); try { await Task.Run(() => [|Trace.Reset(token)|]); } finally { Trace.Reset(token); }""")]
    public Task Reset_in_another_flow_is_found_in_a_plain_scope_too(string statements) => VerifyFlow.Finds(Class($$"""async Task M() { {{statements}} }"""));

    [Fact]
    public Task Set_that_is_the_last_statement_in_a_field_is_found() => VerifyMisuse.Finds(Class("""
        static readonly Action s_action = () => { { using var [|token = Trace.Set("a")|]; } Work(); };
        """));
}
