using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>An auto-property that stays what it is for its users, over a new field that is the variable.</summary>
internal static class PropertyOverVariable
{
    public static bool Plan(PropertyDeclarationSyntax property, string name, ConversionWay way, FlowVariable kind, string type, string creation, DocumentEdits document)
    {
        if (property.Parent is not (ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax))
            return false;

        var indent = property.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? space.ToString() : "";
        var field = SyntaxFactory.ParseMemberDeclaration($"private static readonly {type} {name} = {creation};")!;
        var get = kind.Get(name);
        document.Replace(property, current => Kept((PropertyDeclarationSyntax)current));
        document.Replace(property.Parent, current =>
        {
            var holder = (TypeDeclarationSyntax)current;
            var index = ((TypeDeclarationSyntax)property.Parent).Members.IndexOf(property);
            var first = index == 0 ? SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indent)) : SyntaxFactory.TriviaList(holder.Members[index].GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))).Add(SyntaxFactory.Whitespace(indent));
            var blank = document.NewLine;
            var old = holder.Members[index];
            var members = holder.Members.Replace(old, old.WithLeadingTrivia(SyntaxFactory.TriviaList(blank).AddRange(old.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))));
            return holder.WithMembers(members.Insert(index, field.WithLeadingTrivia(first).WithTrailingTrivia(blank)));
        });
        return true;

        PropertyDeclarationSyntax Kept(PropertyDeclarationSyntax current)
        {
            current = ThreadStaticAttributes.Without(current);
            var semicolon = SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, current.GetTrailingTrivia());
            if (way == ConversionWay.Getter)
            {
                return current
                    .WithIdentifier(current.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithAccessorList(null)
                    .WithInitializer(null)
                    .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(SyntaxFactory.Token(default, SyntaxKind.EqualsGreaterThanToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)), SyntaxFactory.ParseExpression(get)))
                    .WithSemicolonToken(semicolon);
            }

            var trailing = current.GetTrailingTrivia();
            var accessors = current.AccessorList!.Accessors.Select(accessor => accessor
                .WithKeyword(accessor.Keyword.WithTrailingTrivia(SyntaxFactory.Space))
                .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(
                    SyntaxFactory.Token(default, SyntaxKind.EqualsGreaterThanToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                    SyntaxFactory.ParseExpression(accessor.IsKind(SyntaxKind.GetAccessorDeclaration) ? get : kind.Set(name, "value")))));
            return current
                .WithAccessorList(current.AccessorList.WithAccessors(SyntaxFactory.List(accessors)))
                .WithInitializer(null)
                .WithSemicolonToken(default)
                .WithTrailingTrivia(trailing);
        }
    }
}
