using ContextAnalyzers.CodeFixes;
using ContextAnalyzers.Rules;
using Microsoft.CodeAnalysis.CodeActions;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.FlowVariableNotStaticReadonlyAnalyzer, ContextAnalyzers.CodeFixes.MakeStaticReadonlyCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class FlowVariableNotStaticReadonlyTests
{
    [Theory]
    [InlineData("""private readonly ContextVar<int> _v = [|new("v")|];""")]
    [InlineData("""private static ContextVar<int> s_v = [|new("v")|];""")]
    [InlineData("""private static ContextVar<int> s_v = [|new("v", 0)|];""")]
    [InlineData("""private readonly ContextVar<int> _v = [|new ContextVar<int>("v", 0)|];""")]
    [InlineData("""private readonly AsyncLocal<int> _v = [|new()|];""")]
    [InlineData("""private static AsyncLocal<int> s_v = [|new AsyncLocal<int> { Value = 1 }|];""")]
    [InlineData("""private static AsyncLocal<int> s_v = [|new()|], s_w = [|new()|];""")]
    [InlineData("""public static AsyncLocal<int> V { get; set; } = [|new()|];""")]
    [InlineData("""public AsyncLocal<int> V { get; } = [|new()|];""")]
    [InlineData("""public static ContextVar<int> V => [|new("v")|];""")]
    [InlineData("""private AsyncLocal<int> _v; public C() => _v = [|new()|];""")]
    [InlineData("""private static AsyncLocal<int> s_v; static void M() => s_v ??= [|new()|];""")]
    [InlineData("""void M() { var v = [|new ContextVar<int>("v")|]; using var _ = v.Set(1); Work(); }""")]
    [InlineData("""private ContextVar<int> _v = [|ContextVar.Create(1)|];""")]
    [InlineData("""private static ContextVar<int> s_v = [|ContextVar.CreateRequired<int>()|];""")]
    [InlineData("""private static ContextVar<int> s_v = [|ContextVars.ContextVar.CreateRequired<int>()|];""")]
    [InlineData("""public static ContextVar<int> V => [|ContextVar.CreateRequired<int>()|];""")]
    public Task Variable_that_is_made_again_and_again_is_found(string member) => Verify.Finds(Class(member));

    [Theory]
    [InlineData("""private static readonly ContextVar<int> V = new("v");""")]
    [InlineData("""public static AsyncLocal<int> V { get; } = new();""")]
    [InlineData("""private static readonly ContextVar<int> V; static C() => V = new("v");""")]
    [InlineData("""private readonly ContextVar<int> _v; public C(ContextVar<int> v) => _v = v;""")]
    [InlineData("""static ContextVar<int> Make(string name) => new(name);""")]
    [InlineData("""static ContextVar<int> Make(string name) { var v = new ContextVar<int>(name); return v; }""")]
    [InlineData("""static readonly Dictionary<string, ContextVar<int>> All = new() { ["a"] = new("a") };""")]
    [InlineData("""[ThreadStatic] private static AsyncLocal<int> t_v = new();""")]
    [InlineData("""private readonly Lazy<int> _v = new();""")]
    [InlineData("""private static readonly ContextVar<int> V = ContextVar.CreateRequired<int>();""")]
    [InlineData("""private ContextVar<int> _v = Find(); static ContextVar<int> Find() => null!;""")]
    [InlineData("""private ContextVar<int> _v = Create(1); static ContextVar<int> Create(int value) => null!;""")]
    [InlineData("""private readonly ContextVar<int> _v; private Action _work; public C(ContextVar<int> v) { _v = v; _work = new Action(() => { }); }""")]
    [InlineData("""private readonly ContextVar<int> _v; public C(dynamic factory) => _v = factory.Create("v");""")]
    public Task Variable_that_is_made_once_or_for_others_is_silent(string member) => Verify.Silent(Class(member));

    [Theory]
    [InlineData("""private readonly AsyncLocal<int> _v = new();""", "'_v' is created again for each 'C', and contexts captured meanwhile keep its values")]
    [InlineData("""private static AsyncLocal<int> s_v = new();""", "'s_v' is reassignable, and a new variable has none of the values of the old one")]
    [InlineData("""private static AsyncLocal<int> V => new();""", "'V' is created again each time it is read")]
    public async Task Message_says_what_is_wrong_with_more_than_one(string member, string message)
    {
        var finding = Assert.Single(await Robustness.AllRules.FindAsync(Class(member)));

        Assert.StartsWith(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task Every_field_that_another_part_declares_is_found() => Verify.Finds(
        "partial class C { void M() => A = [|new()|]; void N() => B = [|new()|]; }",
        "using System.Threading; partial class C { AsyncLocal<int> A; AsyncLocal<int> B; AsyncLocal<int> P { get; } }");

    [Fact]
    public Task Variable_of_a_program_is_silent() => Verify.FindsInProgram(
        """
        var v = new System.Threading.AsyncLocal<int>();
        v.Value = 1;
        System.Console.WriteLine(v.Value);
        """);

    [Fact]
    public Task Static_field_becomes_readonly() => Verify.Fixes(
        Class("""
            /// <summary>Who.</summary>
            private static ContextVar<int> s_v = [|new("v")|];
            """),
        Class("""
            /// <summary>Who.</summary>
            private static readonly ContextVar<int> s_v = new("v");
            """));

    [Fact]
    public Task Instance_field_becomes_static() => Verify.Fixes(
        Class("""
            private AsyncLocal<int> _v = [|new()|];

            int M() => this._v.Value + _v.Value;
            """),
        Class("""
            private static readonly AsyncLocal<int> _v = new();

            int M() => _v.Value + _v.Value;
            """));

    [Theory]
    [InlineData("""private AsyncLocal<int> _v = [|new()|]; void M() => _v = null!;""")]
    [InlineData("""private readonly ContextVar<int> _v = [|new("v")|]; int M(C other) => other._v.Get();""")]
    [InlineData("""private readonly AsyncLocal<int> _v = [|new()|], _w = [|new()|];""")]
    [InlineData("""private readonly ContextVar<int> _v = [|new("v")|]; int? M(C other) => other?._v.Get();""")]
    [InlineData("""private readonly ContextVar<int> _v = [|new("v")|]; bool M(C other) => other is { _v: not null };""")]
    [InlineData("""private ContextVar<int> _v = [|new("v")|]; void M(ContextVar<int> v, int n) => (_v, n) = (v, 1);""")]
    [InlineData("""private ContextVar<int> _v = [|new("v")|]; void M() { ref var v = ref _v; v = null!; }""")]
    [InlineData("""private ContextVar<int> _v = [|new("v")|]; void M() => Fill(out _v); static void Fill(out ContextVar<int> v) => v = null!;""")]
    [InlineData("""class D(string name) { private readonly ContextVar<int> _v = [|new(name)|]; }""")]
    public Task Field_that_cannot_be_static_or_readonly_has_no_fix(string member) => Verify.FindsButDoesNotFix(Class(member));

    [Theory]
    [InlineData("ContextVar<int> P { get { return [|new(\"v\")|]; } }")]
    [InlineData("Func<ContextVar<int>> P { get { return () => new ContextVar<int>(\"v\"); } }")]
    [InlineData("ContextVar<int> P { get { return Make(); ContextVar<int> Make() { return new(\"v\"); } } }")]
    public Task Getter_that_creates_is_found_and_a_function_in_it_is_not(string member) => Verify.Finds(Class(member));

    [Fact]
    public Task Variable_that_another_file_declares_is_found() => Verify.Finds(
        """
        partial class C
        {
            private System.Threading.AsyncLocal<int> _local;
            private ContextVars.ContextVar<int> Variable { get; set; }
        }
        """,
        """
        partial class C
        {
            C(int n)
            {
                _local = [|new()|];
                this.Variable = new("v");
            }

            int N { get; } = new System.Random().Next();
        }
        """);

    [Fact]
    public Task Variable_of_an_alias_or_a_factory_is_found() => Verify.Finds(
        """
        global using Local = System.Threading.AsyncLocal<int>;
        """,
        """
        using ContextVars;
        using V = ContextVars.ContextVar<int>;

        class C
        {
            private readonly Local _local = [|new Local()|];
            private static V s_v = [|new("v")|];
            private static V s_made = [|ContextVar.Create(1)|];
            private static readonly V Made = ContextVar.Create(1);
        }
        """);

    /// <summary>By the names alone, each of the aliases is one of the other.</summary>
    [Fact]
    public Task Variable_of_an_alias_whose_name_others_have_is_found() => Verify.Finds(
        """
        using Local = System.Threading.AsyncLocal<int>;
        class C { private readonly Local _local = [|new Local()|]; }
        namespace N { class Local; class Other; }
        """,
        "using Other = N.Local; class D { private readonly Other _other = new Other(); }",
        "using Local = N.Other; class E { private readonly Local _local = new Local(); }");

    [Fact]
    public Task Factory_without_its_class_in_front_is_found() => Verify.Finds(
        """
        using ContextVars;
        using static ContextVars.ContextVar;

        class C
        {
            private ContextVar<int> _made = [|Create(1)|];
            private static ContextVar<int> s_required = [|CreateRequired<int>()|];
            private static readonly ContextVar<int> Made = Create(1);
        }
        """);

    private const string LocalsOfFactories =
        """
        class D
        {
            static void M()
            {
                var made = [|Create(1)|];
                System.Console.WriteLine(made.Get());
            }

            static int N(int value)
            {
                var other = Other.Create(value);
                return other;
            }

            static class Other { public static int Create(int value) => value; }
        }
        """;

    [Fact]
    public Task Factory_in_a_method_that_names_no_type_is_found() => Verify.Finds("using static ContextVars.ContextVar;\n" + LocalsOfFactories);

    [Fact]
    public Task Factory_that_a_using_of_another_file_lets_a_method_call_is_found() => Verify.Finds(LocalsOfFactories, "global using static ContextVars.ContextVar;");

    [Theory]
    [InlineData("""private readonly AsyncLocal<int> _v = new();""", true)]
    [InlineData("""private static AsyncLocal<int> s_v = new();""", false)]
    public async Task Preview_warns_that_instances_share_what_each_had_for_itself(string member, bool isWarned)
    {
        using var repair = new Repair([Class(member)]);

        var changed = await repair.ToEndAsync([new FlowVariableNotStaticReadonlyAnalyzer()], new MakeStaticReadonlyCodeFix(), key: null);

        var root = await changed.Projects.Single().Documents.Single().GetSyntaxRootAsync(TestContext.Current.CancellationToken);
        Assert.Contains("static readonly", root!.ToString());
        Assert.Equal(isWarned, root.GetAnnotatedNodes(WarningAnnotation.Kind).Any());
    }

    [Fact]
    public Task Field_that_another_file_uses_has_no_fix() => Verify.FindsButDoesNotFix(
        "partial class C\n{\n    private ContextVars.ContextVar<int> _v = [|new(\"v\")|];\n}\n",
        "partial class C\n{\n    int M() => this._v.Get();\n}\n");

    [Fact]
    public Task Field_may_be_named_in_comments_and_nameof() => Verify.Fixes(
        Class("""
            /// <summary>What <see cref="_v"/> is for.</summary>
            private readonly ContextVar<int> _v = [|new("v")|];

            string M() => nameof(_v) + _v?.Get();
            """),
        Class("""
            /// <summary>What <see cref="_v"/> is for.</summary>
            private static readonly ContextVar<int> _v = new("v");

            string M() => nameof(_v) + _v?.Get();
            """));
}
