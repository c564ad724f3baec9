namespace ContextAnalyzers.Package.Tests;

/// <summary>An empty folder, the SDK's template, the example of the README and its commands.</summary>
public sealed class NewUserTests(LocalFeed feed)
{
    /// <summary>Two requests: the second comes while the first waits.</summary>
    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseMiddleware<RequestIdMiddleware>();

        var (firstCame, secondCame) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.MapGet("/first", async () =>
        {
            firstCame.SetResult();
            await secondCame.Task;
            return RequestIdMiddleware.RequestId;
        });
        app.MapGet("/second", () =>
        {
            secondCame.SetResult();
            return RequestIdMiddleware.RequestId;
        });
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var first = Get("/first", "a");
        await firstCame.Task;
        var second = await Get("/second", "b");
        Console.WriteLine($"a is {await first}, b is {second}");

        async Task<string> Get(string path, string id)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Request-ID", id } } };
            using var response = await client.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        }
        """;

    [Fact]
    public async Task Commands_of_the_readme_find_its_example_and_make_of_it_what_it_shows()
    {
        string[] example = [.. Documentation.Blocks("README.md", "csharp")];
        Assert.Equal(["dotnet pack -o ../feed\n", string.Concat(Install, Build, Format)], Documentation.Blocks("README.md", "bash", "In your own project"));
        var project = new Consumer(feed, "WebShop");
        await project.Run("new", "web", "--no-restore");
        project.WithFile("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)../../packages</RestorePackagesPath>
              </PropertyGroup>
            </Project>
            """);
        await RunAsync(project, Install.Replace("../feed", feed.Packages, StringComparison.Ordinal));
        project.WithFile("Program.cs", Program).WithFile("RequestIdMiddleware.cs", example[0]);

        Assert.Equal(
            ["CTX001 RequestIdMiddleware.cs: RequestId = context.Request.Headers[\"X-Request-ID\"];"],
            Consumer.Findings(await RunAsync(project, Build)));
        Assert.Equal("a is b, b is b", (await project.Run("run", "--no-build", "--no-launch-profile")).Trim());

        await RunAsync(project, Format);

        Assert.Equal(example[1], await File.ReadAllTextAsync(Path.Combine(project.Directory, "RequestIdMiddleware.cs"), TestContext.Current.CancellationToken));
        Assert.Empty(await project.Build());
        Assert.Equal("a is a, b is b", (await project.Run("run", "--no-build", "--no-launch-profile")).Trim());
    }

    private const string Install = "dotnet add package ContextAnalyzers --source ../feed\n";
    private const string Build = "dotnet build                # the warnings\n";
    private const string Format = "dotnet format analyzers     # the fixes; for a whole solution, in its folder\n";

    private static async Task<string> RunAsync(Consumer project, string command)
    {
        (int exitCode, string output) = await Terminal.TryBash(project.Directory, command);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
