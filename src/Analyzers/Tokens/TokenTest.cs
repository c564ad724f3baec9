using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>A condition that asks whether there is a token: <c>t != null</c>, <c>t.HasValue</c>, <c>t is { } x</c>.</summary>
internal static class TokenTest
{
    /// <summary>The operand it asks about, and the answer where that is a token.</summary>
    public static (IOperation? Operand, bool IsToken) Of(IOperation condition) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Of(not.Operand) is var (operand, isToken) ? (operand, !isToken) : default,
        IIsNullOperation isNull => (Unwrap(isNull.Operand), false),
        IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } instance } => (Unwrap(instance), true),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand: var right } equal when IsNull(right) => (Unwrap(equal.LeftOperand), false),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, RightOperand: var right } unequal when IsNull(right) => (Unwrap(unequal.LeftOperand), true),
        IIsPatternOperation isPattern => (Unwrap(isPattern.Value), Matches(isPattern.Pattern)),
        _ => default,
    };

    private static bool Matches(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => !Matches(negated.Pattern),
        IConstantPatternOperation constant => !IsNull(constant.Value),
        _ => true,
    };

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    private static IOperation Unwrap(IOperation operation) => operation is IConversionOperation conversion ? Unwrap(conversion.Operand) : operation;
}
