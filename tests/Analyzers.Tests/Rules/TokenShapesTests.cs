using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>The same faults, and the same code without one, in every kind of place that code can stand in.</summary>
public class TokenShapesTests
{
    private const OutputKind Library = OutputKind.DynamicallyLinkedLibrary;
    private const string Dropped = """Trace.Set("a"); Work();""";
    private const string OnNormalPath = """var token = Trace.Set("a"); Work(); Trace.Reset(token);""";
    private const string Twice = """var token = Trace.Set("a"); try { Work(); } finally { Trace.Reset(token); } Trace.Reset(token);""";
    private const string InFinally = """var token = Trace.Set("a"); try { Work(); } finally { Trace.Reset(token); }""";
    private const string Using = """using (Trace.Set("a")) Work();""";

    public static TheoryData<string> Members =>
    [
        "void M() { … }",
        "static int M(int n) { if (n > 0) { … } return n; }",
        "async Task M() { await WorkAsync(); … await WorkAsync(); }",
        "async ValueTask<int> M() { … return await Task.FromResult(1); }",
        "Task M() { … return WorkAsync(); }",
        "C() { … }",
        "C(int n) : this() { … }",
        "static C() { … }",
        "~C() { … }",
        "[System.Runtime.CompilerServices.ModuleInitializer] internal static void M() { … }",
        "int P { get { … return 1; } }",
        "int P { get { Work(); … return 1; } set { } }",
        "int this[int n] { get { … return n; } }",
        "event Action E { add { … } remove { } }",
        "public static C operator +(C left, C right) { … return left; }",
        "public static implicit operator int(C c) { … return 1; }",
        "Action _field = () => { … };",
        "Action P { get; } = () => { … };",
        "void M() { Action a = () => { … }; a(); }",
        "void M() { Func<int, int> f = static n => { … return n; }; f(1); }",
        "void M() { Action a = delegate { … }; a(); }",
        "void M() { Func<Task> f = async () => { … await WorkAsync(); }; f(); }",
        "void M() { void Local() { … } Local(); }",
        "void M() { async Task LocalAsync() { … await WorkAsync(); } LocalAsync(); }",
        "void M() { void Outer() { Action inner = () => { … }; inner(); } Outer(); }",
        "void M(int n) { switch (n) { case 1: { … break; } case 2: { goto case 1; } default: break; } }",
        "void M(int n) { switch (n) { case 1: … break; case 2: goto case 1; default: goto case 2; } }",
        "void M(int n) { for (var i = 0; i < n; i++) { if (i == 1) continue; … if (i == 2) break; } }",
        "void M(int n) { while (n-- > 0) { … } }",
        "void M(int n) { do { … } while (n-- > 0); }",
        "void M(string s) { foreach (var c in s) { … } }",
        "async Task M(IAsyncEnumerable<int> all) { await foreach (var item in all) { … } }",
        "void M(int n) { again: n--; { … } if (n > 0) goto again; }",
        "void M() { try { … } catch (IOException) { throw; } }",
        "void M() { try { try { … } catch (Exception e) { throw new IOException(\"\", e); } } finally { Work(); } }",
        "void M() { try { Work(); } catch (IOException e) when (e.HResult == 1) { … throw; } }",
        "void M() { try { … } catch (Exception e) when (e is not IOException) { Log(e.Message); } }",
        "void M() { try { Work(); } finally { … } }",
        "void M(IDisposable d) { using (d) { … } }",
        "async Task M(IAsyncDisposable d) { await using (d) { … } }",
        "async Task M(IAsyncDisposable d) { await using var _ = d; … await WorkAsync(); }",
        "void M(object o) { lock (o) { … } }",
        "unsafe void M() { checked { … } unchecked { int i = 1; i++; } }",
        "void M<T>(T value) where T : IDisposable { using var _ = value; … }",
        "struct S { void M() { … } }",
        "record R(int N) { public int M() { … return N; } }",
        "interface I { void M() { … } }",
        "class D(int n) { int M() { … return n; } }",
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public Task Faults_are_found_in_a_member_and_right_code_is_silent(string member) => HoldsIn(code => Class(member.Replace("…", code)));

    [Theory]
    [InlineData("IEnumerable<int> M() { yield return 1; { … } yield return 2; }")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return 1; { … } await WorkAsync(); yield return 2; }")]
    public Task Value_that_an_iterator_never_resets_spans_its_yield(string member) => HoldsIn(code => Class(member.Replace("…", code)), dropped: "CTX104");

    [Theory]
    [InlineData("…")]
    [InlineData("if (args.Length > 0) { … }")]
    [InlineData("foreach (var arg in args) { … }")]
    [InlineData("await System.Threading.Tasks.Task.Yield(); { … } await System.Threading.Tasks.Task.Yield();")]
    [InlineData("void Local() { … } Local();")]
    [InlineData("System.Action action = () => { … }; action();")]
    public async Task Faults_are_found_in_a_program_and_right_code_is_silent(string statements)
    {
        // A program may set for its whole life. A local function of it is called, so it may not.
        var isFunction = statements.Contains("Local()") || statements.Contains("=>");
        await Has(Program(Dropped), OutputKind.ConsoleApplication, isFunction ? ["CTX101"] : []);
        await Has(Program(OnNormalPath), OutputKind.ConsoleApplication, "CTX102");
        await Has(Program(Twice), OutputKind.ConsoleApplication, "CTX105");
        await Has(Program(InFinally), OutputKind.ConsoleApplication);
        await Has(Program(Using), OutputKind.ConsoleApplication);

        string Program(string code) =>
            $$"""
            using static Current;
            {{statements.Replace("…", code)}}

            static class Current
            {
                public static readonly ContextVars.ContextVar<string> Trace = new("trace", "");
                public static void Work() { }
            }
            """;
    }

    [Theory]
    [InlineData("void M(ContextVar<string> Trace) { … }")]
    [InlineData("void M(List<ContextVar<string>> all) { var Trace = all[0]; … }")]
    [InlineData("void M(ContextVar<string>[] all) { foreach (var Trace in all) { … } }")]
    [InlineData("class D { public ContextVar<string> Trace => C.Trace; void M() { … } }")]
    [InlineData("class D { protected ContextVar<string> Trace { get; init; } = C.Trace; void M() { … } }")]
    [InlineData("class D(ContextVar<string> Trace) { void M() { … } }")]
    public Task Variables_of_any_kind_count(string member) => HoldsIn(code => Class(member.Replace("…", code)));

    [Fact]
    public Task Variable_in_an_array_counts() => HoldsIn(code => Class($$"""void M(ContextVar<string>[] all) { {{code.Replace("Trace.", "all[1].")}} }"""));

    [Fact]
    public Task Generic_variable_counts() => HoldsIn(code => Class($$"""void M<T>(ContextVar<T> variable, T value) { {{code.Replace("Trace.Set(\"a\")", "variable.Set(value)").Replace("Trace.", "variable.")}} }"""));

    [Fact]
    public Task Variable_known_by_an_alias_counts() => HoldsIn(code => "using V = ContextVars.ContextVar<string>;\n" + Class($$"""void M(V Trace) { {{code}} }"""));

    [Fact]
    public async Task Several_variables_are_told_apart()
    {
        await Has(Method("""
            using var _ = Trace.Set("a");
            var user = User.Set("b");
            Work();
            User.Reset(user);
            """), Library, "CTX102");
        await Has(Method("""
            var trace = Trace.Set("a");
            var user = User.Set("b");
            try { Work(); } finally { User.Reset(user); }
            """), Library, "CTX101");
        await Has(Method("""
            var trace = Trace.Set("a");
            var user = User.Set("b");
            try { Work(); } finally { User.Reset(user); Trace.Reset(trace); }
            """), Library);
    }

    private static async Task HoldsIn(Func<string, string> shape, string dropped = "CTX101")
    {
        await Has(shape(Dropped), Library, dropped);
        await Has(shape(OnNormalPath), Library, "CTX102");
        await Has(shape(Twice), Library, "CTX105");
        await Has(shape(InFinally), Library);
        await Has(shape(Using), Library);
    }

    private static async Task Has(string source, OutputKind kind, params string[] expected)
    {
        var findings = await AllRules.FindAsync(source, kind);

        Assert.Equal(expected, findings.Select(finding => finding.Id).Order());
    }
}
