using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>What can leave a method by an exception, as far as a token is concerned.</summary>
/// <remarks>
/// Calls, awaits and object creations can. Names, constants, assignments and reads of properties count as safe, and so does <c>Set</c> and <c>Reset</c>
/// themselves: a rule that doubted these could not be satisfied by any code with two variables.
/// </remarks>
internal static class ThrowingOperations
{
    /// <summary>The first operation in evaluation order that can throw.</summary>
    public static IOperation? First(IOperation operation, TokenSymbols symbols)
    {
        if (operation is IFlowAnonymousFunctionOperation or INameOfOperation)
            return null;

        foreach (var child in operation.ChildOperations)
        {
            if (First(child, symbols) is { } throwing)
                return throwing;
        }

        return CanThrow(operation, symbols) ? operation : null;
    }

    private static bool CanThrow(IOperation operation, TokenSymbols symbols) => operation switch
    {
        IInvocationOperation invocation => !IsSafe(invocation.TargetMethod, symbols),
        IAwaitOperation or IThrowOperation or IObjectCreationOperation { Constructor.IsImplicitlyDeclared: false } => true,
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation => true,
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IFunctionPointerInvocationOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: false } => true,
        IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } property => assignment.Target == property && !IsAutoProperty(property.Property),
        IPropertyReferenceOperation { Parent: IIncrementOrDecrementOperation } property => !IsAutoProperty(property.Property),
        IEventAssignmentOperation => true,
        IConversionOperation conversion => IsUserDefined(conversion.OperatorMethod) || conversion.IsChecked || IsUnboxingOrDowncast(conversion),
        IUnaryOperation unary => IsUserDefined(unary.OperatorMethod),
        IBinaryOperation binary => IsUserDefined(binary.OperatorMethod) || IsDivision(binary.OperatorKind, binary.RightOperand),
        ICompoundAssignmentOperation compound => IsUserDefined(compound.OperatorMethod) || IsDivision(compound.OperatorKind, compound.Value),
        IInterpolationOperation { Expression.ConstantValue.HasValue: false, Expression.Type.SpecialType: not SpecialType.System_String } => true,
        _ => false,
    };

    private static bool IsSafe(IMethodSymbol method, TokenSymbols symbols)
    {
        if (symbols.IsContextVar(method.ContainingType) || symbols.IsToken(method.ContainingType))
            return true;

        if (method.ContainingType.OriginalDefinition.SpecialType is SpecialType.System_Object or SpecialType.System_Nullable_T)
            return true;

        return method.ContainingType is { Name: "Interlocked" or "Volatile" or "Stopwatch" or "GC", ContainingNamespace.Name: "Threading" or "Diagnostics" or "System" };
    }

    /// <summary>The operators and conversions of the framework's own types throw next to never.</summary>
    private static bool IsUserDefined(IMethodSymbol? @operator) =>
        @operator is { ContainingNamespace: not { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsDivision(BinaryOperatorKind kind, IOperation divisor) =>
        kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder
        && divisor is { ConstantValue.HasValue: false, Type.SpecialType: not (SpecialType.System_Double or SpecialType.System_Single) };

    private static bool IsAutoProperty(IPropertySymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } associated } && SymbolEqualityComparer.Default.Equals(associated, property.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool IsUnboxingOrDowncast(IConversionOperation conversion) =>
        !conversion.IsTryCast
        && conversion.Conversion is { IsImplicit: false, IsIdentity: false, IsNumeric: false, IsNullable: false }
        && conversion.Operand.Type is { IsReferenceType: true };
}
