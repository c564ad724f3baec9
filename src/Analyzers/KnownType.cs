namespace ContextAnalyzers;

/// <summary>A type that the rules know by its name; the compilation may not have it, and then nothing is of it.</summary>
/// <remarks>To find a type, or that there is none, the compiler asks all references. That is put off until something of the same simple name is met.</remarks>
internal sealed class KnownType(Compilation compilation, string metadataName)
{
    private readonly int _start = metadataName.LastIndexOf('.') + 1;
    private readonly int _end = metadataName.IndexOf('`') is >= 0 and var arity ? arity : metadataName.Length;
    private INamedTypeSymbol? _symbol;
    private bool _isLookedUp;

    /// <summary>Null if the compilation has no such type, or several.</summary>
    public INamedTypeSymbol? Symbol
    {
        get
        {
            if (!Volatile.Read(ref _isLookedUp))
            {
                _symbol = compilation.GetTypeByMetadataName(metadataName);
                Volatile.Write(ref _isLookedUp, true);
            }

            return _symbol;
        }
    }

    public bool Exists => Symbol is not null;

    /// <summary>Whether a type is the known one, or a construction of it.</summary>
    public bool Is(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: var name }
        && name.Length == _end - _start
        && string.CompareOrdinal(name, 0, metadataName, _start, name.Length) == 0
        && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, Symbol);
}
