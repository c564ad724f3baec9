namespace ContextAnalyzers.Package.Tests;

/// <summary>The whole way of a user, on a service that runs: see the warnings, repair them from the command line, and nothing leaks.</summary>
public sealed class LeakyApiTests(LocalFeed feed)
{
    [Fact]
    public async Task LeakyApi_is_repaired_by_dotnet_format()
    {
        Consumer service = new Consumer(feed, "LeakyApi").WithProject(sdk: "Microsoft.NET.Sdk.Web");
        foreach (string source in Directory.EnumerateFiles(Path.Combine(LocalFeed.RepositoryRoot, "samples", "LeakyApi"), "*.cs"))
            service.WithFile(Path.GetFileName(source), File.ReadAllText(source));

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

        Assert.Empty(await service.Build());
        Assert.Contains("\n0 of ", await service.Run("run", "--no-build"), StringComparison.Ordinal);
    }
}
