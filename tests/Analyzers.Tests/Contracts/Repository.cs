using System.Reflection;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>Where the sources of this test stand.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot")
        .Value!;

    public static string File(string path) => Path.Combine(Root, path);
}
