namespace ContextAnalyzers.Tokens;

/// <summary>Where a value is set to stay: a program sets what it is for, a setter has no way to hand a token back, a context that is left takes its values along.</summary>
internal static class LastingValues
{
    public static bool AreMeant(FunctionBody function, Compilation compilation, TokenSymbols symbols)
    {
        if (function.IsSetter)
            return true;

        if (function.PassedTo is { } callee)
            return KnownSymbols.Is(callee.ContainingType, symbols.Known.Context)
                || KnownSymbols.Is(callee.ContainingType, symbols.Known.ExecutionContext)
                || ExpectsException(callee, symbols);

        return function.Method is { } method && SymbolEqualityComparer.Default.Equals(method, compilation.GetEntryPoint(default));
    }

    /// <summary>A test that a call throws: <c>Assert.Throws&lt;InvalidOperationException&gt;(() => v.Set(x))</c>.</summary>
    private static bool ExpectsException(IMethodSymbol callee, TokenSymbols symbols)
    {
        foreach (var argument in callee.TypeArguments)
        {
            for (var type = argument; type is not null; type = type.BaseType)
            {
                if (KnownSymbols.Is(type, symbols.Known.Exception))
                    return true;
            }
        }

        return false;
    }
}
