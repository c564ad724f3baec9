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
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new KnownSymbols(start.Compilation);
            if (symbols.ContextVar is null && symbols.AsyncLocal is null)
                return;

            var rule = new Rule(symbols);
            start.RegisterOperationAction(rule.AnalyzeDefault, OperationKind.ObjectCreation, OperationKind.Invocation);
            start.RegisterOperationAction(rule.AnalyzeCall, OperationKind.Invocation);
            start.RegisterOperationAction(rule.AnalyzeAssignment, OperationKind.SimpleAssignment, OperationKind.CompoundAssignment, OperationKind.Increment, OperationKind.Decrement);
        });
    }

    private sealed class Rule(KnownSymbols symbols)
    {
        /// <summary><c>new ContextVar&lt;List&lt;int&gt;&gt;("numbers", [])</c>: the default is one object for the whole process.</summary>
        public void AnalyzeDefault(OperationAnalysisContext context)
        {
            var (type, arguments) = context.Operation switch
            {
                IObjectCreationOperation creation => (creation.Type, creation.Arguments),
                IInvocationOperation { TargetMethod: { Name: "Create" } method } call => (method.ReturnType, call.Arguments),
                _ => default,
            };
            if (!KnownSymbols.Is(type, symbols.ContextVar))
                return;

            foreach (var argument in arguments)
            {
                // A list is a list, also where the variable calls it IEnumerable.
                var value = argument.Value;
                while (value is IConversionOperation conversion)
                    value = conversion.Operand;

                if (argument.Parameter?.Name == "defaultValue" && value is { ConstantValue.HasValue: false, Type: { } made } && IsMutable(made, context) && !IsEmptyArray(value))
                    Report(context, argument.Value.Syntax.GetLocation(), made.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), "it is the default of every flow; use an immutable type, or no default");
            }
        }

        /// <summary>Nothing in it can change.</summary>
        private static bool IsEmptyArray(IOperation value) => value switch
        {
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array } } => true,
            IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => true,
            _ => value.Type is IArrayTypeSymbol && value.Syntax.ToString() == "[]",
        };

        /// <summary><c>Numbers.Get().Add(1)</c>.</summary>
        public void AnalyzeCall(OperationAnalysisContext context)
        {
            var call = (IInvocationOperation)context.Operation;
            if (VariableReadBy(call.Instance) is { } variable && IsMutable(call.TargetMethod.ContainingType, context) && MutableTypes.Changes(call.TargetMethod))
                Report(context, call, variable);
        }

        /// <summary><c>Cart.Get().Total = 1</c>, <c>Map.Value["a"] = 1</c>, <c>Buffer.Get()[0]++</c>.</summary>
        public void AnalyzeAssignment(OperationAnalysisContext context)
        {
            var target = context.Operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                _ => null,
            };
            var (owner, isMutable) = target switch
            {
                IArrayElementReferenceOperation element => (element.ArrayReference, true),
                IMemberReferenceOperation { Instance: { Type: { IsReferenceType: true } type } instance } => (instance, !IsListed(type, ImmutableTypesOption, context)),
                _ => (null, false),
            };
            if (isMutable && VariableReadBy(owner) is { } variable)
                Report(context, context.Operation, variable);
        }

        private static void Report(OperationAnalysisContext context, IOperation change, IOperation variable)
        {
            var name = variable is IMemberReferenceOperation member ? member.Member.Name : variable.Syntax.ToString();
            Report(context, change.Syntax.GetLocation(), name, "set a changed copy instead, in a type that cannot change");
        }

        private static void Report(OperationAnalysisContext context, Location location, string name, string why) =>
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.MutableObjectSharedByFlows, location, name, why));

        /// <summary>The variable of <c>v.Get()</c> and <c>v.Value</c>.</summary>
        private IOperation? VariableReadBy(IOperation? operation) => operation switch
        {
            IConversionOperation conversion => VariableReadBy(conversion.Operand),
            IInvocationOperation { TargetMethod.Name: "Get", Instance: { } variable } when IsVariable(variable.Type) => variable,
            IPropertyReferenceOperation { Property.Name: "Value", Instance: { } variable } when IsVariable(variable.Type) => variable,
            IConditionalAccessInstanceOperation { Parent: { } parent } => VariableReadByAccess(parent),
            _ => null,
        };

        private IOperation? VariableReadByAccess(IOperation? operation)
        {
            while (operation is not (null or IConditionalAccessOperation))
                operation = operation.Parent;

            return operation is IConditionalAccessOperation access ? VariableReadBy(access.Operation) : null;
        }

        private bool IsVariable(ITypeSymbol? type) => KnownSymbols.Is(type, symbols.ContextVar) || KnownSymbols.Is(type, symbols.AsyncLocal);

        private static bool IsMutable(ITypeSymbol type, OperationAnalysisContext context) =>
            (MutableTypes.Contains(type) && !IsListed(type, ImmutableTypesOption, context)) || IsListed(type, MutableTypesOption, context);

        /// <summary>Whether an option names the type by its documentation ID, as in <c>T:Shop.Cart</c>.</summary>
        private static bool IsListed(ITypeSymbol type, string option, OperationAnalysisContext context)
        {
            if (!context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree).TryGetValue(option, out var ids))
                return false;

            var id = type.OriginalDefinition.GetDocumentationCommentId();

            return id is not null && ids.Split('|').Any(listed => listed.Trim() == id);
        }
    }
}
