using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.Tokens;

/// <summary>Whether a parameter or a field that is given a token is named again anywhere it could be. Told by the syntax alone, so it is cheap.</summary>
internal static class VisibleUses
{
    /// <summary>Whether the source of a callee, which no override can replace, never names a parameter.</summary>
    public static bool Ignores(IMethodSymbol callee, IParameterSymbol parameter)
    {
        if (callee.IsVirtual || callee.IsAbstract || callee.IsOverride || callee.IsExtern || callee.PartialImplementationPart is not null)
            return false;

        if (callee.OriginalDefinition.DeclaringSyntaxReferences is not [var reference])
            return false;

        var declaration = reference.GetSyntax();
        SyntaxNode? body = declaration switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
            _ => null,
        };

        return body is not null && !Names(body, parameter.Name);
    }

    /// <summary>Whether a private field is only ever written: nobody can reset the token it holds.</summary>
    public static bool IsOnlyWritten(IFieldSymbol field)
    {
        if (field.DeclaredAccessibility != Accessibility.Private || field.ContainingType.DeclaringSyntaxReferences.IsEmpty)
            return false;

        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            if (Names(reference.GetSyntax(), field.Name))
                return false;
        }

        return true;
    }

    /// <summary>The same of a local.</summary>
    public static bool IsOnlyWritten(ILocalSymbol local) =>
        !Names(ScopeOf(local.DeclaringSyntaxReferences[0].GetSyntax()), local.Name);

    /// <summary>The block around a declaration, or the program.</summary>
    public static SyntaxNode ScopeOf(SyntaxNode declaration) => (SyntaxNode?)declaration.Parent!.FirstAncestorOrSelf<BlockSyntax>() ?? declaration.SyntaxTree.GetRoot();

    private static bool Names(SyntaxNode node, string name)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.Parent is SimpleNameSyntax used && !IsWritten(used))
                return true;
        }

        return false;
    }

    private static bool IsWritten(SimpleNameSyntax name)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : name;

        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == target;
    }
}
