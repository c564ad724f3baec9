using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>How far calls are followed: two methods and the accessor behind them. An accessor costs half a method, because it mostly is the field.</summary>
internal static class CallBudget
{
    public const int Full = 5;

    private const int Accessor = 1;
    private const int Method = 2;

    public static int CostOf(IMethodSymbol method) => method.AssociatedSymbol is not null ? Accessor : Method;

    public static int CostOf(SyntaxNode body) => body is AccessorDeclarationSyntax or ArrowExpressionClauseSyntax ? Accessor : Method;
}
