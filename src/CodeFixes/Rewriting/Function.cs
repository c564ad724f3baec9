using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The innermost method, accessor, local function, lambda or program that a node stands in.</summary>
internal static class Function
{
    public static SyntaxNode Of(SyntaxNode node)
    {
        for (var current = node; ; current = current.Parent!)
        {
            if (current is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax
                or MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return current;
            }
        }
    }

    /// <summary>The member a node stands in, with everything that shares its names; a program is one member.</summary>
    public static SyntaxNode MemberOf(SyntaxNode node)
    {
        var function = Of(node);
        while (function is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
            function = Of(function.Parent!);

        return function;
    }

    /// <summary>Whether it yields: what is set before a yield is not set after it, or is set for the consumer too.</summary>
    public static bool IsIterator(SyntaxNode function) => function
        .DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or TypeDeclarationSyntax))
        .Any(node => node.IsKind(SyntaxKind.YieldReturnStatement) || node.IsKind(SyntaxKind.YieldBreakStatement));
}
