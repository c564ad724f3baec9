using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The code of members, as the nodes that the compiler has operations for.</summary>
internal static class MemberBodies
{
    /// <summary>All in a file or a type, in the order they begin. The statements of a program without a class are the file itself.</summary>
    public static List<SyntaxNode> In(SyntaxNode declarations)
    {
        var bodies = new List<SyntaxNode>(8);
        Add(declarations, bodies);

        return bodies;
    }

    public static ISymbol? SymbolOf(SyntaxNode body, SemanticModel model, CancellationToken cancellationToken) => body switch
    {
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } => (model.GetDeclaredSymbol(property, cancellationToken) as IPropertySymbol)?.GetMethod,
        EqualsValueClauseSyntax { Parent: { } initialized } => model.GetDeclaredSymbol(initialized, cancellationToken),
        _ => model.GetDeclaredSymbol(body, cancellationToken),
    };

    /// <summary>What the code returns, as it is written; null if nothing.</summary>
    public static TypeSyntax? ReturnTypeOf(SyntaxNode body) => body switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        OperatorDeclarationSyntax method => method.ReturnType,
        ConversionOperatorDeclarationSyntax method => method.Type,
        AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.GetAccessorDeclaration, Parent.Parent: BasePropertyDeclarationSyntax property } => property.Type,
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } => property.Type,
        _ => null,
    };

    private static void Add(SyntaxNode declaration, List<SyntaxNode> bodies)
    {
        switch (declaration)
        {
            case CompilationUnitSyntax file:
                if (file.Members.Any(SyntaxKind.GlobalStatement))
                    bodies.Add(file);

                AddAll(file.Members, bodies);
                break;
            case BaseNamespaceDeclarationSyntax @namespace:
                AddAll(@namespace.Members, bodies);
                break;
            case TypeDeclarationSyntax type:
                AddAll(type.Members, bodies);
                break;
            case BaseMethodDeclarationSyntax method when method.Body is not null || method.ExpressionBody is not null:
                bodies.Add(method);
                break;
            case BasePropertyDeclarationSyntax property:
                AddAccessors(property, bodies);
                break;
            case FieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                    AddInitializer(variable.Initializer, bodies);

                break;
        }
    }

    private static void AddAll(SyntaxList<MemberDeclarationSyntax> members, List<SyntaxNode> bodies)
    {
        foreach (var member in members)
            Add(member, bodies);
    }

    private static void AddAccessors(BasePropertyDeclarationSyntax member, List<SyntaxNode> bodies)
    {
        foreach (var accessor in member.AccessorList?.Accessors ?? default)
        {
            if (accessor.Body is not null || accessor.ExpressionBody is not null)
                bodies.Add(accessor);
        }

        if (member switch { PropertyDeclarationSyntax property => property.ExpressionBody, IndexerDeclarationSyntax indexer => indexer.ExpressionBody, _ => null } is { } arrow)
            bodies.Add(arrow);

        AddInitializer((member as PropertyDeclarationSyntax)?.Initializer, bodies);
    }

    private static void AddInitializer(EqualsValueClauseSyntax? initializer, List<SyntaxNode> bodies)
    {
        if (initializer is not null)
            bodies.Add(initializer);
    }
}
