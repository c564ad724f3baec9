using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.Tokens;

/// <summary>Keeps IDisposableAnalyzers from asking for <c>using</c> where a token is reset: it knows <c>Dispose</c>, and not <c>Reset</c>.</summary>
/// <remarks>CTX101 and CTX102 follow every token, so nothing is lost where they are on.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor DisposeCreated = new(
        "CTXS001", "IDISP001", "A token is reset by ContextVar<T>.Reset; CTX101 and CTX102 tell where it is not.");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(DisposeCreated);

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var token = KnownSymbols.Of(context.Compilation).Token;
        if (!token.Exists)
            return;

        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree && IsToken(tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan), context.GetSemanticModel(tree), token))
                context.ReportSuppression(Suppression.Create(DisposeCreated, diagnostic));
        }
    }

    private static bool IsToken(SyntaxNode node, SemanticModel model, KnownType token)
    {
        var value = node switch
        {
            ExpressionSyntax expression => expression,
            _ => node.DescendantNodes().OfType<EqualsValueClauseSyntax>().FirstOrDefault()?.Value,
        };

        return value is not null && token.Is(model.GetTypeInfo(value).Type);
    }
}
