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
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);

        context.RegisterCompilationStartAction(static start =>
        {
            var services = StateFacts.Of(start.Compilation).Services;
            start.RegisterSemanticModelAction(file => Analyze(file, services));
        });
    }

    private static void Analyze(SemanticModelAnalysisContext context, StateServices services)
    {
        foreach (var declared in services.ThreadBound.In(context.SemanticModel, context.CancellationToken))
        {
            if (StateMembers.FieldOf(declared) is not { } field || !services.Members.IsThreadStatic(field) || !services.Members.IsCarriedByOtherMeans(field.Type))
                continue;

            if (!StateOptions.Exclude(context.Options, Descriptors.ThreadStaticOnFlowVariable, declared, context.SemanticModel.SyntaxTree))
                context.Report(Diagnostic.Create(Descriptors.ThreadStaticOnFlowVariable, declared.Locations[0], declared.Locations, declared.Name));
        }
    }
}
