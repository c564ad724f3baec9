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
                case IConversionOperation { OperatorMethod: null }:
                case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" }:
                case IPropertyReferenceOperation { Property.Name: "Value", Instance.Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }:
                case IPropertyReferenceOperation { Property.Name: "Variable", Parent: IFlowCaptureOperation }: // t.Variable?.Reset(t)
                    continue;
                case IFlowCaptureOperation capture:
                    copies.Add(capture.Id);
                    return new(TokenUseKind.None, capture);
                case ISimpleAssignmentOperation assignment when assignment.Target == value:
                    return new(TokenUseKind.None, assignment);
                case ISimpleAssignmentOperation assignment:
                    if (Store(assignment, body, copies) is { } use)
                        return use;
                    continue;
                case IIsPatternOperation isPattern:
                    AddDeclared(isPattern.Pattern, copies);
                    return new(TokenUseKind.None, isPattern);
                case IInvocationOperation invocation:
                    return new(TokenSymbols.IsDispose(invocation.TargetMethod) ? TokenUseKind.Reset : TokenUseKind.None, invocation);
                case IArgumentOperation { Parent: IInvocationOperation invocation } argument:
                    return new(Pass(argument, invocation, symbols), invocation);
                case IMemberReferenceOperation or IExpressionStatementOperation or IIsNullOperation or IIsTypeOperation
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

    /// <summary>The x of <c>t is Token&lt;string&gt; x</c>, of <c>t is { } x</c>, and of either <c>and</c> something else.</summary>
    private static void AddDeclared(IPatternOperation pattern, List<object> copies)
    {
        var declared = pattern switch
        {
            IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
            IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
            _ => null,
        };
        if (declared is not null)
            copies.Add(declared);

        if (pattern is IBinaryPatternOperation { LeftPattern: var left, RightPattern: var right })
        {
            AddDeclared(left, copies);
            AddDeclared(right, copies);
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
