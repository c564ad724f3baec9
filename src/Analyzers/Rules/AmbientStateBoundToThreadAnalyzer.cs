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
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        context.RegisterCompilationStartAction(static start =>
        {
            var services = StateFacts.Of(start.Compilation).Services;

            if (services.Symbols.Task.Exists)
                start.RegisterSymbolAction(symbol => Analyze(symbol, services), SymbolKind.Field, SymbolKind.Property);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, StateServices services)
    {
        if (services.Members.OfThreadBound(context.Symbol) is not { } state || !services.Roles.IsOfferedAsAmbient(state))
            return;

        var location = state.Symbol.Locations[0];

        if (!StateOptions.Exclude(context.Options, Descriptors.AmbientStateBoundToThread, state.Symbol, location.SourceTree))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AmbientStateBoundToThread, location, state.Symbol.Locations, state.Symbol.Name));
    }
}
