using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX006: a flow variable is one object for all threads; with [ThreadStatic] only the thread that ran the initializer has it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadStaticOnFlowVariableAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.ThreadStaticOnFlowVariable);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        context.RegisterCompilationStartAction(static start =>
        {
            var services = StateFacts.Of(start.Compilation).Services;

            if (!services.Symbols.ThreadStaticAttribute.Exists)
                return;

            start.RegisterSymbolAction(symbol => Analyze(symbol, services), SymbolKind.Field, SymbolKind.Property);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, StateServices services)
    {
        var declared = context.Symbol;

        if (StateMembers.FieldOf(declared) is not { } field || !services.Members.IsThreadStatic(field) || !services.Members.IsCarriedByOtherMeans(field.Type))
            return;

        if (!StateOptions.Exclude(context.Options, Descriptors.ThreadStaticOnFlowVariable, declared, declared.Locations[0].SourceTree))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.ThreadStaticOnFlowVariable, declared.Locations[0], declared.Locations, declared.Name));
    }
}
