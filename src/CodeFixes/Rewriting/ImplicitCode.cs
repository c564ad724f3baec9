using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Code that runs without being named where it runs.</summary>
internal static class ImplicitCode
{
    /// <summary>Where the code of a symbol stands. To make an object runs the initializers and a constructor of its type, and of the types it derives from.</summary>
    public static IEnumerable<SyntaxNode> Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        if (symbol is IFieldSymbol)
            return [];

        return symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type }
            ? BasesOf(type).SelectMany(static made => made.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>().SelectMany(CodeThatMakes)
            : symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken));
    }

    /// <summary>What a <c>using</c> disposes of: an expression, or the declaration of variables.</summary>
    public static bool IsResource(SyntaxNode node) => node is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }
        || node.Parent is UsingStatementSyntax @using && @using.Statement != node;

    /// <summary>The methods that dispose of a resource.</summary>
    public static IEnumerable<ISymbol?> Disposed(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsResource(node))
            return [];

        var resource = ((node as LocalDeclarationStatementSyntax)?.Declaration ?? node as VariableDeclarationSyntax)?.Type ?? node;
        var type = model.GetTypeInfo(resource, cancellationToken).Type;

        return type is null ? [] : BasesOf(type).SelectMany(static disposed => disposed.GetMembers()).OfType<IMethodSymbol>().Where(static method => method.Name is "Dispose" or "DisposeAsync");
    }

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private static IEnumerable<SyntaxNode> CodeThatMakes(TypeDeclarationSyntax type)
    {
        if (type.BaseList is { } bases)
            yield return bases;

        foreach (var member in type.Members.Where(static member => !member.Modifiers.Any(SyntaxKind.StaticKeyword)))
        {
            if (member is ConstructorDeclarationSyntax || member is FieldDeclarationSyntax field && field.Declaration.Variables.Any(static variable => variable.Initializer is not null))
                yield return member;
            else if (member is PropertyDeclarationSyntax { Initializer: { } initializer })
                yield return initializer;
        }
    }
}
