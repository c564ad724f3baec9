using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Where a value that a function sets ends by itself.</summary>
internal static class FlowBoundary
{
    public static IMethodSymbol? Symbol(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken) => function switch
    {
        AnonymousFunctionExpressionSyntax => model.GetSymbolInfo(function, cancellationToken).Symbol as IMethodSymbol,
        BasePropertyDeclarationSyntax => (model.GetDeclaredSymbol(function, cancellationToken) as IPropertySymbol)?.GetMethod,
        _ => model.GetDeclaredSymbol(function, cancellationToken) as IMethodSymbol,
    };

    /// <summary>Static constructors and what initializes static fields and properties: only the flow that came first runs them.</summary>
    public static bool IsOfType(SyntaxNode function) =>
        function is MemberDeclarationSyntax member and (ConstructorDeclarationSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null }) && member.Modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>Async functions, programs, and what another thread or task runs: ExecutionContext is restored for whoever called.</summary>
    public static bool IsAt(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        if (function is CompilationUnitSyntax || Symbol(function, model, cancellationToken) is { IsAsync: true } or { Name: "Main", IsStatic: true })
            return true;

        return function is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: { } call } }
            && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ContainingType: { } type } target
            && type.ContainingNamespace?.ToDisplayString() is "System.Threading" or "System.Threading.Tasks"
            && (call is BaseObjectCreationExpressionSyntax ? type.Name is "Thread" or "Timer" or "Task" : target.Name is "Run" or "StartNew" or "ContinueWith" or "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "For" or "ForEach" or "ForEachAsync" or "Invoke");
    }
}
