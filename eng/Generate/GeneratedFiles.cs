namespace Generate;

/// <summary>Every text file, or marked part of one, that is derived from the code.</summary>
public static class GeneratedFiles
{
    private const string Begin = "<!-- rules: written by eng/Generate -->";
    private const string End = "<!-- end of rules -->";

    /// <summary>The path below the repository root and the text that should be there.</summary>
    public static IEnumerable<(string Path, string Text)> All(string root)
    {
        IReadOnlyList<Rule> rules = Rule.All();
        yield return ("README.md", WithRules(root, "README.md", RuleTable.Write(rules, pages: "docs/rules/")));
        yield return ("docs/rules/README.md", WithRules(root, "docs/rules/README.md", RuleTable.Write(rules, pages: "")));
        yield return ("src/Package/README.md", WithRules(root, "src/Package/README.md", RuleTable.Write(rules, pages: RuleTable.Site)));
        yield return ("src/Package/buildTransitive/presets/default.globalconfig", Preset.Default());
        yield return ("src/Package/buildTransitive/presets/strict.globalconfig", Preset.Strict(rules));
        yield return ("src/Package/buildTransitive/presets/off.globalconfig", Preset.Off(rules));
        yield return ("docs/interleaving.svg", InterleavingPicture.Draw());
    }

    private static string WithRules(string root, string path, string table)
    {
        string text = File.ReadAllText(Path.Combine(root, path));
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} has no place for the table of rules: '{Begin}' … '{End}'.");
        }

        return $"{text[..(begin + Begin.Length)]}\n{table}{text[end..]}";
    }
}
