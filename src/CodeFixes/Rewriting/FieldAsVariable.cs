using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A field that becomes the variable: what it is, and where it stands, stays.</summary>
internal static class FieldAsVariable
{
    /// <summary>False for one of several variables whose lines and comments cannot be told apart.</summary>
    public static bool Plan(FieldDeclarationSyntax field, VariableDeclaratorSyntax declarator, string type, string creation, DocumentEdits document)
    {
        var position = field.Declaration.Variables.IndexOf(declarator);
        if (field.Declaration.Variables.Count == 1)
        {
            document.Replace(field, current => AsField((FieldDeclarationSyntax)current, 0, type, creation));
            return true;
        }

        if (field.Parent is not TypeDeclarationSyntax || field.Declaration.Variables.ToString().Contains('\n'))
            return false;

        // One of several in a declaration gets a declaration of its own, below that of the others.
        document.Replace(field.Parent, current =>
        {
            var holder = (TypeDeclarationSyntax)current;
            var old = (FieldDeclarationSyntax)holder.Members[((TypeDeclarationSyntax)field.Parent).Members.IndexOf(field)];
            var others = old.WithDeclaration(old.Declaration.WithVariables(old.Declaration.Variables.RemoveAt(position)));
            var own = AsField(old, position, type, creation)
                .WithLeadingTrivia(old.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                .WithTrailingTrivia(document.NewLine);

            return holder.WithMembers(holder.Members.ReplaceRange(old, [others, own]));
        });

        return true;
    }

    private static FieldDeclarationSyntax AsField(FieldDeclarationSyntax field, int position, string type, string creation)
    {
        field = ThreadStaticAttributes.Without(field);
        var declarator = field.Declaration.Variables[position];
        var initializer = SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(default, SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)), SyntaxFactory.ParseExpression(creation));
        return field
            .WithModifiers(ReadOnly(field.Modifiers))
            .WithDeclaration(field.Declaration
                .WithType(SyntaxFactory.ParseTypeName(type).WithTriviaFrom(field.Declaration.Type))
                .WithVariables(SyntaxFactory.SingletonSeparatedList(declarator
                    .WithIdentifier(declarator.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithInitializer(initializer))));
    }

    private static SyntaxTokenList ReadOnly(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.ReadOnlyKeyword)
        ? modifiers
        : modifiers.Insert(modifiers.IndexOf(SyntaxKind.StaticKeyword) + 1, SyntaxFactory.Token(default, SyntaxKind.ReadOnlyKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)));
}
