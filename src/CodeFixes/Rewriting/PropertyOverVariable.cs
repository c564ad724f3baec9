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
            var old = holder.Members[index];
            var leading = old.GetLeadingTrivia();
            var ends = EndOfDirectives(leading);
            var rest = leading.Skip(ends).SkipWhile(IsEndOfLine);
            var above = index == 0 && ends == 0 ? [] : leading.Take(ends).Concat(leading.Skip(ends).TakeWhile(IsEndOfLine));
            var blank = document.NewLine;
            var members = holder.Members.Replace(old, old.WithLeadingTrivia(SyntaxFactory.TriviaList(blank).AddRange(rest)));
            return holder.WithMembers(members.Insert(index, field.WithLeadingTrivia(SyntaxFactory.TriviaList(above).Add(SyntaxFactory.Whitespace(indent))).WithTrailingTrivia(blank)));
        });
        return true;

        static bool IsEndOfLine(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.EndOfLineTrivia);

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

    /// <summary>What a directive above the property ends, such as code of other builds, ends above the field too. A comment that documents the property stays with it.</summary>
    private static int EndOfDirectives(SyntaxTriviaList leading)
    {
        var end = 0;
        for (var i = 0; i < leading.Count && !SyntaxFacts.IsDocumentationCommentTrivia(leading[i].Kind()); i++)
        {
            if (leading[i].IsDirective && !leading[i].IsKind(SyntaxKind.RegionDirectiveTrivia))
                end = i + 1;
        }

        return end;
    }
}
