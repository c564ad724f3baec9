using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A constant that a static constructor sets: it is what the state starts with, and becomes the initializer.</summary>
internal static class InitialWrite
{
    /// <summary>Whether the write would be the same as an initializer. Nothing may look at the state before.</summary>
    public static bool Is(Use use, StateMember member) =>
        Write.Create(use) is { Statement: { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax constructor } body } statement, Assigned: { } value }
        && constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
        && Declaration(member) is { } declaration && declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() == constructor.Parent
        && declaration is VariableDeclaratorSyntax { Initializer: null } or PropertyDeclarationSyntax { Initializer: null }
        && IsConstant(value, use.Model)
        && body.Statements.TakeWhile(other => other != statement).All(other => !other.DescendantNodes().Any(static node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax))
        && constructor.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == member.Symbol.Name) == 1;

    public static void Plan(Use use, StateMember member, DocumentEdits edits)
    {
        var write = Write.Create(use)!;
        var value = SyntaxFactory.EqualsValueClause(
            SyntaxFactory.Token(default, SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)), write.Assigned!.WithoutTrivia());
        edits.Replace(Declaration(member)!, current => current is VariableDeclaratorSyntax declarator
            ? declarator.WithIdentifier(declarator.Identifier.WithTrailingTrivia(SyntaxFactory.Space)).WithInitializer(value)
            : WithInitializer((PropertyDeclarationSyntax)current, value));

        var constructor = (ConstructorDeclarationSyntax)write.Function;
        var type = (TypeDeclarationSyntax)constructor.Parent!;
        if (constructor.Body!.Statements.Count == 1 && !type.Members.Any(HasStaticInitializer))
            edits.Replace(type, current => MemberList.Without((TypeDeclarationSyntax)current, type.Members.IndexOf(constructor)));
        else
            edits.Remove(write.Statement!);
    }

    private static SyntaxNode? Declaration(StateMember member) => member.IsThreadLocal ? null : member.Symbol.DeclaringSyntaxReferences[0].GetSyntax();

    private static bool IsConstant(ExpressionSyntax value, SemanticModel model) =>
        value is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax } || model.GetSymbolInfo(value).Symbol is IFieldSymbol { IsConst: true };

    /// <summary>Other initializers run when the constructor makes them run.</summary>
    private static bool HasStaticInitializer(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.StaticKeyword) && member switch
    {
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Any(static variable => variable.Initializer is not null),
        PropertyDeclarationSyntax property => property.Initializer is not null,
        _ => false,
    };

    private static PropertyDeclarationSyntax WithInitializer(PropertyDeclarationSyntax property, EqualsValueClauseSyntax value)
    {
        var end = property.GetTrailingTrivia();

        return property.WithTrailingTrivia(SyntaxFactory.Space).WithInitializer(value).WithSemicolonToken(SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, end));
    }
}
