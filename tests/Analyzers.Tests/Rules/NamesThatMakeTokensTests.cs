using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetWithoutResetAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>The rules look at nothing but code that names a method which makes tokens: however it is named, and wherever it is declared.</summary>
public class NamesThatMakeTokensTests
{
    [Fact]
    public Task Local_functions_extensions_and_interfaces_count() => Verify.Finds(Class("""
        interface IScopes { Token<string> Enter(string name); }

        void M(IScopes scopes)
        {
            Token<string> Local() => Trace.Set("a");
            [|Local()|];
            [|scopes.Enter("a")|];
            [|"a".Push()|];
            scopes?[|.Enter("a")|];
        }
        """) + """

        static class Extensions
        {
            public static readonly ContextVar<string> Name = new("name", "");
            public static Token<string> Push(this string name) => Name.Set(name);
        }
        """);

    [Fact]
    public Task Alias_of_the_type_counts() => Verify.Finds(
        """
        global using EveryToken = ContextVars.Token<int>;
        """,
        """
        using ContextVars;
        using OwnToken = ContextVars.Token<string>;

        static class Scopes
        {
            static readonly ContextVar<string> Name = new("name", "");
            static readonly ContextVar<int> Number = new("number", 0);

            public static OwnToken Enter() => Name.Set("a");
            public static EveryToken Count() => Number.Set(1);
        }
        """,
        """
        class C
        {
            void M()
            {
                [|Scopes.Enter()|];
                [|Scopes.Count()|];
            }
        }
        """);

    [Fact]
    public Task Every_alias_of_a_file_counts() => Verify.Finds(
        """
        using ContextVars;
        using First = ContextVars.Token<string>;
        using Second = ContextVars.Token<int>;

        static class Scopes
        {
            static readonly ContextVar<string> Name = new("name", "");
            static readonly ContextVar<int> Number = new("number", 0);

            public static First Enter() => Name.Set("a");
            public static Second Count() => Number.Set(1);
        }
        """,
        """
        class C
        {
            void M() => [|Scopes.Enter()|];
            void N() => [|Scopes.Count()|];
        }
        """);

    [Fact]
    public Task Local_function_that_hands_on_what_a_delegate_makes_counts() => Verify.Finds(Class("""
        void M(Func<Token<string>> make)
        {
            [|First()|];
            [|Second()|];
            Token<string> First() => make();
            Token<string> Second() => make();
        }
        """));

    [Fact]
    public Task Names_in_comments_strings_and_code_that_is_left_out_are_none() => Verify.Silent(Class("""
        // Set
        const string Text = "Set Push Token";
        /// <summary>Set</summary>
        void Set() => Work();
        void M() { Set(); this.@Set(); }
        #if NEVER
        void N() => Trace.Set("a");
        #endif
        """));

    [Fact]
    public Task Name_written_with_an_at_sign_counts() => Verify.Finds(Class("""void M() => [|Trace.@Set("a")|];"""));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Methods_of_a_referenced_project_count(bool asFile)
    {
        var library = Compile(
            "Library",
            """
            using ContextVars;
            public static class Scopes
            {
                static readonly ContextVar<string> Name = new("name", "");
                public static Token<string> Enter(string name) => Name.Set(name);
            }
            """,
            TestReferences.All);
        var user = Compile("User", """class C { void M() => Scopes.Enter("a"); void N() { using var _ = Scopes.Enter("a"); } }""", [.. TestReferences.All, asFile ? Emit(library) : library.ToMetadataReference()]);

        var findings = await user.WithAnalyzers(AllRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["CTX101"], findings.Select(finding => finding.Id));
    }

    private static CSharpCompilation Compile(string name, string source, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)], references, new(OutputKind.DynamicallyLinkedLibrary));

    private static PortableExecutableReference Emit(CSharpCompilation compilation)
    {
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);

        return MetadataReference.CreateFromImage(stream.ToArray());
    }
}
