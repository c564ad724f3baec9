using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The code of members, as the nodes that the compiler has operations for.</summary>
internal static class MemberBodies
{
    /// <summary>All in a file or a type, in the order they begin. The statements of a program without a class are the file itself.</summary>
    public static IEnumerable<SyntaxNode> In(SyntaxNode declarations) => declarations.DescendantNodesAndSelf(IsAround).Where(Is);

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

    private static bool Is(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } } => true,
        CompilationUnitSyntax file => file.Members.Any(SyntaxKind.GlobalStatement),
        _ => false,
    };

    private static bool IsAround(SyntaxNode node) => node
        is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax
        or FieldDeclarationSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax;
}
