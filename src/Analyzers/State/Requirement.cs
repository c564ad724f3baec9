using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>The bool parameters that must be true, and false, for an access to happen: callers that pass the other constant do not make it.</summary>
internal readonly record struct Requirement(ulong True, ulong False)
{
    /// <summary>From the if statements around an access.</summary>
    public static Requirement At(SyntaxNode site, FunctionGraph function)
    {
        var result = default(Requirement);

        if (function.Lambda is not null || function.Function is not { Parameters.IsEmpty: false } method)
            return result;

        for (var node = site; node.Parent is { } parent && !Guard.IsFunction(node); node = parent)
        {
            if (parent is IfStatementSyntax @if && @if.Condition != node)
                result |= Of(@if.Condition, node == @if.Statement, method);
        }

        return result;
    }

    /// <summary>What has to be true of the caller's own parameters; null if its arguments rule the access out.</summary>
    public Requirement? InTermsOfCaller(ImmutableArray<IArgumentOperation> arguments, IMethodSymbol? caller)
    {
        var result = default(Requirement);

        if (this == result)
            return result;

        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter || !(Has(True, parameter) || Has(False, parameter)))
                continue;

            if (argument.Value.ConstantValue is { HasValue: true, Value: bool given } && given != Has(True, parameter))
                return null;

            if (argument.Value is IParameterReferenceOperation { Parameter: var own } && SymbolEqualityComparer.Default.Equals(own.ContainingSymbol, caller))
                result |= Has(True, parameter) ? new Requirement(Bit(own), 0) : new Requirement(0, Bit(own));
        }

        return result;
    }

    public static Requirement operator |(Requirement left, Requirement right) => new(left.True | right.True, left.False | right.False);

    public static Requirement operator &(Requirement left, Requirement right) => new(left.True & right.True, left.False & right.False);

    private static Requirement Of(ExpressionSyntax condition, bool isTrue, IMethodSymbol method) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Of(inner.Expression, isTrue, method),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation => Of(negation.Operand, !isTrue, method),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when isTrue => Of(both.Left, isTrue, method) | Of(both.Right, isTrue, method),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when !isTrue => Of(either.Left, isTrue, method) | Of(either.Right, isTrue, method),
        IdentifierNameSyntax { Identifier.ValueText: var name } => OfParameter(name, isTrue, method),
        _ => default,
    };

    private static Requirement OfParameter(string name, bool isTrue, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name && parameter.Type.SpecialType == SpecialType.System_Boolean)
                return isTrue ? new Requirement(Bit(parameter), 0) : new Requirement(0, Bit(parameter));
        }

        return default;
    }

    private static bool Has(ulong parameters, IParameterSymbol parameter) => (parameters & Bit(parameter)) != 0;

    private static ulong Bit(IParameterSymbol parameter) => parameter.Ordinal < 64 ? 1UL << parameter.Ordinal : 0;
}
