using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>The C# that README and docs show compiles.</summary>
public sealed partial class DocumentedCodeTests
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks",
        "ContextVars", "Microsoft.AspNetCore.Http",
    ];

    /// <summary>A block is an excerpt: what stands around it, it may name and not declare.</summary>
    private static readonly HashSet<string> NotDeclared = ["CS0103", "CS0246"];

    public static TheoryData<string> Pages => [.. Repository.Pages.Where(page => Fence().IsMatch(File.ReadAllText(Repository.File(page))))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_of_the_page_compiles(string page) =>
        Assert.All(
            Fence().Matches(File.ReadAllText(Repository.File(page))).Select(match => match.Groups["code"].Value),
            code => Assert.Empty(Errors(code)));

    /// <summary>None, if the code is right in one of the places where code stands: a file, a type, a method, a script.</summary>
    private static string[] Errors(string code) =>
        new[]
        {
            Errors(code, SourceCodeKind.Regular),
            Errors($"partial class Page {{\n{code}\n}}", SourceCodeKind.Regular),
            Errors($"class Page {{ async Task Method() {{\n{code}\n}} }}", SourceCodeKind.Regular),
            Errors(code, SourceCodeKind.Script),
        }
        .MinBy(errors => errors.Length)!;

    private static string[] Errors(string code, SourceCodeKind kind)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview, kind: kind);
        var tree = CSharpSyntaxTree.ParseText(code, parsing);
        var options = new CSharpCompilationOptions(
            kind == SourceCodeKind.Script ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication,
            usings: Usings,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        ImmutableArray<MetadataReference> references = [.. TestReferences.All, .. TestReferences.Web];
        var compilation = kind == SourceCodeKind.Script
            ? CSharpCompilation.CreateScriptCompilation("Page", tree, references, options)
            : CSharpCompilation.Create("Page", [tree, CSharpSyntaxTree.ParseText(string.Concat(Usings.Select(name => $"global using {name};")), parsing)], references, options);

        return
        [
            .. compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree == tree && !NotDeclared.Contains(diagnostic.Id))
                .Select(diagnostic => $"{diagnostic}\n{code}"),
        ];
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
