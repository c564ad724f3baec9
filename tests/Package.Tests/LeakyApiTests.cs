namespace ContextAnalyzers.Package.Tests;

/// <summary>The whole way of a user, on a service that runs: see the warnings, repair them from the command line, and nothing leaks.</summary>
public sealed class LeakyApiTests(LocalFeed feed)
{
    [Fact]
    public async Task LeakyApi_is_repaired_by_dotnet_format()
    {
        Consumer service = new Consumer(feed, "LeakyApi").WithProject(sdk: "Microsoft.NET.Sdk.Web");
        Dictionary<string, string> sources = Sources("LeakyApi");
        foreach ((string name, string text) in sources)
            service.WithFile(name, text);

        Assert.Equal(
            [
                "CTX001 RequestIdMiddleware.cs: RequestId = context.Request.Headers[\"X-Request-ID\"];",
                "CTX003 Orders.cs: return new Receipt(RequestIdMiddleware.RequestId, CurrentUser.Name, Trace.Id.Get());",
                "CTX003 UserMiddleware.cs: CurrentUser.Name = context.Request.Headers[\"X-User\"];",
                "CTX101 Warehouse.cs: Trace.Id.Set(Trace.Id.Get() + \"/warehouse\");",
            ],
            await service.Build());
        Assert.DoesNotContain("\n0 of ", await service.Run("run", "--no-build"), StringComparison.Ordinal);

        await service.Run("format", "analyzers");

        Dictionary<string, string> kept = Sources("LeakyApi.Fixed");
        Assert.Superset(kept.Keys.ToHashSet(), sources.Keys.ToHashSet());
        Assert.All(sources, source =>
            Assert.Equal(kept.GetValueOrDefault(source.Key, source.Value), File.ReadAllText(Path.Combine(service.Directory, source.Key))));

        Assert.Empty(await service.Build());
        Assert.Contains("\n0 of ", await service.Run("run", "--no-build"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Sources(string sample) =>
        Directory.EnumerateFiles(Path.Combine(LocalFeed.RepositoryRoot, "samples", sample), "*.cs").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
