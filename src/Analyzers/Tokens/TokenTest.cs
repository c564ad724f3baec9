using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>A condition that asks whether there is a token: <c>t != null</c>, <c>t != default</c>, <c>t.HasValue</c>, <c>t is { } x</c>; or whether it <c>IsUsed</c>.</summary>
internal static class TokenTest
{
    /// <summary>The operand it asks about, and the answer where that is a token, which may have been reset.</summary>
    public static (IOperation? Operand, bool Answer) Of(IOperation condition, bool isReset) => condition switch
    {
        IIsNullOperation isNull => (Unwrap(isNull.Operand), false),
        IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } instance } => (Unwrap(instance), true),
        IPropertyReferenceOperation { Property.Name: "IsUsed", Instance: { } instance } => (Unwrap(instance), isReset),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => (ComparedWithNone(equal), false),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal => (ComparedWithNone(unequal), true),
        IIsPatternOperation isPattern => (Unwrap(isPattern.Value), Matches(isPattern.Pattern)),
        _ => default,
    };

    private static bool Matches(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => !Matches(negated.Pattern),
        IConstantPatternOperation constant => !IsNull(constant.Value),
        _ => true,
    };

    private static IOperation? ComparedWithNone(IBinaryOperation comparison) =>
        IsNone(comparison.RightOperand) ? Unwrap(comparison.LeftOperand)
        : IsNone(comparison.LeftOperand) ? Unwrap(comparison.RightOperand)
        : null;

    private static bool IsNone(IOperation operation) => IsNull(operation) || Unwrap(operation) is IDefaultValueOperation;

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    /// <summary>What is converted; and the token of <c>t.Variable</c>, as every token but <c>default</c> has one.</summary>
    private static IOperation Unwrap(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IPropertyReferenceOperation { Property.Name: "Variable", Instance: { } token } => Unwrap(token),
        _ => operation,
    };
}
