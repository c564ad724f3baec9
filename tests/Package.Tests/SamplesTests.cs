namespace ContextAnalyzers.Package.Tests;

/// <summary>The samples run to their end and print what they say they print.</summary>
public sealed class SamplesTests(LocalFeed feed)
{
    [Theory]
    [InlineData("Worker")]
    [InlineData("Operations.App")]
    public async Task Sample_prints_what_is_expected(string sample)
    {
        string project = Path.Combine("samples", sample);

        string output = await Terminal.Dotnet(
            LocalFeed.RepositoryRoot, "run", "--project", project, "--artifacts-path", Path.Combine(feed.Scratch, "artifacts"));

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(LocalFeed.RepositoryRoot, project, "expected.txt"), TestContext.Current.CancellationToken), output);
    }
}
