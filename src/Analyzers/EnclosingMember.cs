namespace ContextAnalyzers;

/// <summary>The member that a piece of code belongs to, whatever lambdas and local functions it stands in.</summary>
internal static class EnclosingMember
{
    public static ISymbol? Of(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellationToken);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;

        return symbol;
    }
}
