using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>What is to be known of those who call a function that writes, to tell whether they would still have the value in a flow variable.</summary>
internal sealed class Callers(Solution solution, Observation observation)
{
    private const int MaxDepth = 4;

    private readonly HashSet<SyntaxNode> _visited = [];

    /// <summary>Whether a static constructor, or what initializes a static member, runs the function: the flow that came first has the value then, and no other.</summary>
    public async Task<bool> IsRunByTypeAsync(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        _visited.Clear();

        return await IsRunByTypeAsync(function, model, 0, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsRunByTypeAsync(SyntaxNode function, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        if (FlowBoundary.IsOfType(function))
            return true;

        if (depth == MaxDepth || !_visited.Add(function) || FlowBoundary.IsAt(function, model, cancellationToken))
            return false;

        // Whatever a lambda is handed to may run it at once.
        if (function is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax argument })
            return await IsRunByTypeAsync(Function.Of(argument), model, depth, cancellationToken).ConfigureAwait(false);

        foreach (var (name, callerModel) in await CallersOfAsync(function, model, cancellationToken).ConfigureAwait(false))
        {
            if (name is not null && !IsInNameof(name) && await IsRunByTypeAsync(Function.Of(name), callerModel!, depth + 1, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private static bool IsInNameof(SyntaxNode name) =>
        name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    /// <summary>Whether those who call a function read, afterwards, what it has written: a value that a flow variable would have lost by then.</summary>
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

        var found = false;
        foreach (var (name, callerModel) in await CallersOfAsync(function, model, cancellationToken).ConfigureAwait(false))
        {
            if (name is null)
                return true;

            found = true;
            if (await ReadAfterAsync(Call(name), Function.Of(name), callerModel!, endsItsFlow, depth, cancellationToken).ConfigureAwait(false))
                return true;
        }

        // Without a caller in sight, a synchronous function may be one half of a pair: the value is for whoever comes next.
        return !found && !endsItsFlow && (FlowBoundary.Symbol(function, model, cancellationToken) is not { } method || !ReturnsTask(method, model.Compilation));
    }

    /// <summary>Where a function is named; null for what cannot be looked at: generated code, and that of other languages.</summary>
    private async Task<List<(SyntaxNode? Name, SemanticModel? Model)>> CallersOfAsync(SyntaxNode function, SemanticModel model, CancellationToken cancellationToken)
    {
        var names = new List<(SyntaxNode?, SemanticModel?)>();
        foreach (var called in Called(function, FlowBoundary.Symbol(function, model, cancellationToken), model, cancellationToken))
        {
            foreach (var location in (await SymbolFinder.FindReferencesAsync(called, solution, cancellationToken).ConfigureAwait(false)).SelectMany(static reference => reference.Locations))
            {
                if (location.Document is SourceGeneratedDocument || location.Document.Project.Language != LanguageNames.CSharp)
                {
                    names.Add((null, null));
                    continue;
                }

                var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                var name = root!.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (!name.IsPartOfStructuredTrivia())
                    names.Add((name, await location.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false)));
            }
        }

        return names;
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
