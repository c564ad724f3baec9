using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX007: most real bugs of this kind are a library's: it offers ambient state, and the async code that loses it is its user's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AmbientStateBoundToThreadAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.AmbientStateBoundToThread);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);

        context.RegisterCompilationStartAction(static start =>
        {
            var services = StateFacts.Of(start.Compilation).Services;

            if (services.Symbols.Task.Exists)
                start.RegisterSemanticModelAction(file => Analyze(file, services));
        });
    }

    private static void Analyze(SemanticModelAnalysisContext context, StateServices services)
    {
        foreach (var declared in services.ThreadBound.In(context.SemanticModel, context.CancellationToken))
        {
            if (services.Members.OfThreadBound(declared) is not { } state || !services.Roles.IsOfferedAsAmbient(state))
                continue;

            if (!StateOptions.Exclude(context.Options, Descriptors.AmbientStateBoundToThread, state.Symbol, context.SemanticModel.SyntaxTree))
                context.Report(Diagnostic.Create(Descriptors.AmbientStateBoundToThread, state.Symbol.Locations[0], state.Symbol.Locations, state.Symbol.Name));
        }
    }
}
