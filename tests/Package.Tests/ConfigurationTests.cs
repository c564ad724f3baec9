namespace ContextAnalyzers.Package.Tests;

/// <summary>What docs/configuration.md says about suppression.</summary>
public sealed class ConfigurationTests(LocalFeed feed)
{
    [Fact]
    public async Task Suppressions_of_the_page_suppress_and_without_them_the_rule_speaks()
    {
        IReadOnlyList<string> suppressed = Documentation.Blocks("docs/configuration.md", "csharp", "Suppression");
        Consumer project = new Consumer(feed)
            .WithProject()
            .WithFile("Usings.cs", "global using System.Diagnostics.CodeAnalysis;")
            .WithFile("Suppressed.cs", string.Concat(suppressed.Select((code, i) => Type($"Suppressed{i}", code))))
            .WithFile("Reported.cs", string.Concat(suppressed.Select((code, i) => Type($"Reported{i}", WithoutSuppression(code)))));

        Assert.Equal(["CTX001 Reported.cs: s_current = file;"], await project.Build());
        Assert.Empty(await project.Build("-p:NoWarn=CTX001"));
    }

    private static string Type(string name, string members) =>
        $"class {name} {{ static string? s_current; static Task ReadAsync() => Task.Delay(1); static string? Current => s_current;\n{members}}}\n";

    private static string WithoutSuppression(string code) =>
        string.Join('\n', code.Split('\n').Where(line => !line.StartsWith('#') && !line.StartsWith('[')));
}
