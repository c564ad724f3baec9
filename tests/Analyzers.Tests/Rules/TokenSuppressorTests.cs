using System.Collections.Immutable;
using ContextAnalyzers.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>What another analyzer says about every disposable, and what is left of it for tokens.</summary>
public class TokenSuppressorTests
{
    [Theory]
    [InlineData("""var token = Trace.Set("a");""")]
    [InlineData("""Token<string> token = Trace.Set("a");""")]
    [InlineData("""Trace.Set("a");""")]
    [InlineData("""_ = Trace.Set("a");""")]
    public async Task Token_is_suppressed(string statements) => Assert.All(await ReportAsync(statements), finding => Assert.True(finding.IsSuppressed));

    [Theory]
    [InlineData("""var stream = new MemoryStream();""")]
    [InlineData("""var stream = File.OpenRead(Load());""")]
    [InlineData("""IDisposable boxed = new MemoryStream();""")]
    [InlineData("""new MemoryStream();""")]
    public async Task Other_disposable_is_not(string statements) => Assert.All(await ReportAsync(statements), finding => Assert.False(finding.IsSuppressed));

    [Fact]
    public async Task Nothing_is_suppressed_where_there_are_no_tokens() =>
        Assert.All(await ReportAsync("class C { void M() { var stream = Missing(); } }", []), finding => Assert.False(finding.IsSuppressed));

    [Fact]
    public void Only_one_rule_of_one_package_is_suppressed() =>
        Assert.Equal([("CTXS001", "IDISP001")], new TokenSuppressor().SupportedSuppressions.Select(suppression => (suppression.Id, suppression.SuppressedDiagnosticId)));

    private static Task<ImmutableArray<Diagnostic>> ReportAsync(string statements) => ReportAsync(Method(statements), TestReferences.All);

    private static async Task<ImmutableArray<Diagnostic>> ReportAsync(string source, ImmutableArray<MetadataReference> references)
    {
        var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], references, new(OutputKind.DynamicallyLinkedLibrary));
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var findings = await compilation.WithAnalyzers([new DisposeCreated(), new TokenSuppressor()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.NotEmpty(findings);

        return findings;
    }

#pragma warning disable RS1001, RS1036, RS2008 // Not for users: it stands for a rule of another package.
    private sealed class DisposeCreated : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("IDISP001", "Dispose created", "Dispose created", "Other", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                static node => node.ReportDiagnostic(Diagnostic.Create(Rule, node.Node.GetLocation())),
                SyntaxKind.LocalDeclarationStatement);
            context.RegisterSyntaxNodeAction(
                static node =>
                {
                    if (node.Node.Parent is ExpressionStatementSyntax)
                        node.ReportDiagnostic(Diagnostic.Create(Rule, node.Node.GetLocation()));
                },
                SyntaxKind.InvocationExpression, SyntaxKind.ObjectCreationExpression, SyntaxKind.SimpleAssignmentExpression);
        }
    }
#pragma warning restore RS1001, RS1036, RS2008
}
