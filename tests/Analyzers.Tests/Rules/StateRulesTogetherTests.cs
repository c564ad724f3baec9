using System.Collections.Immutable;
using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>What holds for CTX001 to CTX007 as a whole.</summary>
public class StateRulesTogetherTests
{
    private const string State =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        public static class Current
        {
            [ThreadStatic] private static string? t_user;
            private static readonly ThreadLocal<int> s_depth = new();
            public static string? User { get => t_user; set => t_user = value; }
            public static string? RequestId { get; set; }
            public static int Depth { get => s_depth.Value; set => s_depth.Value = value; }
            public static readonly List<string> Seen = new();
            [ThreadStatic] public static AsyncLocal<int>? Wrong;
        }
        """;

    private const string Use =
        """
        using System.Threading.Tasks;
        class Middleware
        {
            async Task Invoke(string user)
            {
                Current.User = user;
                Current.RequestId = user;
                Current.Depth = user.Length;
                Current.Seen.Add(user);
                await Task.Yield();
                Current.User = null;
                Current.RequestId = null;
                Current.Depth = 0;
            }

            async Task Later(string user)
            {
                await Task.Yield();
                Current.User = user;
                Current.RequestId = user;
            }
        }
        """;

    [Theory]
    [InlineData("Func<string, Task> Handler => async name => { Name = name; await Task.Yield(); };", "lambda in Handler")]
    [InlineData("async Task Handle(string name) { Name = name; await Task.Yield(); }", "Handle")]
    [InlineData("Task this[string name] { get { Name = name; return Task.Delay(1); } }", "this[]")]
    [InlineData("C(string name, Action<Func<Task>> run) { run(async () => { Name = name; await Task.Yield(); }); }", "lambda in C")]
    [InlineData("C(string name, Func<Task> run) : this(name, async a => { Name = name; await run(); }) { } C(string name, Func<string, Task> run) { }", "lambda in C")]
    [InlineData("private sealed class D : I { async Task I.Handle(string name) { Name = name; await Task.Yield(); } } interface I { Task Handle(string name); }", "Handle")]
    [InlineData("public static Func<string, Task> operator +(C c, C d) => async name => { Name = name; await Task.Yield(); };", "lambda in operator +")]
    [InlineData("public static implicit operator Func<string, Task>(C c) => async name => { Name = name; await Task.Yield(); };", "lambda in implicit operator Func<string, Task>")]
    public async Task Message_names_the_member_that_people_know(string member, string name)
    {
        var found = await AllRules.FindAsync($$"""using System; using System.Threading.Tasks; class C { static string Name; {{member}} }""");

        Assert.Contains($"'{name}'", Assert.Single(found).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Each_fault_is_reported_once_by_one_rule() => Assert.Equal(
        [
            "Current.cs(6) CTX007", "Current.cs(7) CTX007", "Current.cs(12) CTX006",
            "Use.cs(6) CTX003", "Use.cs(7) CTX001", "Use.cs(8) CTX004", "Use.cs(9) CTX002",
            "Use.cs(19) CTX005", "Use.cs(20) CTX002",
        ],
        Describe(await Compile().GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)));

    [Fact]
    public async Task One_open_document_shows_the_same_findings_as_the_whole_compilation()
    {
        var whole = Describe(await Compile().GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
        var alone = ImmutableArray.CreateBuilder<Diagnostic>();
        var compilation = Compile();

        // Each document by itself, the one that uses the state first.
        foreach (var tree in compilation.Compilation.SyntaxTrees.Reverse())
        {
            var model = compilation.Compilation.GetSemanticModel(tree);
            alone.AddRange(await compilation.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, TestContext.Current.CancellationToken));
        }

        Assert.Equal(whole, Describe(alone.ToImmutable()));
    }

    [Fact]
    public async Task First_additional_location_is_the_declaration()
    {
        var findings = await Compile().GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        foreach (var finding in findings)
        {
            var declaration = finding.AdditionalLocations[0];
            var text = declaration.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(declaration.SourceSpan);
            Assert.Contains($"'{text}'", finding.GetMessage(null));
        }
    }

    [Fact]
    public async Task First_write_is_reported_and_the_rest_goes_along()
    {
        var finding = Assert.Single(await AllRules.FindAsync("""
            using System.Threading.Tasks;
            static class Current { static string s_id; public static void Enter(string id) => s_id = id; public static string Id => s_id; }
            class C
            {
                async Task<string> Run(string id)
                {
                    Current.Enter(id);
                    await Task.Yield();
                    Current.Enter(id + id);
                    await Task.Delay(1);
                    return Current.Id;
                }
            }
            """));

        Assert.Equal("CTX001 Current.Enter(id)", $"{finding.Id} {TextOf(finding.Location)}");
        Assert.Equal(
            ["s_id", "s_id", "Current.Enter(id + id)", "Current.Id", "await Task.Yield()"], // declaration, write behind the call, other uses, where it waits
            finding.AdditionalLocations.Select(TextOf));
    }

    [Fact]
    public async Task First_suspension_that_finds_a_value_goes_along()
    {
        var finding = Assert.Single(await AllRules.FindAsync("""
            using System.Threading.Tasks;
            class C
            {
                [System.ThreadStatic] static string t_id;
                async Task<string> Run(string id)
                {
                    t_id = "none";
                    await Task.Yield();
                    t_id = id;
                    await Task.Delay(1);
                    return t_id;
                }
            }
            """));

        Assert.Equal("await Task.Yield()", TextOf(finding.AdditionalLocations[^1]));
    }

    private static string TextOf(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    [Fact]
    public async Task State_of_a_referenced_assembly_is_found_by_its_metadata()
    {
        var library = Compile("library",
            """
            using System;
            public static class Library
            {
                [ThreadStatic] public static string? User;
                public static string? RequestId;
                public static string? Version { get; set; }
                public static readonly System.Threading.ThreadLocal<string?> Local = new();
            }
            """);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var findings = await Compile(
            "user",
            """
            using System.Threading.Tasks;
            class Handler
            {
                async Task Run(string user)
                {
                    Library.User = user;
                    Library.RequestId = user;
                    Library.Version = user; // its accessors could do anything
                    await Task.Yield();
                    Library.RequestId = null;
                }
                async Task RunOnThread(string user)
                {
                    Library.Local.Value = user;
                    await Task.Yield();
                    Library.Local.Value = null;
                }
            }
            """)
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()))
            .WithAnalyzers(AllRules.Analyzers)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["(6) CTX003", "(7) CTX001", "(14) CTX004"], Describe(findings));
    }

    /// <summary>A method of a project that this one refers to has code that could be read, and is not for this project to judge.</summary>
    [Fact]
    public async Task Method_of_another_project_is_told_from_one_of_the_same_name()
    {
        var library = Compile("library", "public class Session { [System.ThreadStatic] static string? t_user; public void Enter(string user) => Become(user); void Become(string user) => t_user = user; }");

        var findings = await Compile(
            "user",
            """
            using System.Threading.Tasks;
            class Own { [System.ThreadStatic] static string? t_user; public void Enter(string user) => Become(user); void Become(string user) => t_user = user; }
            class Handler
            {
                async Task Run(string user, Session session)
                {
                    session.Enter(user);
                    await Task.Yield();
                }

                async Task Run(string user, Own session)
                {
                    session.Enter(user);
                    await Task.Yield();
                }
            }
            """)
            .AddReferences(library.ToMetadataReference())
            .WithAnalyzers(AllRules.Analyzers)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["(13) CTX003"], Describe(findings));
    }

    [Fact]
    public async Task Without_tasks_there_is_nothing_to_report()
    {
        var tree = CSharpSyntaxTree.ParseText(Use + State, cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("bare", [tree]);
        var findings = await compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task State_of_another_project_is_found_whether_its_code_is_at_hand_or_not(bool asProject)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var library = CSharpCompilation.Create(
            "library",
            [
                CSharpSyntaxTree.ParseText(
                    """
                    using System;
                    using System.Threading;
                    public static class Ambient
                    {
                        public static readonly ThreadLocal<string?> Name = new();
                        [ThreadStatic] public static string? User;
                        public static void Enter(string name) { Name.Value = name; User = name; }
                    }
                    """,
                    cancellationToken: TestContext.Current.CancellationToken),
            ],
            TestReferences.All,
            options);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        MetadataReference reference = asProject ? library.ToMetadataReference() : MetadataReference.CreateFromImage(image.ToArray());
        var compilation = CSharpCompilation.Create(
            "program",
            [
                CSharpSyntaxTree.ParseText(
                    """
                    using System.Threading.Tasks;
                    using System.Threading;
                    class C
                    {
                        async Task<string?> Read() { await Task.Yield(); ThreadLocal<string?> kept = Ambient.Name; return Ambient.Name.Value ?? kept.ToString(); }
                        async Task Write(string name) { Ambient.User = name; await Task.Yield(); }
                    }
                    """,
                    path: "C.cs",
                    cancellationToken: TestContext.Current.CancellationToken),
            ],
            [.. TestReferences.All, reference],
            options);

        var findings = await compilation.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(findings, static finding => finding.Id == "AD0001");
        Assert.Equal(["C.cs(5) CTX004", "C.cs(6) CTX003"], Describe(findings));
    }

    private static CompilationWithAnalyzers Compile() => CSharpCompilation.Create(
        "together",
        [CSharpSyntaxTree.ParseText(State, path: "Current.cs"), CSharpSyntaxTree.ParseText(Use, path: "Use.cs")],
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).WithAnalyzers(AllRules.Analyzers);

    private static CSharpCompilation Compile(string name, string source) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(source)],
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static IEnumerable<string> Describe(ImmutableArray<Diagnostic> findings) =>
        from finding in findings
        where finding.Id.StartsWith("CTX0", StringComparison.Ordinal)
        let line = finding.Location.GetLineSpan()
        orderby line.Path, line.StartLinePosition.Line, finding.Id
        select $"{line.Path}({line.StartLinePosition.Line + 1}) {finding.Id}";
}
