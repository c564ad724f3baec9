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
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new KnownSymbols(start.Compilation);
            if (symbols.ContextVar is not null || symbols.AsyncLocal is not null)
                start.RegisterOperationAction(new Rule(symbols).Analyze, OperationKind.ObjectCreation, OperationKind.Invocation);
        });
    }

    private sealed class Rule(KnownSymbols symbols)
    {
        public void Analyze(OperationAnalysisContext context)
        {
            if (!CreatesVariable(context.Operation))
                return;

            var creation = context.Operation;
            while (creation.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation)
                creation = creation.Parent;

            switch (creation.Parent)
            {
                case IFieldInitializerOperation { InitializedFields: [var field, ..] }:
                    CheckField(context, field);
                    break;
                case IPropertyInitializerOperation { InitializedProperties: [var property, ..] }:
                    CheckProperty(context, property);
                    break;
                case IAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } }:
                    CheckField(context, field);
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when !IsPassedOn(local, creation):
                    CheckLocal(context, local);
                    break;
                case IReturnOperation when context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } && !IsInLambda(creation):
                    Report(context, property.Name, "created again each time it is read");
                    break;
            }
        }

        private bool CreatesVariable(IOperation operation) => operation switch
        {
            IObjectCreationOperation creation => IsVariable(creation.Type),
            IInvocationOperation { TargetMethod: { IsStatic: true } method } =>
                symbols.ContextVar is { BaseType: { } factory } && IsVariable(method.ReturnType) && KnownSymbols.Is(method.ContainingType, factory),
            _ => false,
        };

        private bool IsVariable(ITypeSymbol? type) => KnownSymbols.Is(type, symbols.ContextVar) || KnownSymbols.Is(type, symbols.AsyncLocal);

        private void CheckField(OperationAnalysisContext context, IFieldSymbol field)
        {
            // Of the two faults of such a field, CTX006 names the worse.
            if ((field.IsStatic && field.IsReadOnly) || field.GetAttributes().Any(attribute => KnownSymbols.Is(attribute.AttributeClass, symbols.ThreadStaticAttribute)))
                return;

            Report(context, field.Name, field.IsStatic ? Reassignable : PerInstance(field.ContainingType));
        }

        private static void CheckProperty(OperationAnalysisContext context, IPropertySymbol property)
        {
            if (!property.IsStatic || property.SetMethod is not null)
                Report(context, property.Name, property.IsStatic ? Reassignable : PerInstance(property.ContainingType));
        }

        private static void CheckLocal(OperationAnalysisContext context, ILocalSymbol local)
        {
            if (!SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, context.Compilation.GetEntryPoint(context.CancellationToken)))
                Report(context, local.Name, $"created again on each call of '{context.ContainingSymbol.Name}', and contexts captured meanwhile keep its values");
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

        private static void Report(OperationAnalysisContext context, string name, string why) =>
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.FlowVariableNotStaticReadonly, context.Operation.Syntax.GetLocation(), name, why));
    }
}
