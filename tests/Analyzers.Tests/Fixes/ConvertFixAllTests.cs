using ContextAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ContextAnalyzers.Tests.Fixes;

public class ConvertFixAllTests
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

    [Theory]
    [InlineData(FixAllScope.Document, 2)]
    [InlineData(FixAllScope.Project, 3)]
    [InlineData(FixAllScope.Solution, 4)]
    public async Task Fix_all_converts_member_by_member(FixAllScope scope, int converted)
    {
        const string Both =
            """
            using System;
            using System.Threading.Tasks;

            class Both
            {
                private static string? s_first;
                private static string? s_second;

                public async Task HandleAsync(string id, Func<Task> next)
                {
                    s_first = id;
                    s_second = id;
                    await next();
                    Console.WriteLine(s_first + s_second);
                }
            }
            """;
        using var projects = new Projects();
        var first = projects.Add("First", [], [], ("/1/Both.cs", Both), ("/1/Tenant.cs", Tenant), ("/1/Handler.cs", Handler));
        projects.Add("Second", [first], [], ("/2/User.cs", Tenant.Replace("Tenant", "User")), ("/2/UserHandler.cs", Handler.Replace("Tenant", "User").Replace("class Handler", "class UserHandler")));

        var texts = await Projects.TextsAsync(await projects.FixAllAsync(scope, "/1/Both.cs"));

        Assert.Equal(converted, texts.Values.Sum(text => text.Split("ContextVar<string?> ").Length - 1));
    }

    [Fact]
    public async Task Several_findings_about_one_member_are_one_conversion()
    {
        using var projects = new Projects();
        projects.Add("App(net8.0)", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));
        projects.Add("App(net10.0)", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));

        var texts = await Projects.TextsAsync(await projects.FixAllAsync(FixAllScope.Solution, "/app/Tenant.cs"));

        Assert.Single(texts["/app/Tenant.cs"].Split("ContextVar<string?>")[1..]);
        Assert.Single(texts["/app/Handler.cs"].Split("Tenant.Name.Reset(token);")[1..]);
    }

    [Theory]
    [InlineData(FixAllScope.Document, false)]
    [InlineData(FixAllScope.Document, true)]
    [InlineData(FixAllScope.Project, false)]
    [InlineData(FixAllScope.Project, true)]
    [InlineData(FixAllScope.Solution, false)]
    [InlineData(FixAllScope.Solution, true)]
    public async Task It_stops_when_it_is_cancelled_and_changes_nothing(FixAllScope scope, bool isUnderWay)
    {
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Tenant.cs", Tenant), ("/app/Handler.cs", Handler));
        var before = projects.Solution;
        using var source = new CancellationTokenSource();
        if (!isUnderWay)
            source.Cancel();

        var findings = 0;
        var action = await projects.FixAllActionAsync(scope, "/app/Tenant.cs", "ConvertToContextVar", found: () =>
        {
            findings++;
            source.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => action.GetOperationsAsync(source.Token));
        Assert.Equal(isUnderWay ? 1 : 0, findings);
        Assert.Same(before, projects.Solution);
    }
}
