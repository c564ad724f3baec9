using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Directives come in pairs: code that moves takes both of a pair along, or neither.</summary>
internal static class Directives
{
    public static bool AreBalanced(IEnumerable<StatementSyntax> statements, SyntaxTriviaList end)
    {
        var depth = 0;
        foreach (var trivia in statements.SelectMany(statement => statement.DescendantTrivia()).Concat(end))
        {
            if (!trivia.IsDirective)
                continue;

            switch (trivia.Kind())
            {
                case SyntaxKind.IfDirectiveTrivia or SyntaxKind.RegionDirectiveTrivia:
                    depth++;
                    break;
                case SyntaxKind.EndIfDirectiveTrivia or SyntaxKind.EndRegionDirectiveTrivia:
                    depth--;
                    break;
            }

            if (depth < 0)
                return false;
        }

        return depth == 0;
    }
}
