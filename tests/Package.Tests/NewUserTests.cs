namespace ContextAnalyzers.Package.Tests;

/// <summary>An empty folder, the SDK's template, one package, and the example of the README.</summary>
public sealed class NewUserTests(LocalFeed feed)
{
    [Fact]
    public async Task Example_of_the_readme_is_found_and_becomes_what_the_readme_shows()
    {
        string[] example = [.. Documentation.Blocks("README.md", "csharp")];
        var project = new Consumer(feed, "WebShop");
        await project.Run("new", "web", "--no-restore");
        project.WithFile("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)../../packages</RestorePackagesPath>
              </PropertyGroup>
            </Project>
            """);
        await project.Run("add", "package", "ContextAnalyzers");
        project.WithFile("RequestIdMiddleware.cs", example[0]);

        Assert.Equal(
            ["CTX001 RequestIdMiddleware.cs: RequestId = context.Request.Headers[\"X-Request-ID\"];"],
            await project.Build());

        await project.Run("format", "analyzers");

        Assert.Equal(example[1], await File.ReadAllTextAsync(Path.Combine(project.Directory, "RequestIdMiddleware.cs"), TestContext.Current.CancellationToken));
        Assert.Empty(await project.Build());
    }
}
