using System.Text.RegularExpressions;
using ContextVars.Tour;

namespace ContextVars.Tests;

public partial class TourTests
{
    [Fact]
    public async Task The_tour_prints_what_it_promises()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await Sections.RunAsync(output);
        Assert.Equal(File.ReadAllText(InOutput("expected.txt")).ReplaceLineEndings("\n"), output.ToString());
    }

    [Fact]
    public void The_documentation_quotes_the_tour()
    {
        var tour = string.Concat(Directory.GetFiles(InOutput(""), "*.cs").Select(file => Flat(File.ReadAllText(file))));
        var quotes = CSharp().Matches(File.ReadAllText(InOutput("contextvars.md"))).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(quotes);
        Assert.All(quotes, quote => Assert.Contains(Flat(quote), tour));
    }

    private static string InOutput(string file) => Path.Combine(AppContext.BaseDirectory, "Documents", file);

    /// <summary>Without comments at the end of a line and without layout.</summary>
    private static string Flat(string code) => Space().Replace(Comment().Replace(code, ""), "");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"\s//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
