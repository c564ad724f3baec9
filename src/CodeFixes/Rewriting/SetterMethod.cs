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

    /// <summary>Plans the method, and finds the calls that are now the writes; null if one of them cannot take the token.</summary>
    public static async Task<ImmutableArray<Write>?> PlanAsync(Solution solution, Write write, string set, INamedTypeSymbol token, string valueType, DocumentEdits edits, CancellationToken cancellationToken)
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

        var type = UsingDirectives.NameOf(token, write.Use.Model, method.SpanStart, edits) + $"<{valueType}>";
        edits.Replace(method.ReturnType, current => SyntaxFactory.ParseTypeName(type).WithTriviaFrom(current));
        edits.Replace(write.Expression.Parent is ArrowExpressionClauseSyntax ? write.Expression : (SyntaxNode)write.Statement!, current => current is ExpressionSyntax
            ? SyntaxFactory.ParseExpression(set).WithTriviaFrom(current)
            : SyntaxFactory.ParseStatement($"return {set};").WithTriviaFrom(current));

        return calls.ToImmutable();
    }

    private static MethodDeclarationSyntax? Method(Write write) => write.Function as MethodDeclarationSyntax;

    private static bool ImplementsInterface(IMethodSymbol method) => method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
