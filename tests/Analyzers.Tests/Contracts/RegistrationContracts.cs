using System.Collections.Immutable;
using ContextAnalyzers.Rules;
using ContextAnalyzers.Tests.Robustness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>What the analyzers ask the compiler to call them for. An action on operations would make it build a tree of them for every body, and one on symbols is called for each.</summary>
public class RegistrationContracts
{
    public static TheoryData<string> Analyzers => [.. AllRules.Analyzers.Where(analyzer => analyzer is not DiagnosticSuppressor).Select(analyzer => analyzer.GetType().Name)];

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void A_rule_is_called_once_for_each_file(string analyzer) => Assert.Equal(["file"], Registered(analyzer, TestReferences.All));

    [Theory]
    [InlineData(nameof(SetWithoutResetAnalyzer))]
    [InlineData(nameof(ResetNotOnEveryPathAnalyzer))]
    [InlineData(nameof(ValueLostOnReturnAnalyzer))]
    [InlineData(nameof(SetSpansYieldAnalyzer))]
    [InlineData(nameof(TokenMisusedAnalyzer))]
    [InlineData(nameof(ResetInOtherFlowAnalyzer))]
    public void Token_rule_registers_nothing_where_there_are_no_tokens(string analyzer) =>
        Assert.Empty(Registered(analyzer, TestReferences.All.Remove(TestReferences.Library)));

    private static List<string> Registered(string analyzer, ImmutableArray<MetadataReference> references)
    {
        var registered = new List<string>();
        var compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText("class C;", cancellationToken: TestContext.Current.CancellationToken)], references);
        var recorder = new Recorder(registered, compilation);
        AllRules.Analyzers.Single(candidate => candidate.GetType().Name == analyzer).Initialize(recorder);
        Assert.True(recorder.IsConcurrent);

        return registered;
    }

    private sealed class Recorder(List<string> registered, Compilation compilation) : AnalysisContext
    {
        public bool IsConcurrent { get; private set; }

        public override void EnableConcurrentExecution() => IsConcurrent = true;

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode) => Assert.Equal(GeneratedCodeAnalysisFlags.ReportDiagnostics, analysisMode);

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => action(new StartRecorder(registered, compilation));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => registered.Add("symbol");

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => registered.Add("code block");

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => registered.Add("file");

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => registered.Add("tree");

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => registered.Add("compilation");

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => registered.Add("operation");

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => registered.Add("operation block");

        public override void RegisterCodeBlockStartAction<TKind>(Action<CodeBlockStartAnalysisContext<TKind>> action) => registered.Add("code block start");

        public override void RegisterSyntaxNodeAction<TKind>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TKind> syntaxKinds) => registered.Add("node");
    }

    private sealed class StartRecorder(List<string> registered, Compilation compilation)
        : CompilationStartAnalysisContext(compilation, new AnalyzerOptions([]), TestContext.Current.CancellationToken)
    {
        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) => registered.Add("compilation end");

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => registered.Add("symbol");

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => registered.Add("code block");

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => registered.Add("file");

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => registered.Add("tree");

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => registered.Add("operation");

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => registered.Add("operation block");

        public override void RegisterCodeBlockStartAction<TKind>(Action<CodeBlockStartAnalysisContext<TKind>> action) => registered.Add("code block start");

        public override void RegisterSyntaxNodeAction<TKind>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TKind> syntaxKinds) => registered.Add("node");
    }
}
