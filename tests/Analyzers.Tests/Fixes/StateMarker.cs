using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Reports every settable static member, flow state or not, so that the tests of the conversions need not show how a rule finds it.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // No compiler loads it.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateMarker : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.StaticFieldHoldsFlowState, Descriptors.ThreadStaticCrossesAwait];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Report, SymbolKind.Field, SymbolKind.Property);
    }

    private static void Report(SymbolAnalysisContext context)
    {
        var (isState, isThreadStatic) = context.Symbol switch
        {
            IFieldSymbol { IsStatic: true, IsReadOnly: false, IsConst: false, IsImplicitlyDeclared: false } field => (true, IsThreadStatic(field)),
            IPropertySymbol { IsStatic: true, SetMethod: not null } property => (BackingField(property) is not null, BackingField(property) is { } field && IsThreadStatic(field)),
            _ => (false, false),
        };

        if (!isState)
            return;

        var rule = isThreadStatic ? Descriptors.ThreadStaticCrossesAwait : Descriptors.StaticFieldHoldsFlowState;
        context.ReportDiagnostic(Diagnostic.Create(rule, context.Symbol.Locations[0], [context.Symbol.Locations[0]], context.Symbol.Name, "a test"));
    }

    private static IFieldSymbol? BackingField(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsThreadStatic(IFieldSymbol field) => field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute");
}
