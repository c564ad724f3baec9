using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Whatever the code: no rule and no fix throws, and no fix makes a syntax error.</summary>
/// <remarks>The environment variable CTX_FUZZ_ROUNDS sets how many mutations each seed makes.</remarks>
public class FuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CTX_FUZZ_ROUNDS"), out var rounds) ? rounds : 25;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Mutated_code_breaks_no_rule_and_no_fix(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var shape = Shapes.All[random.Next(Shapes.All.Count)];
            var source = Mutation.Apply(shape, random);
            var version = Shapes.LanguageVersions[random.Next(Shapes.LanguageVersions.Count)];

            // One in eight lacks Task or ContextVars, as a project that is not restored does.
            var references = random.Next(8) == 0 ? TestReferences.All.RemoveAt(random.Next(TestReferences.All.Length)) : TestReferences.All;
            if (random.Next(16) == 0)
                references = [];

            // Statements at the top level make a program of it.
            var kind = random.Next(2) == 0 ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;

            await Check(source, version, kind, references, $"seed {seed}, round {round}, C# {version.ToDisplayString()}, {kind}");
        }
    }

    [Fact]
    public async Task Unchanged_shapes_break_no_rule_and_no_fix()
    {
        var actions = 0;
        foreach (var source in Shapes.All)
        {
            foreach (var version in Shapes.LanguageVersions)
                actions += await Check(source, version, OutputKind.ConsoleApplication, TestReferences.All, $"unchanged, C# {version.ToDisplayString()}");
        }

        Assert.True(actions > Shapes.All.Count * Shapes.LanguageVersions.Count, $"Only {actions} code actions were tried: the shapes miss their purpose.");
    }

    /// <returns>How many code actions were tried.</returns>
    private static async Task<int> Check(string source, LanguageVersion version, OutputKind kind, ImmutableArray<MetadataReference> references, string which)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.CurrentSolution
            .AddProject("Fuzz", "Fuzz", LanguageNames.CSharp)
            .WithMetadataReferences(references)
            .WithParseOptions(new CSharpParseOptions(version))
            .WithCompilationOptions(new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable))
            .AddDocument("Fuzz.cs", source);

        var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        if (BreaksCompiler(compilation))
            return 0;

        var actions = 0;
        foreach (var diagnostic in await Analyze(compilation, which, source))
        {
            foreach (var fix in AllRules.CodeFixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                actions += await CheckFix(document, diagnostic, fix, which, source);
        }

        return actions;
    }

    /// <summary>The oldest compiler does not survive every broken deconstruction, with or without us.</summary>
    private static bool BreaksCompiler(Compilation compilation)
    {
        try
        {
            compilation.GetDiagnostics(TestContext.Current.CancellationToken);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return true;
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, string which, string source)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => thrown ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers(AllRules.Analyzers, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.True(thrown is null, $"{which}: {thrown}\n{source}");
        return [.. diagnostics.Where(diagnostic => diagnostic.Location.IsInSource)];
    }

    private static async Task<int> CheckFix(Document document, Diagnostic diagnostic, CodeFixProvider fix, string which, string source)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var what = $"{which}: {fix.GetType().Name} on {diagnostic.ToString()}";
        try
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellationToken));
            var before = await SyntaxErrors(document.Project.Solution, cancellationToken);
            foreach (var action in actions)
            {
                foreach (var operation in (await action.GetOperationsAsync(cancellationToken)).OfType<ApplyChangesOperation>())
                {
                    var after = await SyntaxErrors(operation.ChangedSolution, cancellationToken);
                    Assert.True(after <= before, $"{what}: '{action.Title}' made a syntax error of\n{source}\n=>\n{await Text(operation.ChangedSolution)}");
                }
            }

            return actions.Count;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{what}\n{source}", exception);
        }
    }

    /// <summary>Counted in the text, as the user's next compilation will: a tree may hold what does not parse.</summary>
    private static async Task<int> SyntaxErrors(Solution solution, CancellationToken cancellationToken)
    {
        var errors = 0;
        foreach (var document in solution.Projects.Single().Documents)
        {
            var text = await document.GetTextAsync(cancellationToken);
            var tree = CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)document.Project.ParseOptions!, cancellationToken: cancellationToken);
            errors += tree.GetDiagnostics(cancellationToken).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }

        return errors;
    }

    private static async Task<string> Text(Solution solution) => (await solution.Projects.Single().Documents.First().GetTextAsync()).ToString();
}
