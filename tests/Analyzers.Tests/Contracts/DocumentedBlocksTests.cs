using System.Text.RegularExpressions;
using System.Xml.Linq;
using Generate;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>Each block of code on a page says in which language it is, and that language has a test. What none can check is named here.</summary>
public sealed partial class DocumentedBlocksTests
{
    private static readonly Dictionary<string, Action<string>> Checks = new()
    {
        ["csharp"] = _ => { },    // DocumentedCodeTests compiles it
        ["yaml"] = _ => { },      // Package.Tests runs the steps of the pipelines
        ["bash"] = NamesWhatIsThere,    // Package.Tests runs the commands of README and docs/ci.md
        ["ini"] = IsConfiguration,
        ["xml"] = code => XElement.Parse(code),
        ["python"] = _ => { },    // not checked: shown beside the C# for those who know it
        ["text"] = _ => { },      // not checked: what a program printed
    };

    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_is_of_a_kind_that_is_looked_at(string page) =>
        Assert.All(Block().Matches(File.ReadAllText(Repository.File(page))), block =>
        {
            Assert.True(Checks.TryGetValue(block.Groups["language"].Value, out var check), $"{page}: say which language this is: {block.Value}");
            check(block.Groups["code"].Value);
        });

    [Theory]
    [InlineData("dotnet_diagnostic.CTX999.severity = warning")]
    [InlineData("dotnet_code_quality.CTX001.excluded_symbol_name = a")]
    [InlineData("dotnet_diagnostic.CTX001.severity")]
    public void Configuration_that_means_nothing_is_found(string line) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => IsConfiguration(line));

    [Fact]
    public void What_ci_runs_stands_on_a_page()
    {
        var pages = new[] { "README.md", "CONTRIBUTING.md" }.Select(page => File.ReadAllText(Repository.File(page))).ToArray();
        var commands = File.ReadLines(Repository.File(".ci/run")).Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal) || line.StartsWith("artifacts/", StringComparison.Ordinal));

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Contains(pages, page => page.Contains($"\n{command}", StringComparison.Ordinal)));
    }

    private static void IsConfiguration(string code) =>
        Assert.All(code.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] is not ('#' or '[')), line =>
        {
            var setting = Setting().Match(line);
            Assert.True(setting.Success, line);
            if (setting.Groups["rule"].Success)
                Assert.Contains(setting.Groups["rule"].Value, Rule.All().Select(rule => rule.Descriptor.Id));
        });

    /// <summary>A path in a command begins with a folder of this repository.</summary>
    private static void NamesWhatIsThere(string code) =>
        Assert.All(PathInRepository().Matches(code), path => Assert.True(Path.Exists(Repository.File(path.Value)), path.Value));

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(dotnet_diagnostic\.(?<rule>CTX\d+)\.severity|dotnet_analyzer_diagnostic\.category-ContextAnalyzers\.severity|dotnet_code_quality\.((?<rule>CTX\d+)\.)?(excluded_symbol_names|excluded_type_names_with_derived_types|async_methods|additional_set_methods|mutable_types|immutable_types)) = \S+$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<![\w./])(samples|bench|tests|src|eng|docs|\.ci)/[\w./-]*\w")]
    private static partial Regex PathInRepository();
}
