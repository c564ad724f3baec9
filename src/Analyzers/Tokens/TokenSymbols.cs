using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Which calls make a token and which end it.</summary>
internal sealed class TokenSymbols
{
    private const string LookAlikesOption = "dotnet_code_quality.CTX101.additional_set_methods";

    public TokenSymbols(Compilation compilation, AnalyzerOptions options)
    {
        Known = KnownSymbols.Of(compilation);
        LookAlikes = FindLookAlikes(compilation, options);
    }

    public KnownSymbols Known { get; }

    /// <summary>Methods of other libraries that hand out a disposable for what they set.</summary>
    public ImmutableHashSet<ISymbol> LookAlikes { get; }

    /// <summary>Whether anything in the compilation can make a token.</summary>
    public bool CanMakeTokens => Known.Token.Exists || !LookAlikes.IsEmpty;

    /// <summary>Whether a call hands its caller a new token, and the duty that comes with it.</summary>
    /// <remarks>A method that returns whatever it is given or holds (<c>Stack&lt;T&gt;.Peek</c>) makes none, so its declaration decides.</remarks>
    public bool MakesToken(IMethodSymbol method) =>
        Known.Token.Is(method.OriginalDefinition.ReturnType) || LookAlikes.Contains((method.ReducedFrom ?? method).OriginalDefinition);

    public bool IsToken(ITypeSymbol? type) => Known.Token.Is(type);

    public bool IsContextVar(ITypeSymbol? type) => Known.ContextVar.Is(type);

    public bool IsSet(IMethodSymbol method) => method.Name == "Set" && IsContextVar(method.ContainingType);

    /// <summary><c>Reset</c>, which throws where it cannot, and <c>TryReset</c>, which tells.</summary>
    public bool IsReset(IMethodSymbol method) => method.Name is "Reset" or "TryReset" && IsContextVar(method.ContainingType);

    /// <summary><c>Dispose</c> of a token, through its interface too.</summary>
    public static bool IsDispose(IMethodSymbol method) => method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true, IsStatic: false };

    /// <summary>The token that a call resets, if it does.</summary>
    public IOperation? TokenResetBy(IInvocationOperation invocation) =>
        IsReset(invocation.TargetMethod) && invocation.Arguments is [{ Value: var token }] ? token
        : IsDispose(invocation.TargetMethod) && IsToken(invocation.TargetMethod.ContainingType) ? invocation.Instance
        : null;

    /// <summary>A method as messages name it: <c>Task.Run</c>, or <c>Thread</c> for its constructor.</summary>
    public static string NameOf(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : $"{method.ContainingType.Name}.{method.Name}";

    /// <summary>By documentation ID. One file that names them is enough for the project.</summary>
    private static ImmutableHashSet<ISymbol> FindLookAlikes(Compilation compilation, AnalyzerOptions options)
    {
        var methods = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        string? last = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            // Nearly always the same text as that of the file before.
            if (!options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(LookAlikesOption, out var ids) || ids == last)
                continue;

            last = ids;
            foreach (var id in ids.Split('|'))
                methods.UnionWith(DocumentationCommentId.GetSymbolsForDeclarationId(id.Trim(), compilation));
        }

        return methods.ToImmutable();
    }
}
