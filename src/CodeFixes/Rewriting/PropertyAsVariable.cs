using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A property that becomes the variable: <c>static ContextVar&lt;T&gt; P { get; } = new(…);</c></summary>
internal static class PropertyAsVariable
{
    public static void Plan(PropertyDeclarationSyntax property, string type, string creation, DocumentEdits document) =>
        document.Replace(property, current => AsProperty((PropertyDeclarationSyntax)current, type, creation));

    /// <summary>The same for a property over a field, which goes.</summary>
    public static bool Plan(PropertyDeclarationSyntax property, FieldDeclarationSyntax field, string type, string creation, DocumentEdits document)
    {
        if (field.Parent is not TypeDeclarationSyntax holder || property.Parent != holder || field.Declaration.Variables.Count != 1)
            return false;

        Plan(property, type, creation, document);
        document.Replace(holder, current => MemberList.Without((TypeDeclarationSyntax)current, holder.Members.IndexOf(field)));
        return true;
    }

    private static PropertyDeclarationSyntax AsProperty(PropertyDeclarationSyntax property, string type, string creation)
    {
        property = ThreadStaticAttributes.Without(property);
        var end = property.GetTrailingTrivia();
        var accessors = (AccessorListSyntax)((PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("int P { get; } ")!).AccessorList!;
        return property
            .WithType(SyntaxFactory.ParseTypeName(type).WithTriviaFrom(property.Type))
            .WithIdentifier(property.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithExpressionBody(null)
            .WithAccessorList(accessors)
            .WithInitializer(SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(default, SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)), SyntaxFactory.ParseExpression(creation)))
            .WithSemicolonToken(SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, end));
    }
}
