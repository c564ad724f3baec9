using System.Text.RegularExpressions;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>What a page links to inside the repository is there: the file, and the heading in it.</summary>
public sealed partial class LinkContracts
{
    /// <summary>Packages carry their readme to where no file stands beside it.</summary>
    private const string Site = "https://github.com/ContextAnalyzers/ContextAnalyzers/blob/main/";

    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_of_the_page_lead_somewhere(string page)
    {
        var text = Code().Replace(File.ReadAllText(Repository.File(page)), "");

        Assert.All(Link().Matches(text).Select(match => match.Groups["target"].Value), target => Assert.True(Exists(page, target), $"{page} links to {target}."));
    }

    [Theory]
    [InlineData("docs/ci.md", "configuration.md", true)]
    [InlineData("docs/ci.md", "configuration.md#how-strict", true)]
    [InlineData("docs/ci.md", "#fail-on-new-findings", true)]
    [InlineData("docs/migrating.md", "#from-asynclocalt", true)]
    [InlineData("docs/ci.md", "../README.md#rules", true)]
    [InlineData("docs/ci.md", "https://example.com/nothing", true)]
    [InlineData("src/Package/README.md", Site + "docs/rules/CTX001.md", true)]
    [InlineData("docs/ci.md", "configurations.md", false)]
    [InlineData("docs/ci.md", "configuration.md#how-lenient", false)]
    [InlineData("docs/ci.md", "#baseline", false)]
    [InlineData("src/Package/README.md", Site + "docs/rules/CTX999.md", false)]
    public void Broken_links_are_told_from_good_ones(string page, string target, bool exists) => Assert.Equal(exists, Exists(page, target));

    private static bool Exists(string page, string target)
    {
        if (target.StartsWith(Site, StringComparison.Ordinal))
            (page, target) = ("README.md", target[Site.Length..]);
        if (target.Contains("://", StringComparison.Ordinal))
            return true;

        var parts = target.Split('#', 2);
        var path = parts[0] == "" ? Repository.File(page) : Path.Combine(Path.GetDirectoryName(Repository.File(page))!, parts[0]);

        return parts.Length == 1 ? Path.Exists(path) : File.Exists(path) && Anchors(path).Contains(parts[1]);
    }

    /// <summary>A heading's anchor, as GitHub makes it.</summary>
    private static IEnumerable<string> Anchors(string path) =>
        Heading().Matches(Block().Replace(File.ReadAllText(path), ""))
            .Select(match => NoPartOfAnAnchor().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Code in blocks and in lines: brackets mean something else there.</summary>
    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoPartOfAnAnchor();
}
