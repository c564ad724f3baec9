using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Whether an expression spells the default of its type.</summary>
internal static class DefaultValue
{
    public static bool Is(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value is null or false or 0 or 0L or 0u or 0ul or 0f or 0d or '\0',
        DefaultExpressionSyntax => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Is(suppressed.Operand),
        ParenthesizedExpressionSyntax parenthesized => Is(parenthesized.Expression),
        _ => false,
    };
}
