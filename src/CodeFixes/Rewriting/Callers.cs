using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Whether those who call a function read, afterwards, what it has written: a value that a flow variable would have lost by then.</summary>
internal sealed class Callers(Solution solution, Observation observation)
{
    private const int MaxDepth = 4;

    private readonly HashSet<SyntaxNode> _visited = [];

    public async Task<bool> ReadAfterAsync(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        // What makes ready for others has no caller here that reads, and is read all the same.
        if (FlowBoundary.Symbol(function, model, cancellationToken) is { } method && State.Lifecycle.IsSetUp(method))
            return true;

        _visited.Clear();

        return await ReadAfterAsync(function, model, FlowBoundary.IsAt(function, model, cancellationToken), 0, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ReadAfterAsync(SyntaxNode function, SemanticModel model, bool endsItsFlow, int depth, CancellationToken cancellationToken)
    {
        if (!_visited.Add(function) || function is CompilationUnitSyntax)
            return false;

        if (depth == MaxDepth)
            return !endsItsFlow;

        if (function is AnonymousFunctionExpressionSyntax)
            return await ReadAfterAsync(function, Function.Of(function.Parent!), model, endsItsFlow, depth, cancellationToken).ConfigureAwait(false);

        var method = FlowBoundary.Symbol(function, model, cancellationToken);
        var found = false;
        foreach (var called in Called(function, method, model, cancellationToken))
        {
            foreach (var location in (await SymbolFinder.FindReferencesAsync(called, solution, cancellationToken).ConfigureAwait(false)).SelectMany(static reference => reference.Locations))
            {
                if (location.Document is SourceGeneratedDocument || location.Document.Project.Language != LanguageNames.CSharp)
                    return true;

                var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                var callerModel = await location.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
                var name = root!.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (name.IsPartOfStructuredTrivia())
                    continue;

                found = true;
                if (await ReadAfterAsync(Call(name), Function.Of(name), callerModel!, endsItsFlow, depth, cancellationToken).ConfigureAwait(false))
                    return true;
            }
        }

        // Without a caller in sight, a synchronous function may be one half of a pair: the value is for whoever comes next.
        return !found && !endsItsFlow && (method is null || !ReturnsTask(method, model.Compilation));
    }

    /// <summary>What callers name. Functions that initialize fields are called through these.</summary>
    private static IEnumerable<ISymbol> Called(SyntaxNode function, IMethodSymbol? method, SemanticModel model, CancellationToken cancellationToken)
    {
        if (method is not null)
            return [method.AssociatedSymbol ?? method];

        return function is FieldDeclarationSyntax field ? field.Declaration.Variables.Select(variable => model.GetDeclaredSymbol(variable, cancellationToken)).OfType<ISymbol>() : [];
    }

    private async Task<bool> ReadAfterAsync(SyntaxNode call, SyntaxNode caller, SemanticModel model, bool endsItsFlow, int depth, CancellationToken cancellationToken)
    {
        if (await observation.ReadsAsync(Observation.After(call, caller), model, unknown: !endsItsFlow, cancellationToken).ConfigureAwait(false))
            return true;

        return await ReadAfterAsync(caller, model, endsItsFlow || FlowBoundary.IsAt(caller, model, cancellationToken), depth + 1, cancellationToken).ConfigureAwait(false);
    }

    private static SyntaxNode Call(SyntaxNode name)
    {
        var expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return expression.Parent is InvocationExpressionSyntax invocation ? invocation : expression;
    }

    private static bool ReturnsTask(IMethodSymbol method, Compilation compilation) => KnownSymbols.Of(compilation).IsTaskLike(method.ReturnType);
}
