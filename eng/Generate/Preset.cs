using System.Text;
using Microsoft.CodeAnalysis;

namespace Generate;

/// <summary>The global analyzer configurations that <c>ContextAnalyzersMode</c> chooses from.</summary>
internal static class Preset
{
    // Below every file of the user's own: those have level 0 or, when named .globalconfig, 100.
    private const string Head = "# Written by eng/Generate.\nis_global = true\nglobal_level = -1\n";

    /// <summary>Says nothing, so that a rule has the severity of its descriptor and any setting of the user's wins.</summary>
    public static string Default() => Head;

    public static string Strict(IReadOnlyList<Rule> rules) => Write(rules, severity => severity switch
    {
        DiagnosticSeverity.Warning => "error",
        DiagnosticSeverity.Info => "warning",
        _ => throw new NotSupportedException($"No rule starts at {severity}."),
    });

    public static string Off(IReadOnlyList<Rule> rules) => Write(rules, _ => "none");

    private static string Write(IReadOnlyList<Rule> rules, Func<DiagnosticSeverity, string> severity)
    {
        var text = new StringBuilder(Head);
        foreach ((DiagnosticDescriptor rule, _) in rules)
        {
            text.Append($"dotnet_diagnostic.{rule.Id}.severity = {severity(rule.DefaultSeverity)}\n");
        }

        return text.ToString();
    }
}
