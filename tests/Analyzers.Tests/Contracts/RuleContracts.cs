using System.Reflection;
using System.Text.RegularExpressions;
using Generate;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>What every rule has. Whoever adds a rule and forgets one of these reads here what it is.</summary>
public sealed partial class RuleContracts
{
    /// <summary>The field in <see cref="Descriptors"/> names the rule; analyzer and tests are named after it.</summary>
    private static readonly IReadOnlyList<(string Name, DiagnosticDescriptor Descriptor)> All =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.Name, (DiagnosticDescriptor)field.GetValue(null)!)),
    ];

    public static TheoryData<string> Rules => [.. All.Select(rule => rule.Name)];

    [Fact]
    public void Ids_are_unique() => Assert.Equal(All.Count, All.Select(rule => rule.Descriptor.Id).Distinct().Count());

    [Fact]
    public void Rules_stand_in_the_order_of_their_id() =>
        Assert.Equal(All.Select(rule => rule.Descriptor.Id).Order(StringComparer.Ordinal), All.Select(rule => rule.Descriptor.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_an_analyzer_of_its_name(string name)
    {
        Type? analyzer = typeof(Descriptors).Assembly.GetTypes().SingleOrDefault(type => type.Name == $"{name}Analyzer");

        Assert.True(analyzer is not null, $"Write src/Analyzers/Rules/{name}Analyzer.cs.");
        Assert.Contains(Descriptor(name), ((DiagnosticAnalyzer)Activator.CreateInstance(analyzer)!).SupportedDiagnostics);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_tests_of_its_name(string name) =>
        Assert.True(
            typeof(RuleContracts).Assembly.GetTypes().Any(type => type.Name == $"{name}Tests"),
            $"Write tests/Analyzers.Tests/Rules/{name}Tests.cs.");

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_a_page_that_answers_what_readers_ask(string name)
    {
        DiagnosticDescriptor rule = Descriptor(name);
        string file = Repository.File($"docs/rules/{rule.Id}.md");
        Assert.True(File.Exists(file), $"Write docs/rules/{rule.Id}.md.");
        string page = File.ReadAllText(file);

        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Default severity | {rule.DefaultSeverity} |", page, StringComparison.Ordinal);
        Assert.Equal(
            ["Cause", "Why it bites", "Example", "Fix", "Deliberately not flagged", "Suppression", "Configuration", "Cost"],
            Heading().Matches(page).Select(match => match.Groups["text"].Value));
        Assert.EndsWith($"/docs/rules/{rule.Id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_shows_a_schedule_and_code_before_and_after(string name)
    {
        Dictionary<string, string> sections = Section().Matches(File.ReadAllText(Repository.File($"docs/rules/{Descriptor(name).Id}.md")))
            .ToDictionary(section => section.Groups["heading"].Value, section => section.Value);

        Assert.Contains("\n| 1 |", sections["Why it bites"], StringComparison.Ordinal);
        Assert.True(sections["Example"].Split("```csharp\n").Length > 2, "Show the code before and after.");
        Assert.Contains("#pragma warning disable CTX", sections["Suppression"], StringComparison.Ordinal);
        Assert.Contains("```ini\n", sections["Configuration"], StringComparison.Ordinal);
        Assert.EndsWith("[benchmarks](../../bench/README.md#analyzers).\n", sections["Cost"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_names_a_fix_where_there_is_one(string name)
    {
        string id = Descriptor(name).Id;
        string fix = FixRow().Match(File.ReadAllText(Repository.File($"docs/rules/{id}.md"))).Groups["text"].Value;

        Assert.NotEqual("", fix);
        Assert.Equal(Rule.All().Single(rule => rule.Descriptor.Id == id).HasFix, !fix.StartsWith("none", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_speaks_in_one_sentence(string name)
    {
        DiagnosticDescriptor rule = Descriptor(name);

        Assert.Matches(@"^CTX\d{3}$", rule.Id);
        Assert.DoesNotMatch(@"[.!]\s*$", rule.MessageFormat.ToString(null));
        Assert.DoesNotMatch(@"\.$", rule.Title.ToString(null));
        Assert.Contains(rule.DefaultSeverity, new[] { DiagnosticSeverity.Warning, DiagnosticSeverity.Info });
    }

    [Theory]
    [MemberData(nameof(Generated))]
    public void Generated_file_is_up_to_date(string path)
    {
        string expected = GeneratedFiles.All(Repository.Root).Single(file => file.Path == path).Text;

        Assert.True(
            expected == File.ReadAllText(Repository.File(path)),
            $"{path} differs from the rules. Run: dotnet run --project eng/Generate");
    }

    public static TheoryData<string> Generated => [.. GeneratedFiles.All(Repository.Root).Select(file => file.Path)];

    private static DiagnosticDescriptor Descriptor(string name) => All.Single(rule => rule.Name == name).Descriptor;

    [GeneratedRegex(@"^## (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^## (?<heading>[^\n]+)\n.*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| Fix \| (?<text>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex FixRow();
}
