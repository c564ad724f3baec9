using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A method that does nothing but set the state. It hands the token to its callers, who know how long the value is wanted.</summary>
internal static class SetterMethod
{
    public static bool Is(Write write) => Method(write) is { } method
        && method.Modifiers.All(static modifier => modifier.Kind() is not (SyntaxKind.AsyncKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.PartialKeyword))
        && method is { ExplicitInterfaceSpecifier: null, ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } }
        && (write.Expression.Parent == method.ExpressionBody || write.Statement is { } statement && statement.Parent == method.Body && method.Body!.Statements.Count == 1);

    /// <summary>The calls, which are writes as well; null if one of them cannot take a token.</summary>
    public static async Task<ImmutableArray<Write>?> CallsAsync(Solution solution, Write write, CancellationToken cancellationToken)
    {
        var method = Method(write)!;
        if (write.Use.Model.GetDeclaredSymbol(method, cancellationToken) is not { } symbol || ImplementsInterface(symbol)
            || await Use.FindAllAsync(solution, symbol, isHolder: false, cancellationToken).ConfigureAwait(false) is not { IsEmpty: false } uses)
        {
            return null;
        }

        var calls = ImmutableArray.CreateBuilder<Write>();
        var parameter = write.Assigned is IdentifierNameSyntax name ? symbol.Parameters.FirstOrDefault(candidate => candidate.Name == name.Identifier.ValueText)?.Ordinal : null;
        foreach (var use in uses)
        {
            if (use.Kind == UseKind.Name)
                continue;

            if (use.Expression.Parent is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call || call.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null))
                return null;

            calls.Add(new Write(use, call, Step: null, parameter));
        }

        return calls.ToImmutable();
    }

    /// <summary>Plans the method to return the token of its set.</summary>
    public static IMethodSymbol Plan(Write write, Func<SyntaxNode, string> set, INamedTypeSymbol token, string valueType, DocumentEdits edits)
    {
        var method = Method(write)!;
        var type = UsingDirectives.NameOf(token, write.Use.Model, method.SpanStart, edits) + $"<{valueType}>";
        edits.Replace(method.ReturnType, current => SyntaxFactory.ParseTypeName(type).WithTriviaFrom(current));
        edits.Replace(write.Statement ?? (SyntaxNode)write.Expression, current => current is ExpressionSyntax
            ? SyntaxFactory.ParseExpression(set(current)).WithTriviaFrom(current)
            : SyntaxFactory.ParseStatement($"return {set(current)};").WithTriviaFrom(current));

        return write.Use.Model.GetDeclaredSymbol(method)!;
    }

    private static MethodDeclarationSyntax? Method(Write write) => write.Function as MethodDeclarationSyntax;

    private static bool ImplementsInterface(IMethodSymbol method) => method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
