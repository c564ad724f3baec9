using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The members of a type.</summary>
internal static class MemberList
{
    /// <summary>The type without the member at an index, and without its comments.</summary>
    public static TypeDeclarationSyntax Without(TypeDeclarationSyntax type, int index)
    {
        var removed = type.Members[index];
        var members = type.Members.RemoveAt(index);
        if (index == 0 && members.Count > 0)
        {
            // The next member moves up into its line.
            var next = members[0];
            members = members.Replace(next, next.WithLeadingTrivia(next.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
        }

        return type.WithMembers(members);
    }
}
