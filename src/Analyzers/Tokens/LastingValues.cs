using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.Tokens;

/// <summary>Where a value is set to stay: a program sets what it is for, a setter has no way to hand a token back, a context that is left takes its values along.</summary>
internal static class LastingValues
{
    public static bool AreMeant(TokenFunction function, SemanticModel model, TokenSymbols symbols)
    {
        if (function.IsSetter)
            return true;

        if (function.PassedTo is { } callee)
            return IsContext(callee, symbols) || ExpectsException(callee, symbols);

        return function.Method is { } method
            && (SymbolEqualityComparer.Default.Equals(method, model.Compilation.GetEntryPoint(default)) || RunsInContextOnly(method, model, symbols));
    }

    private static bool IsContext(IMethodSymbol method, TokenSymbols symbols) =>
        symbols.Known.Context.Is(method.ContainingType) || symbols.Known.ExecutionContext.Is(method.ContainingType);

    /// <summary>A private method, a local function or a lambda in a local, of which all that its file does is give it to <c>Context.Run</c>.</summary>
    private static bool RunsInContextOnly(IMethodSymbol method, SemanticModel model, TokenSymbols symbols)
    {
        if (method.DeclaringSyntaxReferences is not [var reference] || ScopeOf(method, reference.GetSyntax()) is not { Scope: { } scope, Name: var name } || scope.SyntaxTree != model.SyntaxTree)
            return false;

        var runs = false;
        foreach (var token in scope.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name || token.Parent is not SimpleNameSyntax use)
                continue;

            var argument = (SyntaxNode)use;
            while (argument.Parent is MemberAccessExpressionSyntax access && access.Name == argument)
                argument = access;

            if (argument.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } || model.GetSymbolInfo(call).Symbol is not IMethodSymbol callee || !IsContext(callee, symbols))
                return false;

            runs = true;
        }

        return runs;
    }

    /// <summary>Where all uses of a function stand, and its name there.</summary>
    private static (SyntaxNode? Scope, string Name) ScopeOf(IMethodSymbol method, SyntaxNode declaration) => declaration switch
    {
        LocalFunctionStatementSyntax => (VisibleUses.ScopeOf(declaration), method.Name),
        AnonymousFunctionExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable } } =>
            (VisibleUses.ScopeOf(variable), variable.Identifier.ValueText),
        MethodDeclarationSyntax when method is { DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences: [var type] } => (type.GetSyntax(), method.Name),
        _ => default,
    };

    /// <summary>A test that a call throws: <c>Assert.Throws&lt;InvalidOperationException&gt;(() => v.Set(x))</c>, <c>Record.Exception(() => v.Set(x))</c>.</summary>
    private static bool ExpectsException(IMethodSymbol callee, TokenSymbols symbols)
    {
        foreach (var expected in callee.TypeArguments.Add(callee.ReturnType))
        {
            for (var type = expected; type is not null; type = type.BaseType)
            {
                if (symbols.Known.Exception.Is(type))
                    return true;
            }
        }

        return false;
    }
}
