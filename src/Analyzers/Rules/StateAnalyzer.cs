using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>What the rules about state in async code have in common: where they look and what a finding carries. A rule is a descriptor and a decision.</summary>
public abstract class StateAnalyzer : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _descriptor;

    private protected StateAnalyzer(DiagnosticDescriptor descriptor)
    {
        _descriptor = descriptor;
        SupportedDiagnostics = ImmutableArray.Create(descriptor);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);

        context.RegisterCompilationStartAction(start =>
        {
            var facts = StateFacts.Of(start.Compilation);

            if (!facts.Services.Symbols.Task.Exists)
                return;

            start.RegisterSemanticModelAction(file => Analyze(file, facts));
        });
    }

    /// <summary>The access to report, and the suspension point that makes it wrong; null if nothing is.</summary>
    private protected abstract StateFinding? Find(StateUse use, StateFacts facts);

    private void Analyze(SemanticModelAnalysisContext context, StateFacts facts)
    {
        foreach (var use in facts.UsesIn(context.SemanticModel, context.CancellationToken))
        {
            if (Find(use, facts) is not { } finding)
                continue;

            if (!StateOptions.Exclude(context.Options, _descriptor, use.Member.Symbol, context.SemanticModel.SyntaxTree, use.Owner))
                context.Report(finding.ToDiagnostic(_descriptor, use, context.SemanticModel.Compilation));
        }
    }
}
