using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A flow variable belongs to no thread: the attribute goes when the member becomes one.</summary>
internal static class ThreadStaticAttributes
{
    public static T Without<T>(T member)
        where T : MemberDeclarationSyntax
    {
        var leading = member.GetLeadingTrivia();
        var lists = new List<AttributeListSyntax>();
        foreach (var list in member.AttributeLists)
        {
            var kept = list.Attributes.Where(attribute => !IsThreadStatic(attribute)).ToList();
            if (kept.Count == list.Attributes.Count)
                lists.Add(list);
            else if (kept.Count > 0)
                lists.Add(list.WithAttributes(SyntaxFactory.SeparatedList(kept)));
        }

        return lists.Count == member.AttributeLists.Count && lists.SequenceEqual(member.AttributeLists)
            ? member
            : (T)member.WithAttributeLists(SyntaxFactory.List(lists)).WithLeadingTrivia(leading);
    }

    private static bool IsThreadStatic(AttributeSyntax attribute) => attribute.Name.GetLastToken().ValueText is "ThreadStatic" or "ThreadStaticAttribute";
}
