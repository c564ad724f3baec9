using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Reports every static ThreadLocal field, for the tests of its conversion.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // No compiler loads it.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadLocalMarker : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ThreadLocalCrossesAwait];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            static context =>
            {
                if (context.Symbol is IFieldSymbol { IsStatic: true, Type.Name: "ThreadLocal" } field)
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.ThreadLocalCrossesAwait, field.Locations[0], [field.Locations[0]], field.Name, "a test"));
            },
            SymbolKind.Field);
    }
}
