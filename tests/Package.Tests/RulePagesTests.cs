using System.Text.RegularExpressions;

namespace ContextAnalyzers.Package.Tests;

/// <summary>The examples on the pages of the rules: the rule finds what the page marks, not what the page makes of it, and where it says "After the fix", the fix wrote that.</summary>
public sealed partial class RulePagesTests(LocalFeed feed)
{
    /// <summary>What the examples name and do not declare. Examples of statements stand in a method.</summary>
    private static readonly Page[] Pages =
    [
        new("CTX001", "RequestDelegate next = null!;"),
        new("CTX002", "record Session; static Task<Session> LoadAsync(string id) => null!;"),
        new("CTX003", "RequestDelegate next = null!; static Task<User> FindUserAsync(HttpContext context) => null!; public class User;"),
        new("CTX004", "static Task LoadAsync() => Task.Delay(1); static void Save(int tenant) { }"),
        new("CTX005", "static void Log() => Console.WriteLine(t_user); static Task SaveAsync() => Task.Delay(1); public class User; [ThreadStatic] static User? t_user;",
            "static void Log() => Console.WriteLine(t_user.Get()); static Task SaveAsync() => Task.Delay(1); public class User; static readonly ContextVar<User?> t_user = new(\"user\", default);"),
        new("CTX006", "class User;"),
        new("CTX007", "public class User;"),
        new("CTX101", "RequestDelegate next = null!; static readonly ContextVar<string> Trace = new(\"trace\", \"\");"),
        new("CTX102", "record Message(string Tenant); Message message = new(\"\"); int Import(Message m) => 1; void Report(int rows) { } static readonly ContextVar<string> Tenant = new(\"tenant\", \"\");", IsStatements: true),
        new("CTX103", "class Users { public Task<string> FindAsync(string name) => null!; } Users _users = new(); Task HandleAsync() => Task.Delay(1); static readonly ContextVar<string> User = new(\"user\", \"\");", IsStatements: true),
        new("CTX104", "class Row; class Reader { public Task<bool> ReadAsync() => null!; } Reader _reader = new(); Row Parse(Reader reader) => new(); static readonly ContextVar<string> Trace = new(\"trace\", \"\");"),
        new("CTX105", "void Work() { } static readonly ContextVar<int> Depth = new(\"depth\", 0);", IsStatements: true),
        new("CTX106", "static class Log { public static Task FlushAsync() => Task.Delay(1); } static readonly ContextVar<string> Trace = new(\"trace\", \"\");"),
        new("CTX201", ""),
        new("CTX202", "void Handle() { }"),
    ];

    [Fact]
    public async Task Example_of_every_page_is_found_and_becomes_what_the_page_shows()
    {
        Consumer project = new Consumer(feed)
            .WithProject(sdk: "Microsoft.NET.Sdk.Web", properties: "<OutputType>Library</OutputType>")
            .WithFile(".editorconfig", "root = true\n[*.cs]\ndotnet_analyzer_diagnostic.category-ContextAnalyzers.severity = warning\n")
            .WithFile("Usings.cs", "global using System.Collections.Concurrent; global using System.Collections.Immutable; global using ContextVars;");
        foreach (Page page in Pages)
        {
            project.WithFile($"{page.Id}.cs", page.Before).WithFile($"{page.Id}After.cs", page.After);
        }

        Assert.All(Pages, page => Assert.NotEmpty(Marked(page)));
        Assert.Equal(Pages.SelectMany(Marked), (await project.Build()).Where(finding => Path.GetFileName(finding.Split(' ')[1]).StartsWith(finding[..6], StringComparison.Ordinal)));

        await project.Run("format", "analyzers", "--diagnostics", "CTX001", "CTX003", "CTX004", "CTX005", "CTX007", "CTX101", "CTX102", "CTX105", "CTX201");

        Assert.All(Pages.Where(page => page.IsFixed), page =>
            Assert.Equal(Unmarked(page.After).Replace($"{page.Id}After", page.Id, StringComparison.Ordinal), Unmarked(File.ReadAllText(Path.Combine(project.Directory, $"{page.Id}.cs")))));
    }

    [Fact]
    public void Every_page_is_tried() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(LocalFeed.RepositoryRoot, "docs", "rules"), "CTX*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        Pages.Select(page => page.Id));

    /// <summary>The lines of the example that end with the ID, as the build reports them.</summary>
    private static IEnumerable<string> Marked(Page page) =>
        page.Before.Split('\n').Where(line => line.Contains($"// {page.Id}", StringComparison.Ordinal)).Select(line => $"{page.Id} {page.Id}.cs: {line.Trim()}").Order(StringComparer.Ordinal);

    private static string Unmarked(string code) => Mark().Replace(code, "");

    [GeneratedRegex(@" *// CTX\d+[^\n]*")]
    private static partial Regex Mark();

    private sealed record Page(string Id, string Declarations, string? DeclarationsAfter = null, bool IsStatements = false)
    {
        public string Before => Type(Id, 0, Declarations);

        public string After => Type($"{Id}After", 1, DeclarationsAfter ?? Declarations);

        public bool IsFixed => File.ReadAllText(Path.Combine(LocalFeed.RepositoryRoot, "docs", "rules", $"{Id}.md")).Contains("\nAfter the fix:\n", StringComparison.Ordinal);

        private string Type(string type, int block, string declarations)
        {
            string code = Documentation.Blocks($"docs/rules/{Id}.md", "csharp", "Example")[block];
            string body = IsStatements ? $"    async Task MethodAsync()\n    {{\n{Indented(code, 8)}    }}\n" : Indented(code, 4);
            return $"namespace Pages;\n\npartial class {type}\n{{\n{body}}}\n\npartial class {type}\n{{\n    {declarations}\n}}\n";
        }

        private static string Indented(string code, int by) => string.Concat(code.Split('\n')[..^1].Select(line => line.Length == 0 ? "\n" : $"{new string(' ', by)}{line}\n"));
    }
}
