using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Whether two calls are on the same variable, where that can be told: two names may stand for one variable, and one name for several.</summary>
internal static class Variables
{
    public static bool AreSame(IInvocationOperation set, IInvocationOperation other) =>
        SymbolEqualityComparer.Default.Equals(set.TargetMethod.OriginalDefinition, other.TargetMethod.OriginalDefinition)
        && SymbolOf(set) is { } symbol
        && SymbolEqualityComparer.Default.Equals(symbol, SymbolOf(other));

    /// <summary>Two static fields that are each given a variable of their own.</summary>
    public static bool AreDifferent(IInvocationOperation set, IInvocationOperation other) =>
        SymbolOf(set) is IFieldSymbol left
        && SymbolOf(other) is IFieldSymbol right
        && !SymbolEqualityComparer.Default.Equals(left, right)
        && HasOwnVariable(left)
        && HasOwnVariable(right);

    private static ISymbol? SymbolOf(IInvocationOperation call) => call.Instance switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } => field,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool HasOwnVariable(IFieldSymbol field) =>
        field.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value } && VariableCreations.MayCreate(value);
}
