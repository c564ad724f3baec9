using System.IO.Compression;
using System.Reflection;

[assembly: AssemblyFixture(typeof(ContextAnalyzers.Package.Tests.LocalFeed))]

namespace ContextAnalyzers.Package.Tests;

/// <summary>The packages of this source, made once for all tests by the command that makes them for a release.</summary>
public sealed class LocalFeed : IAsyncLifetime
{
    public static string RepositoryRoot { get; } = typeof(LocalFeed).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot")
        .Value!;

    /// <summary>Everything that these tests write, on a path of which no project of this repository is a parent.</summary>
    internal string Scratch { get; } = Directory.CreateTempSubdirectory("context-analyzers-").FullName;

    internal string Packages => Path.Combine(Scratch, "feed");

    public async ValueTask InitializeAsync()
    {
        await PackAsync(Packages, Path.Combine(Scratch, "artifacts"));

        // Consumers see the feed beside what the machine has.
        File.Copy(Path.Combine(RepositoryRoot, "global.json"), Path.Combine(Scratch, "global.json"));
        await File.WriteAllTextAsync(Path.Combine(Scratch, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="this source" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Scratch, recursive: true);
        return ValueTask.CompletedTask;
    }

    // Artifacts of their own: the ones of the repository are in use by the build that runs this test.
    internal static async Task PackAsync(string packages, string artifacts) =>
        await Terminal.Dotnet(RepositoryRoot, "pack", "-c", "Release", "-o", packages, "--artifacts-path", artifacts, "-p:UseSharedCompilation=false");

    /// <summary>Opens a package by its ID.</summary>
    internal ZipArchive Open(string id) => Open(Packages, id);

    internal static ZipArchive Open(string packages, string id) =>
        ZipFile.OpenRead(Directory.EnumerateFiles(packages, $"{id}.*.nupkg").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1])));
}
