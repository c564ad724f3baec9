using ContextAnalyzers.State;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Rules;

/// <summary>CTX202: a flow inherits the reference and not the object, so what one flow changes in it all flows see, at the same time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MutableObjectSharedByFlowsAnalyzer : DiagnosticAnalyzer
{
    private const string MutableTypesOption = "dotnet_code_quality.CTX202.mutable_types";
    private const string ImmutableTypesOption = "dotnet_code_quality.CTX202.immutable_types";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.MutableObjectSharedByFlows);

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
            new Rule(context, symbols).CheckDefault(creation);

        foreach (var change in ChangedReads.In(context.SemanticModel.SyntaxTree, context.CancellationToken))
            new Rule(context, symbols).CheckChange(context.SemanticModel.GetOperation(change, context.CancellationToken));
    }

    private sealed class Rule(SemanticModelAnalysisContext context, KnownSymbols symbols)
    {
        /// <summary><c>new ContextVar&lt;List&lt;int&gt;&gt;("numbers", [])</c>: the default is one object for the whole process.</summary>
        public void CheckDefault(IOperation creation)
        {
            foreach (var argument in creation is IInvocationOperation call ? call.Arguments : ((IObjectCreationOperation)creation).Arguments)
            {
                // A list is a list, also where the variable calls it IEnumerable.
                var value = argument.Value;
                while (value is IConversionOperation conversion)
                    value = conversion.Operand;

                if (argument.Parameter?.Name == "defaultValue" && value is { ConstantValue.HasValue: false, Type: { } made } && IsMutable(made) && !IsEmptyArray(value))
                    Report(argument.Value.Syntax.GetLocation(), made.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), "it is the default of every flow; use an immutable type, or no default");
            }
        }

        /// <summary>Nothing in it can change.</summary>
        private static bool IsEmptyArray(IOperation value) => value switch
        {
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array } } => true,
            IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => true,
            _ => value.Type is IArrayTypeSymbol && value.Syntax.ToString() == "[]",
        };

        public void CheckChange(IOperation? change)
        {
            // Who locks knows that flows share the object.
            if (change is not null && new Synchronization(symbols).Covers(change.Syntax))
                return;

            if (change is IInvocationOperation call)
                CheckCall(call);
            else if (change is not null)
                CheckAssignment(change);
        }

        /// <summary><c>Numbers.Get().Add(1)</c>.</summary>
        private void CheckCall(IInvocationOperation call)
        {
            if (VariableReadBy(call.Instance) is { } variable && IsMutable(call.TargetMethod.ContainingType) && MutableTypes.Changes(call.TargetMethod.Name))
                Report(call, variable);
        }

        /// <summary><c>Cart.Get().Total = 1</c>, <c>Map.Value["a"] = 1</c>, <c>Buffer.Get()[0]++</c>; <c>Map.Value["a"]</c> in a tuple that is assigned to.</summary>
        private void CheckAssignment(IOperation change)
        {
            var target = change switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                _ => change,
            };
            var (owner, isMutable) = target switch
            {
                IArrayElementReferenceOperation element => (element.ArrayReference, true),
                IMemberReferenceOperation { Instance: { Type: { IsReferenceType: true } type } instance } => (instance, !IsListed(type, ImmutableTypesOption)),
                _ => (null, false),
            };
            if (isMutable && VariableReadBy(owner) is { } variable)
                Report(change, variable);
        }

        private void Report(IOperation change, IOperation variable)
        {
            var name = variable is IMemberReferenceOperation member ? member.Member.Name : variable.Syntax.ToString();
            Report(change.Syntax.GetLocation(), name, "set a changed copy instead, in a type that cannot change");
        }

        private void Report(Location location, string name, string why) =>
            context.Report(Diagnostic.Create(Descriptors.MutableObjectSharedByFlows, location, name, why));

        /// <summary>The variable of <c>v.Get()</c> and <c>v.Value</c>.</summary>
        private IOperation? VariableReadBy(IOperation? operation) => operation switch
        {
            IConversionOperation conversion => VariableReadBy(conversion.Operand),
            IInvocationOperation { TargetMethod.Name: "Get", Instance: { } variable } when symbols.IsFlowVariable(variable.Type) => variable,
            IPropertyReferenceOperation { Property.Name: "Value", Instance: { } variable } when symbols.IsFlowVariable(variable.Type) => variable,
            IConditionalAccessInstanceOperation instance => VariableReadBy(ConditionalReceiver.Of(instance)),
            _ => null,
        };

        private bool IsMutable(ITypeSymbol type) =>
            (MutableTypes.Contains(type) && !IsListed(type, ImmutableTypesOption)) || IsListed(type, MutableTypesOption);

        /// <summary>Whether an option names the type by its documentation ID, as in <c>T:Shop.Cart</c>.</summary>
        private bool IsListed(ITypeSymbol type, string option)
        {
            if (!context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.SemanticModel.SyntaxTree).TryGetValue(option, out var ids))
                return false;

            var id = type.OriginalDefinition.GetDocumentationCommentId();

            return ids.Split('|').Any(listed => listed.Trim() == id);
        }
    }
}
