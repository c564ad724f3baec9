namespace ContextAnalyzers;

/// <summary>The types the rules are about, resolved once per compilation. A type the compilation does not have is null and matches nothing.</summary>
internal sealed class KnownSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? ThreadStaticAttribute { get; } = compilation.GetTypeByMetadataName("System.ThreadStaticAttribute");
    public INamedTypeSymbol? ThreadLocal { get; } = compilation.GetTypeByMetadataName("System.Threading.ThreadLocal`1");
    public INamedTypeSymbol? AsyncLocal { get; } = compilation.GetTypeByMetadataName("System.Threading.AsyncLocal`1");
    public INamedTypeSymbol? ContextVar { get; } = compilation.GetTypeByMetadataName("ContextVars.ContextVar`1");
    public INamedTypeSymbol? Token { get; } = compilation.GetTypeByMetadataName("ContextVars.Token`1");

    /// <summary>Task, ValueTask or one of their generic forms: what code that goes on later returns.</summary>
    public bool IsTaskLike(ITypeSymbol? type) =>
        Is(type, Task) || Is(type, TaskOfT) || Is(type, ValueTask) || Is(type, ValueTaskOfT);

    /// <summary>Whether a type is the known one, or a construction of it.</summary>
    public static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
