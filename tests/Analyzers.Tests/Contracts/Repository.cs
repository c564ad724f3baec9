using System.Reflection;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>Where the sources of this test stand.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot")
        .Value!;

    /// <summary>Every page of documentation.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(new[] { "bench", "docs", "samples", "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(File(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal);

    public static string File(string path) => Path.Combine(Root, path);
}
