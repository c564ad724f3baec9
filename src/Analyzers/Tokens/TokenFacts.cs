using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>What the token rules decide from: read once per file and computed once per body, whichever rule asks first.</summary>
internal sealed class TokenFacts
{
    private static readonly ConditionalWeakTable<Compilation, TokenFacts> Cache = new();

    private readonly Lazy<NamesInText> _names;
    private readonly Lazy<bool> _ownResets;
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<TokenFlow>> _flows = new();

    private TokenFacts(Compilation compilation, AnalyzerOptions options)
    {
        Symbols = new TokenSymbols(compilation, options);
        _names = new(() => new NamesInText([
            .. TokenMakers.In(compilation, Symbols.Known.Token, CancellationToken.None),
            .. Symbols.LookAlikes.Select(static method => method.Name),
            "Reset", "TryReset", "Dispose",
        ]));
        _ownResets = new(() => compilation.ContainsSymbolsWithName("Set", SymbolFilter.Member) && compilation.ContainsSymbolsWithName("Reset", SymbolFilter.Member));
    }

    public TokenSymbols Symbols { get; }

    public static TokenFacts Of(Compilation compilation, AnalyzerOptions options) => Cache.GetValue(compilation, c => new TokenFacts(c, options));

    /// <summary>The bodies of a file that make a token, or reset one where that may be too late.</summary>
    public ImmutableArray<TokenFlow> FlowsIn(SemanticModel model, CancellationToken cancellationToken) =>
        !_names.Value.AreIn(model.SyntaxTree) ? ImmutableArray<TokenFlow>.Empty
        : _flows.TryGetValue(model.SyntaxTree, out var flows) ? flows
        : _flows.GetOrAdd(model.SyntaxTree, Read(model, cancellationToken).ToImmutableArray());

    private IEnumerable<TokenFlow> Read(SemanticModel model, CancellationToken cancellationToken)
    {
        HashSet<SyntaxNode>? roots = null;
        foreach (var name in _names.Value.In(model.SyntaxTree, cancellationToken))
        {
            if (name.Parent is not SimpleNameSyntax called || CallOf(called) is not { } call || !MayMatter(call, called) || PlainScope.IsMadeBy(call, _ownResets))
                continue;

            // The compiler has bound the body by now. Its symbol alone would make it bind the statement once more.
            if (model.GetOperation(call, cancellationToken) is not IInvocationOperation { TargetMethod: var method } operation || !IsAboutTokens(method))
                continue;

            IOperation root = operation;
            while (root.Parent is { } parent)
                root = parent;

            if ((roots ??= []).Add(root.Syntax)
                && TokenFlow.Of(root, EnclosingMember.Of(call, model, cancellationToken) as IMethodSymbol, Symbols, BodyGraphs.Of(model.Compilation), cancellationToken) is { } flow)
            {
                yield return flow;
            }
        }
    }

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Name == name => call,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    /// <summary>A reset is of interest on its own only where it stands in a flow that may not be the one of the Set.</summary>
    private static bool MayMatter(InvocationExpressionSyntax call, SimpleNameSyntax name) => name.Identifier.ValueText is not ("Reset" or "TryReset" or "Dispose") || IsInOtherFunction(call);

    private bool IsAboutTokens(IMethodSymbol method) => Symbols.MakesToken(method) || Symbols.IsReset(method) || (TokenSymbols.IsDispose(method) && Symbols.IsToken(method.ContainingType));

    private static bool IsInOtherFunction(SyntaxNode call)
    {
        for (var node = call.Parent; node is not (null or MemberDeclarationSyntax); node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return true;
        }

        return call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: "DisposeAsync" or "DisposeAsyncCore" };
    }
}
