using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.Tests.Fixes;

public class ConvertSolutionTests
{
    private const string Tenant =
        """
        public static class Tenant
        {
            public static string? Name { get; set; }
        }
        """;

    private const string Handler =
        """
        using System;
        using System.Threading.Tasks;

        public class Handler
        {
            public async Task HandleAsync(string name, Func<Task> next)
            {
                Tenant.Name = name;
                await next();
                Console.WriteLine(Tenant.Name);
            }
        }
        """;

    [Fact]
    public async Task Users_in_other_projects_follow()
    {
        using var projects = new Projects();
        var library = projects.Add("Library", [], [], ("/lib/Tenant.cs", Tenant));
        projects.Add("Web", [library], [], ("/web/Handler.cs", Handler));

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/lib/Tenant.cs"))[0]));

        Assert.Contains("ContextVar<string?> Name { get; } = new(\"name\", default);", texts["/lib/Tenant.cs"]);
        Assert.Contains("var token = Tenant.Name.Set(name);", texts["/web/Handler.cs"]);
        Assert.Contains("Tenant.Name.Reset(token);", texts["/web/Handler.cs"]);
    }

    [Fact]
    public async Task A_file_of_two_projects_is_edited_once()
    {
        using var projects = new Projects();
        projects.Add("App(net8.0)", [], ["NET8_0"], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));
        projects.Add("App(net10.0)", [], ["NET10_0"], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]));

        Assert.Equal(2, texts.Count);
        Assert.Single(texts["/app/Handler.cs"].Split("Tenant.Name.Reset(token);")[1..]);
    }

    [Fact]
    public async Task A_use_that_one_target_framework_alone_sees_is_refused()
    {
        var handler = Handler.Replace("        Console", "#if NET8_0\n        Console").Replace("Tenant.Name);", "Tenant.Name);\n#endif");
        using var projects = new Projects();
        projects.Add("App(net8.0)", [], ["NET8_0"], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", handler));
        projects.Add("App(net10.0)", [], ["NET10_0"], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", handler));

        Assert.DoesNotContain("with all users", string.Concat((await projects.OffersAsync("/app/Tenant.cs")).Select(action => action.Title)));
    }

    [Fact]
    public async Task Without_the_library_only_AsyncLocal_is_offered()
    {
        using var projects = new Projects();
        projects.WithoutContextVars(projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler)));

        var offers = await projects.OffersAsync("/app/Tenant.cs");

        Assert.All(offers, offer => Assert.StartsWith("Convert to AsyncLocal", offer.Title));
        var texts = await Projects.TextsAsync(await Projects.ApplyAsync(offers[0]));
        Assert.Contains("Tenant.Name.Value = previous;", texts["/app/Handler.cs"]);
    }

    [Fact]
    public async Task Keys_tell_the_kind_and_titles_tell_the_way()
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));

        var offers = await projects.OffersAsync("/app/Tenant.cs");

        Assert.Equal(["ConvertToContextVar", "ConvertToContextVar.KeepProperty", "ConvertToAsyncLocal", "ConvertToAsyncLocal.KeepProperty"], offers.Select(offer => offer.EquivalenceKey));
        Assert.Equal(4, offers.Select(offer => offer.Title).Distinct().Count());
    }

    [Theory]
    [InlineData("public", "string?", "'Name' can be used outside this solution: such code must change as well.")]
    [InlineData("internal", "string?", null)]
    [InlineData("internal", "Account?", "A 'Account' can be changed, and flows that start from this one share the same object.")]
    public async Task What_the_author_must_judge_is_annotated(string accessibility, string type, string? warning)
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Tenant.cs", $$"""{{accessibility}} static class Tenant { {{accessibility}} static {{type}} Name { get; set; } } internal sealed class Account { public int Balance { get; set; } }"""),
            ("/app/Handler.cs", Handler.Replace("string name", type + " name").Replace("public", "internal")));

        var changed = await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]);

        var root = await changed.Projects.Single().Documents.Single(document => document.FilePath == "/app/Tenant.cs").GetSyntaxRootAsync(TestContext.Current.CancellationToken);
        Assert.Equal(warning, root!.GetAnnotatedNodes(WarningAnnotation.Kind).SingleOrDefault()?.GetAnnotations(WarningAnnotation.Kind).Single().Data);
    }

    [Theory]
    [InlineData("public int Balance;", true)]
    [InlineData("public int Balance { get; set; }", true)]
    [InlineData("public readonly int Balance;", false)]
    [InlineData("public static int Balance;", false)]
    [InlineData("public const int Balance = 1;", false)]
    [InlineData("public int Balance { get; }", false)]
    [InlineData("public int Balance { get; init; }", false)]
    [InlineData("public static int Balance { get; set; }", false)]
    [InlineData("public int Balance => 1;", false)]
    public async Task An_object_can_be_changed_if_something_of_it_can(string member, bool isMutable)
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Tenant.cs", $$"""internal static class Tenant { internal static Account? Name { get; set; } } internal sealed class Account { {{member}} }"""),
            ("/app/Handler.cs", Handler.Replace("string name", "Account? name").Replace("public", "internal")));

        var changed = await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]);

        var root = await changed.Projects.Single().Documents.Single(document => document.FilePath == "/app/Tenant.cs").GetSyntaxRootAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isMutable, root!.GetAnnotatedNodes(WarningAnnotation.Kind).Any());
    }

    [Fact]
    public async Task What_the_author_must_judge_stands_at_the_field_that_is_new_behind_a_property()
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Tenant.cs", """internal static class Tenant { internal static Account? Current { get; set; } } internal sealed class Account { public int Balance { get; set; } }"""),
            ("/app/Handler.cs", Handler.Replace("string name", "Account? name").Replace("Tenant.Name", "Tenant.Current").Replace("public", "internal")));

        var changed = await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs")).Single(offer => offer.EquivalenceKey == "ConvertToContextVar.KeepProperty"));

        var root = await changed.Projects.Single().Documents.Single(document => document.FilePath == "/app/Tenant.cs").GetSyntaxRootAsync(TestContext.Current.CancellationToken);
        Assert.Contains("ContextVar<Account?> s_current", root!.GetAnnotatedNodes(WarningAnnotation.Kind).Single().ToString());
    }

    [Fact]
    public async Task A_variable_has_the_name_of_the_property_that_its_users_know()
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Tenant.cs", """internal static class Tenant { private static string? s_value; internal static string? Name { get => s_value; set => s_value = value; } }"""),
            ("/app/Handler.cs", Handler));

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]));

        Assert.Contains("ContextVar<string?> Name { get; } = new(\"name\", default);", texts["/app/Tenant.cs"]);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp8, "= new ContextVar<string?>(\"name\", default);")]
    [InlineData(LanguageVersion.CSharp9, "= new(\"name\", default);")]
    public async Task What_a_variable_is_made_with_is_what_the_language_knows(LanguageVersion version, string creation)
    {
        using var projects = new Projects();
        projects.SetLanguageVersion(projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler)), version);

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]));

        Assert.Contains(creation, texts["/app/Tenant.cs"]);
    }

    [Fact]
    public async Task A_test_project_that_sees_internals_follows()
    {
        using var projects = new Projects();
        var app = projects.Add("App", [], [], ("/app/Tenant.cs", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App.Tests\")]\n\n" + Tenant.Replace("public", "internal")));
        projects.Add("App.Tests", [app], [], ("/tests/Handler.cs", Handler));

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]));

        Assert.Contains("internal static ContextVar<string?> Name", texts["/app/Tenant.cs"]);
        Assert.Contains("Tenant.Name.Reset(token);", texts["/tests/Handler.cs"]);
    }

    [Fact]
    public async Task Lines_end_as_they_do_in_their_file()
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Tenant.cs", Tenant.ReplaceLineEndings("\n")), ("/app/Handler.cs", Handler.ReplaceLineEndings("\r\n")));

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]));

        Assert.DoesNotContain('\r', texts["/app/Tenant.cs"]);
        Assert.Equal(texts["/app/Handler.cs"].ReplaceLineEndings("\r\n"), texts["/app/Handler.cs"]);
    }

    [Theory]
    [InlineData("public", true)]
    [InlineData("internal", false)]
    public async Task A_method_that_returns_a_token_now_is_annotated_if_others_may_call_it(string accessibility, bool isAnnotated)
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Tenant.cs", $$"""public static class Tenant { private static string? s_name; public static void Use() { } {{accessibility}} static void Use(string? name) => s_name = name; internal static string? Get() => s_name; }"""),
            ("/app/Handler.cs", Handler.Replace("Tenant.Name = name;", "Tenant.Use(name);").Replace("Tenant.Name", "Tenant.Get()")));

        var changed = await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]);

        var root = await changed.Projects.Single().Documents.Single(document => document.FilePath == "/app/Tenant.cs").GetSyntaxRootAsync(TestContext.Current.CancellationToken);
        Assert.Contains("static Token<string?> Use(", root!.ToString());
        Assert.Equal(isAnnotated, root.GetAnnotatedNodes(WarningAnnotation.Kind).SingleOrDefault()?.ToString().Contains("Token<") ?? false);
    }

    [Theory]
    [InlineData("true", "Convert to AsyncLocal")]
    [InlineData("false", "Convert to ContextVar")]
    public async Task A_library_that_its_users_would_miss_is_not_taken(string isPrivate, string first)
    {
        using var projects = new Projects();
        projects.SetProperty(projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler)), "ContextAnalyzersIsPrivate", isPrivate);

        Assert.StartsWith(first, (await projects.OffersAsync("/app/Tenant.cs"))[0].Title);
    }

    [Fact]
    public async Task A_read_that_is_known_not_to_be_null_says_so_once_in_a_file_of_two_projects()
    {
        var handler = Handler.Replace("Console.WriteLine(Tenant.Name);", "if (Tenant.Name != null)\n            Console.WriteLine(Tenant.Name.Length);");
        using var projects = new Projects();
        projects.Add("App(net8.0)", [], ["NET8_0"], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", handler));
        projects.Add("App(net10.0)", [], ["NET10_0"], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", handler));

        var offers = await projects.OffersAsync("/app/Tenant.cs");

        Assert.Equal("Convert to ContextVar with all users of 'Name'", offers[0].Title);
        Assert.Contains("Console.WriteLine(Tenant.Name.Get()!.Length);", (await Projects.TextsAsync(await Projects.ApplyAsync(offers[0])))["/app/Handler.cs"]);
    }

    [Fact]
    public async Task A_declaration_in_a_file_with_code_that_is_switched_off_and_names_it_is_refused()
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Tenant.cs", Tenant + "\n\n#if OTHER\nstatic class Other { static string? Get() => Tenant.Name; }\n#endif\n"), ("/app/Handler.cs", Handler));

        Assert.Empty(await projects.OffersAsync("/app/Tenant.cs"));
    }
}
