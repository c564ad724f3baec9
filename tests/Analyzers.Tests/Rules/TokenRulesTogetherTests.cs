using ContextAnalyzers.Tests.Robustness;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>All rules on one source: a fault has one finding, whichever rule it is.</summary>
public class TokenRulesTogetherTests
{
    [Theory]
    [InlineData("""void M() { Trace.Set("a"); Work(); }""", "CTX101")]
    [InlineData("""async Task M() { Trace.Set("a"); await WorkAsync(); }""", "CTX101")]
    [InlineData("""async Task M() { await WorkAsync(); Trace.Set("a"); }""", "CTX103")]
    [InlineData("""Token<string> _t; async Task M() { await WorkAsync(); _t = Trace.Set("a"); } void N() => Trace.Reset(_t);""", "CTX103")]
    [InlineData("""IEnumerable<int> M() { Trace.Set("a"); yield return 1; }""", "CTX104")]
    [InlineData("""IEnumerable<int> M() { var t = Trace.Set("a"); yield return 1; Trace.Reset(t); }""", "CTX104")]
    [InlineData("""void M() { var t = Trace.Set("a"); Work(); Trace.Reset(t); }""", "CTX102")]
    [InlineData("""void M() { var t = Trace.Set("a"); try { Work(); } finally { User.Reset(t); } }""", "CTX105")]
    [InlineData("""void M() { var t = Trace.Set("a"); Trace.Reset(t); Trace.Reset(t); }""", "CTX105")]
    [InlineData("""Token<string> M() { using var t = Trace.Set("a"); return t; }""", "CTX105")]
    [InlineData("""void M() { var t = Trace.Set("a"); Task.Run(() => Trace.Reset(t)); }""", "CTX106")]
    [InlineData("""async Task<Token<string>> M() { await WorkAsync(); return Trace.Set("a"); }""", "CTX106")]
    [InlineData("""readonly ContextVar<List<int>> V = new("v", new());""", "CTX201", "CTX202")]
    [InlineData("""[ThreadStatic] static ContextVar<int> t_v = new("v");""", "CTX006")]
    public async Task Each_fault_has_one_finding(string member, params string[] expected) => Assert.Equal(expected, await Find(Class(member)));

    [Fact]
    public async Task Goto_try_in_finally_and_recursion_end()
    {
        Assert.Equal([], await Find(Class("""
            void M(int n)
            {
                start:
                var token = Trace.Set("a");
                try
                {
                    if (n > 0) { n--; goto start; }
                    M(n);
                }
                finally
                {
                    try { if (n == 1) throw new InvalidOperationException(); }
                    catch (InvalidOperationException) when (n > 0) { }
                    finally { Trace.Reset(token); }
                }
            }
            """)));
    }

    [Fact]
    public async Task Huge_body_with_one_token_is_followed_to_its_end()
    {
        var work = string.Concat(Enumerable.Repeat("if (condition) Work();\n", 10_000));

        Assert.Equal(["CTX102"], await Find(Method($"var token = Trace.Set(\"a\");\n{work}Trace.Reset(token);")));
    }

    [Fact]
    public async Task Tokens_of_a_huge_body_are_followed_up_to_a_bound()
    {
        // Each is alive to the end, so that all together would take a million statements.
        var scopes = string.Concat(Enumerable.Range(0, 1000).Select(i => $"var t{i} = all[{i}].Set(\"a\"); Work();\n"));
        var resets = string.Concat(Enumerable.Range(0, 1000).Select(i => $"t{i}.Dispose();\n"));

        var findings = (await Find(Class($"void M(ContextVar<string>[] all)\n{{\n{scopes + resets}}}"))).ToList();

        // Those before the bound are found, and past it there is silence.
        Assert.All(findings, id => Assert.Equal("CTX102", id));
        Assert.InRange(findings.Count, 10, 100);
    }

    private static async Task<IEnumerable<string>> Find(string source) => (await AllRules.FindAsync(source)).Select(finding => finding.Id).Order();

    [Theory]
    [InlineData("""Func<string> M() { using (Trace.Set("a")) return () => Trace.Get(); }""")]
    [InlineData("""Func<string> M() { var t = Trace.Set("a"); try { return Trace.Get; } finally { Trace.Reset(t); } }""")]
    [InlineData("""Lazy<string> M() { using (Trace.Set("a")) return new Lazy<string>(() => Trace.Get()); }""")]
    [InlineData("""IEnumerable<string> M() { using var _ = Trace.Set("a"); return Names(); } IEnumerable<string> Names() { yield return Trace.Get(); }""")]
    public async Task What_is_made_in_a_scope_and_runs_later_is_not_followed(string member) => Assert.Equal([], await Find(Class(member)));
}
