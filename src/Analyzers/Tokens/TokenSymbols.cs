using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Which calls make a token and which end it.</summary>
internal sealed class TokenSymbols(KnownSymbols known)
{
    public KnownSymbols Known { get; } = known;

    /// <summary>Null where nothing in the compilation can make a token.</summary>
    public static TokenSymbols? TryCreate(Compilation compilation)
    {
        var known = new KnownSymbols(compilation);

        return known.Token is null ? null : new(known);
    }

    /// <summary>Whether a call hands its caller a new token, and the duty that comes with it.</summary>
    /// <remarks>A method that returns whatever it is given or holds (<c>Stack&lt;T&gt;.Peek</c>) makes none, so its declaration decides.</remarks>
    public bool MakesToken(IInvocationOperation invocation) => KnownSymbols.Is(invocation.TargetMethod.OriginalDefinition.ReturnType, Known.Token);

    public bool IsToken(ITypeSymbol? type) => KnownSymbols.Is(type, Known.Token);

    public bool IsContextVar(ITypeSymbol? type) => KnownSymbols.Is(type, Known.ContextVar);

    public bool IsSet(IMethodSymbol method) => method.Name == "Set" && IsContextVar(method.ContainingType);

    /// <summary><c>Reset</c>, which throws where it cannot, and <c>TryReset</c>, which tells.</summary>
    public bool IsReset(IMethodSymbol method) => method.Name is "Reset" or "TryReset" && IsContextVar(method.ContainingType);

    /// <summary><c>Dispose</c> of a token, through its interface too.</summary>
    public static bool IsDispose(IMethodSymbol method) => method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true, IsStatic: false };
}
