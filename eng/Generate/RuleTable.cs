using System.Text;

namespace Generate;

/// <summary>The table of rules in Markdown.</summary>
internal static class RuleTable
{
    public const string Site = "https://github.com/ContextAnalyzers/ContextAnalyzers/blob/main/docs/rules/";

    public static string Write(IReadOnlyList<Rule> rules, string pages)
    {
        var table = new StringBuilder();
        table.Append("| rule | what it finds | severity | fix |\n|---|---|---|---|\n");
        foreach ((var rule, bool hasFix) in rules)
        {
            table.Append($"| [{rule.Id}]({pages}{rule.Id}.md) | {Escape(rule.Title.ToString())} | {rule.DefaultSeverity} | {(hasFix ? "yes" : "")} |\n");
        }

        return table.ToString();
    }

    // Outside of code, Markdown takes a type argument for a tag.
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);
}
