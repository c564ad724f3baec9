using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Rules;

/// <summary>CTX201: a flow variable is a key. Each new one leaves an entry in every context captured after it is set, and finds none of the values of the others.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlowVariableNotStaticReadonlyAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.FlowVariableNotStaticReadonly);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = KnownSymbols.Of(start.Compilation);
            if (symbols.HasFlowVariables)
                start.RegisterSemanticModelAction(file => Analyze(file, symbols));
        });
    }

    private static void Analyze(SemanticModelAnalysisContext context, KnownSymbols symbols)
    {
        foreach (var creation in VariableCreations.Of(context.SemanticModel.Compilation).In(context.SemanticModel, context.CancellationToken))
            new Rule(context, symbols).Check(creation);
    }

    private sealed class Rule(SemanticModelAnalysisContext context, KnownSymbols symbols)
    {
        public void Check(IOperation made)
        {
            var creation = made;
            while (creation.Parent is IConversionOperation or ICoalesceOperation or IConditionalOperation)
                creation = creation.Parent;

            switch (creation.Parent)
            {
                case IFieldInitializerOperation { InitializedFields: [var field, ..] }:
                    CheckField(made, field);
                    break;
                case IPropertyInitializerOperation { InitializedProperties: [var property, ..] }:
                    CheckProperty(made, property);
                    break;
                case IAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } }:
                    CheckField(made, field);
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when !IsPassedOn(local, creation):
                    CheckLocal(made, local);
                    break;
                case IReturnOperation when MemberAround(made) is IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } && !IsInLambda(creation):
                    Report(made, property.Name, "created again each time it is read");
                    break;
            }
        }

        private void CheckField(IOperation made, IFieldSymbol field)
        {
            // Of the two faults of such a field, CTX006 names the worse.
            if ((field.IsStatic && field.IsReadOnly) || field.GetAttributes().Any(attribute => symbols.ThreadStaticAttribute.Is(attribute.AttributeClass)))
                return;

            Report(made, field.Name, field.IsStatic ? Reassignable : PerInstance(field.ContainingType));
        }

        private void CheckProperty(IOperation made, IPropertySymbol property)
        {
            if (!property.IsStatic || property.SetMethod is not null)
                Report(made, property.Name, property.IsStatic ? Reassignable : PerInstance(property.ContainingType));
        }

        private void CheckLocal(IOperation made, ILocalSymbol local)
        {
            if (!SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, context.SemanticModel.Compilation.GetEntryPoint(context.CancellationToken)))
                Report(made, local.Name, $"created again on each call of '{MemberAround(made)!.Name}', and contexts captured meanwhile keep its values");
        }

        /// <summary>Who gets the variable may keep it, in a field or a cache.</summary>
        private static bool IsPassedOn(ILocalSymbol local, IOperation creation)
        {
            var root = creation;
            while (root.Parent is { } parent)
                root = parent;

            foreach (var operation in root.Descendants())
            {
                if (operation is ILocalReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                    && reference.Parent is not (IInvocationOperation or IMemberReferenceOperation))
                {
                    return true;
                }
            }

            return false;
        }

        private ISymbol? MemberAround(IOperation operation) => EnclosingMember.Of(operation.Syntax, context.SemanticModel, context.CancellationToken);

        private static bool IsInLambda(IOperation operation)
        {
            for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
            {
                if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                    return true;
            }

            return false;
        }

        private const string Reassignable = "reassignable, and a new variable has none of the values of the old one";

        private static string PerInstance(INamedTypeSymbol type) => $"created again for each '{type.Name}', and contexts captured meanwhile keep its values";

        private void Report(IOperation made, string name, string why) =>
            context.Report(Diagnostic.Create(Descriptors.FlowVariableNotStaticReadonly, made.Syntax.GetLocation(), name, why));
    }
}
