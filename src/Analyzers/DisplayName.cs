namespace ContextAnalyzers;

/// <summary>Members as messages name them: as they are declared, without the type or interface they belong to.</summary>
internal static class DisplayName
{
    private static readonly SymbolDisplayFormat Format = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters, miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static string Of(ISymbol member) => member is IPropertySymbol { IsIndexer: true } ? "this[]" : member.ToDisplayString(Format);
}
