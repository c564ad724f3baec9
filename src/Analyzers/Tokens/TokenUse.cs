using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

internal enum TokenUseKind
{
    /// <summary>Read, compared, or dropped: whoever holds the token still does.</summary>
    None,
    Discarded,
    Reset,
    HandedOn,
    StoredInField,
    IgnoredByCallee,
}

/// <summary>What a statement does with a token.</summary>
/// <param name="Kind">The effect on the duty to reset.</param>
/// <param name="By">The operation that has it.</param>
internal readonly record struct TokenUse(TokenUseKind Kind, IOperation By)
{
    /// <summary>Follows a token from where it is made or named to what the statement does with it; locals that get a copy are added to the list.</summary>
    public static TokenUse Of(IOperation token, FunctionBody body, TokenSymbols symbols, List<object> copies)
    {
        for (var value = token; ; value = value.Parent)
        {
            switch (value.Parent)
            {
                case null:
                    // The value of a branch, which is a return, or a declaration, which is an assignment.
                    return new(value is ISimpleAssignmentOperation ? TokenUseKind.None : TokenUseKind.HandedOn, value);
                case IConversionOperation { OperatorMethod: null } or IParenthesizedOperation:
                    continue;
                case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault", Instance: var instance } when instance == value:
                case IPropertyReferenceOperation { Property.Name: "Value", Instance.Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }:
                    continue;
                case IFlowCaptureOperation capture:
                    copies.Add(capture.Id);
                    return new(TokenUseKind.None, capture);
                case ISimpleAssignmentOperation assignment when assignment.Value == value:
                    if (Store(assignment, body, copies) is { } use)
                        return use;
                    continue;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } assignment when assignment.Target == value:
                    return new(TokenUseKind.None, assignment);
                case IInvocationOperation invocation when invocation.Instance == value:
                    return new(TokenSymbols.IsDispose(invocation.TargetMethod) ? TokenUseKind.Reset : TokenUseKind.None, invocation);
                case IArgumentOperation { Parent: IInvocationOperation invocation } argument:
                    return new(Pass(argument, invocation, symbols), invocation);
                case IMemberReferenceOperation or IExpressionStatementOperation or IIsNullOperation or IIsPatternOperation or IIsTypeOperation
                    or IBinaryOperation or IInterpolationOperation or INameOfOperation:
                    return new(TokenUseKind.None, value.Parent);
                default:
                    return new(TokenUseKind.HandedOn, value.Parent);
            }
        }
    }

    private static TokenUse? Store(ISimpleAssignmentOperation assignment, FunctionBody body, List<object> copies)
    {
        switch (assignment.Target)
        {
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } local when body.Owns(local.Local):
                copies.Add(local.Local);
                return null;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter when body.Owns(parameter.Parameter):
                copies.Add(parameter.Parameter);
                return null;
            case IFlowCaptureReferenceOperation capture:
                copies.Add(capture.Id);
                return null;
            case IDiscardOperation:
                return new(TokenUseKind.Discarded, assignment);
            case IFieldReferenceOperation:
                return new(TokenUseKind.StoredInField, assignment.Target);
            default:
                return new(TokenUseKind.HandedOn, assignment);
        }
    }

    private static TokenUseKind Pass(IArgumentOperation argument, IInvocationOperation invocation, TokenSymbols symbols)
    {
        if (symbols.IsReset(invocation.TargetMethod))
            return TokenUseKind.Reset;

        return argument.Parameter is { RefKind: RefKind.None } parameter && VisibleUses.Ignores(invocation.TargetMethod, parameter)
            ? TokenUseKind.IgnoredByCallee
            : TokenUseKind.HandedOn;
    }
}
