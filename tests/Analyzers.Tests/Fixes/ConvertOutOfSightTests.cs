namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Code that uses the member and cannot be edited.</summary>
public class ConvertOutOfSightTests
{
    private const string Tenant =
        """
        public static partial class Tenant
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

    private const string Loader =
        """
        using System;
        using System.Threading.Tasks;

        public class Handler
        {
            public async Task LoadAsync(string name)
            {
                Tenant.Name = name;
                await Task.Yield();
                Console.WriteLine(Tenant.Name);
            }
        }
        """;

    [Theory]
    [InlineData("Tenant.Name = \"vb\"", false)]
    [InlineData("System.Console.WriteLine(Tenant.Name)", false)]
    [InlineData("System.Console.WriteLine(\"Name\")", true)]
    public async Task A_user_in_Visual_Basic_keeps_the_member(string statement, bool isOffered)
    {
        using var projects = new Projects();
        var app = projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));
        projects.AddVisualBasic("Basic", app, $"Module Program\n    Sub Main()\n        {statement}\n    End Sub\nEnd Module\n");

        var offers = await projects.OffersAsync("/app/Tenant.cs");

        Assert.Equal(isOffered, offers.Any(offer => offer.Title == "Convert to ContextVar with all users of 'Name'"));
    }

    [Theory]
    [InlineData("Tenant.Name = \"generated\";", false)]
    [InlineData("System.Console.WriteLine(Tenant.Name);", false)]
    [InlineData("System.Console.WriteLine();", true)]
    public async Task A_user_that_is_generated_keeps_the_member(string statement, bool isOffered)
    {
        using var projects = new Projects();
        var app = projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));
        projects.Generate(app, $"static class Generated {{ static void Run() {{ {statement} }} }}");

        var offers = await projects.OffersAsync("/app/Tenant.cs");

        Assert.Equal(isOffered, offers.Any(offer => offer.Title == "Convert to ContextVar with all users of 'Name'"));
        if (isOffered)
            Assert.Equal(2, (await Projects.TextsAsync(await Projects.ApplyAsync(offers[0]))).Count);
    }

    [Theory]
    [InlineData("Call New Handler().LoadAsync(\"a\").Wait()", false)]
    [InlineData("System.Console.WriteLine(\"Name\")", true)]
    public async Task A_caller_in_Visual_Basic_may_read_what_a_method_sets(string statement, bool isOffered)
    {
        using var projects = new Projects();
        var app = projects.Add("App", [], [], ("/app/Tenant.cs", Tenant.Replace("public static string", "internal static string")), ("/app/Handler.cs", Loader));
        projects.AddVisualBasic("Basic", app, $"Module Program\n    Sub Main()\n        {statement}\n    End Sub\nEnd Module\n");

        Assert.Equal(isOffered, (await projects.OffersAsync("/app/Tenant.cs")).Any(offer => offer.Title.Contains("with all users")));
    }

    [Theory]
    [InlineData("new Handler().LoadAsync(\"a\").Wait();", false)]
    [InlineData("System.Console.WriteLine();", true)]
    public async Task A_caller_that_is_generated_may_read_what_a_method_sets(string statement, bool isOffered)
    {
        using var projects = new Projects();
        var app = projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Loader));
        projects.Generate(app, $"static class Generated {{ static void Run() {{ {statement} }} }}");

        Assert.Equal(isOffered, (await projects.OffersAsync("/app/Tenant.cs")).Any(offer => offer.Title.Contains("with all users")));
    }

    [Fact]
    public async Task A_documentation_comment_calls_nothing()
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Tenant.cs", "/// <summary>See <see cref=\"Handler.LoadAsync\"/>.</summary>\n" + Tenant), ("/app/Handler.cs", Loader));

        Assert.NotEmpty(await projects.OffersAsync("/app/Tenant.cs"));
    }

    [Fact]
    public async Task A_member_that_is_generated_has_no_offer()
    {
        using var projects = new Projects();
        var app = projects.Add("App", [], [], ("/app/Handler.cs", Handler));
        projects.Generate(app, Tenant);

        Assert.Empty(await projects.OffersForGeneratedAsync(app));
    }

    [Fact]
    public async Task The_parts_of_a_partial_type_follow()
    {
        using var projects = new Projects();
        projects.Add("App", [], [],
            ("/app/Tenant.cs", Tenant),
            ("/app/Tenant.Run.cs", "using System;\nusing System.Threading.Tasks;\n\npartial class Tenant\n{\n    public static async Task RunAsync(string name, Func<Task> next)\n    {\n        Name = name;\n        await next();\n    }\n}\n"));

        var texts = await Projects.TextsAsync(await Projects.ApplyAsync((await projects.OffersAsync("/app/Tenant.cs"))[0]));

        Assert.Contains("Name.Reset(token);", texts["/app/Tenant.Run.cs"]);
        Assert.DoesNotContain("using ContextVars;", texts["/app/Tenant.Run.cs"]);
    }
}
