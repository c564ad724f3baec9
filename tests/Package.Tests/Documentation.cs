using System.Text.RegularExpressions;

namespace ContextAnalyzers.Package.Tests;

/// <summary>The code and the commands that README and docs show.</summary>
internal static partial class Documentation
{
    /// <summary>The blocks of one language in a file, in the order in which they stand; under one heading, if it is given.</summary>
    public static IReadOnlyList<string> Blocks(string path, string language, string? heading = null)
    {
        string text = File.ReadAllText(Path.Combine(LocalFeed.RepositoryRoot, path));
        if (heading is not null)
        {
            text = Section().Matches(text).Select(match => match.Value).Single(section => section.StartsWith($"## {heading}\n", StringComparison.Ordinal));
        }

        return [.. Fence().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value)];
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^## .*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();
}
