namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Whether the object behind a value can change, and so be changed by every flow that inherits it.</summary>
internal static class Mutability
{
    private static readonly ImmutableHashSet<string> Workpieces = ImmutableHashSet.Create(
        "System.Text.StringBuilder", "System.Random", "System.IO.Stream", "System.IO.TextWriter", "System.IO.TextReader", "System.Security.Cryptography.HashAlgorithm");

    /// <summary>Buffers, builders, generators and collections: one thread works with them at a time, so each thread has its own.</summary>
    public static bool IsScratchObject(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is INamedTypeSymbol { IsGenericType: false } named && Workpieces.Contains(named.ToDisplayString(NameOnly)))
                return true;
        }

        return type.SpecialType != SpecialType.System_String && !IsImmutableCollection(type) && type.AllInterfaces.Prepend(type)
            .Any(static implemented => implemented.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T
                || implemented.ToDisplayString(NameOnly) is "System.Collections.ICollection" or "System.Collections.IList" or "System.Collections.IDictionary");
    }

    /// <summary>A class whose instances can be changed by those who hold one.</summary>
    public static bool IsMutableReference(ITypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || type.SpecialType is SpecialType.System_String)
            return false;

        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsReadOnly: false, IsConst: false, IsImplicitlyDeclared: false }
                    or IPropertySymbol { IsStatic: false, SetMethod: { IsInitOnly: false } })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsImmutableCollection(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "System.Collections.Immutable" or "System.Collections.Frozen";

    private static readonly SymbolDisplayFormat NameOnly = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);
}
