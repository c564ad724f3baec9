using System.Text.RegularExpressions;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>docs/configuration.md names every option that the rules read, and no other.</summary>
public sealed partial class ConfigurationContracts
{
    [Fact]
    public void Page_lists_the_options_that_are_read()
    {
        var read = Directory.EnumerateFiles(Repository.File("src/Analyzers"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Read().Matches(File.ReadAllText(file)));
        var listed = Listed().Matches(File.ReadAllText(Repository.File("docs/configuration.md")));

        Assert.Equal(Names(read), Names(listed));
    }

    private static IEnumerable<string> Names(IEnumerable<Match> matches) => matches.Select(match => match.Groups["option"].Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>A whole name, or one that <c>StateOptions</c> looks for with and without an ID.</summary>
    [GeneratedRegex(@"""dotnet_code_quality\.CTX\d+\.(?<option>\w+)""|Value\(""(?<option>\w+)""\)")]
    private static partial Regex Read();

    [GeneratedRegex(@"^\| `(?<option>[a-z_]+)` \| CTX", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
