using YamlDotNet.RepresentationModel;

namespace ContextAnalyzers.Package.Tests;

/// <summary>The commands of docs/ci.md, run as they stand there on a solution of two projects.</summary>
public sealed class DocumentedCommandsTests(LocalFeed feed)
{
    private const string Shared = """
        namespace Shop;

        public static class Current
        {
            [ThreadStatic]
            private static string? t_user;

            public static string? User
            {
                get => t_user;
                set => t_user = value;
            }
        }
        """;

    [Fact]
    public async Task Report_holds_every_finding_and_does_not_fail_the_build()
    {
        string solution = Solution("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");

        await Run(solution, "See everything once");

        Assert.Contains("CTX007", File.ReadAllText(Path.Combine(solution, "Library", "findings.sarif")), StringComparison.Ordinal);
        Assert.Contains("CTX001", File.ReadAllText(Path.Combine(solution, "App", "findings.sarif")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Solution_of_two_projects_is_repaired()
    {
        string solution = Solution();

        await Run(solution, "Repair");

        Assert.Empty(Consumer.Findings(await Terminal.Dotnet(solution, "build", "--no-incremental")));
    }

    [Fact]
    public async Task Ambient_state_of_a_library_is_repaired_and_nothing_else()
    {
        string solution = Solution();
        string orders = File.ReadAllText(Path.Combine(solution, "App", "Orders.cs"));

        await Run(solution, "Repair what a library offers");

        Assert.Contains("ContextVar<string?>", File.ReadAllText(Path.Combine(solution, "Library", "Current.cs")), StringComparison.Ordinal);
        Assert.Equal(orders, File.ReadAllText(Path.Combine(solution, "App", "Orders.cs")));
        Assert.Equal(["CTX001 Orders.cs: s_order = order;"], Consumer.Findings(await Terminal.Dotnet(solution, "build", "--no-incremental")));
    }

    /// <summary>The steps that run in a terminal; the rest of a pipeline is the business of who runs it.</summary>
    [Theory]
    [InlineData("GitHub Actions", "jobs/build/steps", "run")]
    [InlineData("Azure Pipelines", "steps", "script")]
    public async Task Pipeline_builds_over_a_baseline_and_leaves_a_report(string heading, string steps, string command)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Assert.Single(Documentation.Blocks("docs/ci.md", "yaml", heading))));
        YamlNode node = steps.Split('/').Aggregate(Assert.Single(yaml.Documents).RootNode, (parent, key) => parent[key]);
        string script = Assert.Single(
            Assert.IsType<YamlSequenceNode>(node).Select(step => Assert.IsType<YamlMappingNode>(step)), step => step.Children.ContainsKey(command))[command].ToString();
        string solution = Solution();
        await Run(solution, "Take today's findings as a baseline");

        (int exitCode, string output) = await Terminal.TryBash(solution, script);

        Assert.True(exitCode == 0, output);
        Assert.Contains("CTX001", File.ReadAllText(Path.Combine(solution, "App", "findings.sarif")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Baseline_is_quiet_and_a_new_finding_fails()
    {
        string solution = Solution();
        await Run(solution, "Take today's findings as a baseline");

        (int known, string output) = await TryRun(solution, "Fail on new findings");
        File.WriteAllText(Path.Combine(solution, "App", "Returns.cs"), Source("Returns"));
        (int added, string addedOutput) = await TryRun(solution, "Fail on new findings");

        Assert.True(known == 0, output);
        Assert.NotEqual(0, added);
        Assert.Contains("Returns.cs", addedOutput, StringComparison.Ordinal);
        Assert.Contains("error CTX001", addedOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("Orders.cs", addedOutput, StringComparison.Ordinal);
    }

    private string Solution(string properties = "")
    {
        var library = new Consumer(feed, "Library");
        library.WithProject(properties: properties).WithFile("Current.cs", Shared);
        string solution = Path.GetDirectoryName(library.Directory)!;
        string app = Path.Combine(solution, "App");
        Directory.CreateDirectory(app);
        File.WriteAllText(
            Path.Combine(app, "App.csproj"),
            File.ReadAllText(Path.Combine(library.Directory, "Library.csproj"))
                .Replace("<ItemGroup>", """<ItemGroup><ProjectReference Include="../Library/Library.csproj" />""", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(app, "Orders.cs"), Source("Orders"));
        File.WriteAllText(Path.Combine(solution, "Shop.slnx"), """
            <Solution>
              <Project Path="Library/Library.csproj" />
              <Project Path="App/App.csproj" />
            </Solution>
            """);
        return solution;
    }

    private static string Source(string type) => $$"""
        namespace Shop;

        public class {{type}}
        {
            private static string? s_order;

            public async Task<string?> PlaceAsync(string order)
            {
                s_order = order;
                await Task.Yield();
                return s_order + Current.User;
            }
        }
        """;

    private static async Task Run(string directory, string heading)
    {
        (int exitCode, string output) = await TryRun(directory, heading);
        Assert.True(exitCode == 0, output);
    }

    private static Task<(int ExitCode, string Output)> TryRun(string directory, string heading) =>
        Terminal.TryBash(directory, Assert.Single(Documentation.Blocks("docs/ci.md", "bash", heading)));
}
