using Microsoft.CodeAnalysis;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Bodies of any size and calls in a circle: the analysis ends, and says what the rule pages say of their bounds.</summary>
public class LargeCodeTests
{
    private const int Statements = 10_000;

    [Fact]
    public async Task State_is_found_over_ten_thousand_statements() =>
        Assert.Equal(["CTX001 8"], await Find($"s_id = id;\n{Lines(Statements, "Use(id);")}\nawait Task.Yield();"));

    [Fact]
    public async Task State_that_ten_thousand_statements_write_is_one_finding() =>
        Assert.Equal(["CTX001 8"], await Find(Lines(Statements / 2, "s_id = id; await Task.Yield();")));

    [Fact]
    public async Task Token_is_found_over_ten_thousand_statements() =>
        Assert.Equal(["CTX102 8"], await Find($"var token = V.Set(id);\n{Lines(Statements, "Use(id);")}\nV.Reset(token);", "void"));

    [Fact]
    public async Task Token_that_is_reset_behind_ten_thousand_statements_is_silent() =>
        Assert.Empty(await Find($"var token = V.Set(id);\ntry {{\n{Lines(Statements, "Use(id);")}\n}} finally {{ V.Reset(token); }}", "void"));

    /// <summary>Each token is followed to the end of the body: ten times the 100,000 statements that one body is worth.</summary>
    [Fact]
    public async Task Tokens_past_the_bound_of_a_body_are_silent_and_those_before_it_are_found()
    {
        var body = Lines(Statements / 10, "var t# = V.Set(id); Use(id); Use(id); Use(id); Use(id); Use(id); Use(id); Use(id); Use(id); V.Reset(t#);");
        var findings = await Find(body, "void");

        Assert.Equal("CTX102 8", findings[0]);
        Assert.InRange(findings.Length, 10, Statements / 10);
    }

    [Fact]
    public async Task Deeply_nested_code_is_followed_to_its_end()
    {
        var open = string.Concat(Enumerable.Repeat("try { if (id != null) { ", 100));
        var close = string.Concat(Enumerable.Repeat(" } } finally { Use(id); }", 100));

        Assert.Equal(["CTX001 8"], await Find($"{open}s_id = id; await Task.Yield(); using var _ = V.Set(id); Use(id);{close}"));
    }

    [Theory]
    [InlineData("static void A(string id) { s_id = id; B(id); } static void B(string id) => A(id);")]
    [InlineData("static void A(string id) => B(id); static void B(string id) { A(id); s_id = id; }")]
    [InlineData("static void A(string id) { B(id); A(id); } static void B(string id) { C(id); s_id = id; } static void C(string id) => D(id); static void D(string id) => E(id); static void E(string id) => A(id);")]
    [InlineData("static void A(string id) => P = id; static string P { get => Q; set => Q = value; } static string Q { get => P; set { s_id = value; P = value; } }")]
    public async Task State_that_helpers_write_which_call_each_other_is_found(string helpers) =>
        Assert.Equal(["CTX001 8"], await Find("A(id); await Task.Yield(); Use(s_id);", helpers: helpers));

    [Theory]
    [InlineData("void A() { s_id = id; B(); } void B() => A(); A(); await Task.Yield();")]
    [InlineData("void A() => B(); void B() { C(); s_id = id; } void C() => D(); void D() => E(); void E() => A(); A(); await Task.Yield();")]
    public async Task State_that_local_functions_write_which_call_each_other_is_found(string body) => Assert.Equal(["CTX001 8"], await Find(body));

    /// <summary>Which delegate a call runs is not followed.</summary>
    [Theory]
    [InlineData("Action a = null, b = null; a = () => { s_id = id; b(); }; b = () => a(); a(); await Task.Yield();")]
    [InlineData("Action a = null, b = null, c = null, d = null, e = null; a = () => b(); b = () => c(); c = () => d(); d = () => { s_id = id; e(); }; e = () => a(); a(); await Task.Yield();")]
    public async Task State_that_lambdas_write_which_call_each_other_is_silent(string body) => Assert.Empty(await Find(body));

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(200, false)]
    public async Task Chain_of_calls_is_followed_two_deep(int length, bool isFound)
    {
        var helpers = string.Concat(Enumerable.Range(1, length).Select(i => $"static void M{i}(string id) {(i == length ? "=> s_id = id;" : $"=> M{i + 1}(id);")}\n"));

        Assert.Equal(isFound ? ["CTX001 8"] : [], await Find("M1(id); await Task.Yield(); Use(s_id);", helpers: helpers));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(30, false)]
    [InlineData(100, false)]
    public async Task Value_is_followed_through_some_twenty_calls(int calls, bool isFound)
    {
        var value = $"{string.Concat(Enumerable.Repeat("Same(", calls))}id{new string(')', calls)}";

        Assert.Equal(isFound ? ["CTX001 8"] : [], await Find($"s_id = {value}; await Task.Yield();", helpers: "static string Same(string value) => value.Trim();"));
    }

    [Fact]
    public async Task Helpers_that_all_call_each_other_end()
    {
        var helpers = string.Concat(Enumerable.Range(0, 200).Select(i => $"static void M{i}(string id) {{ M{(i * 7 + 1) % 200}(id); M{(i * 3 + 2) % 200}(id); s_id = id; }}\n"));

        Assert.Equal(["CTX001 8"], await Find("M0(id); await Task.Yield(); M1(id);", helpers: helpers));
    }

    [Theory]
    [InlineData("static Token<string> A(int n) => n == 0 ? V.Set(\"\") : B(n - 1); static Token<string> B(int n) => A(n);")]
    [InlineData("static Token<string> A(int n) => B(n); static Token<string> B(int n) => C(n); static Token<string> C(int n) => D(n); static Token<string> D(int n) => E(n); static Token<string> E(int n) => A(n);")]
    public async Task Token_from_helpers_that_call_each_other_is_the_callers(string helpers)
    {
        Assert.Equal(["CTX101 8"], await Find("A(3);", "void", helpers));
        Assert.Empty(await Find("using (A(3)) Use(id);", "void", helpers));
    }

    /// <summary>The rule and line of each finding. The body starts on line 8.</summary>
    private static async Task<string[]> Find(string body, string modifiers = "async Task", string helpers = "")
    {
        var source = $$"""
            using System; using System.Threading.Tasks; using ContextVars;
            class C
            {
                static string s_id;
                static readonly ContextVar<string> V = new("v", "");
                static {{modifiers}} Run(string id)
                {
            {{body}}
                }
                static void Use(string value) => GC.KeepAlive(value);
                {{helpers}}
            }
            """;
        var findings = await AllRules.FindAsync(source);

        return
        [
            .. findings
                .OrderBy(finding => finding.Location.SourceSpan.Start)
                .Select(finding => $"{finding.Id} {finding.Location.GetLineSpan().StartLinePosition.Line + 1}"),
        ];
    }

    private static string Lines(int count, string statement) =>
        string.Join('\n', Enumerable.Range(0, count).Select(i => statement.Replace("#", $"{i}", StringComparison.Ordinal)));
}
