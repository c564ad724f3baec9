using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Whether an expression spells the default of a type.</summary>
internal static class DefaultValue
{
    public static bool Is(ExpressionSyntax value, ITypeSymbol type) => value switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression } => true,

        // A nullable number starts as null.
        LiteralExpressionSyntax literal => type.IsValueType && !IsNullable(type) && literal.Token.Value is false or 0 or 0L or 0u or 0ul or 0f or 0d or 0m or '\0',
        DefaultExpressionSyntax { Type: var named } => !IsNullable(type) || named is NullableTypeSyntax,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Is(suppressed.Operand, type),
        ParenthesizedExpressionSyntax parenthesized => Is(parenthesized.Expression, type),
        _ => false,
    };

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
