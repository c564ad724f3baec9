namespace ContextAnalyzers.State;

/// <summary>The collections of the framework that are not safe when several flows change them.</summary>
internal static class MutableCollections
{
    public static bool IsChangedBy(IMethodSymbol method) => Is(method.ContainingType) && Changes(method.Name);

    /// <summary>By namespace: the thread-safe, immutable and frozen ones have their own. An interface may hide one of these.</summary>
    public static bool Is(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, ContainingNamespace: { Name: "Generic" or "ObjectModel" or "Specialized", ContainingNamespace: { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } };

    public static bool Changes(string method) => TakesOut(method) || method is
        "Add" or "AddRange" or "AddFirst" or "AddLast" or "AddBefore" or "AddAfter" or "TryAdd" or "Insert" or "InsertRange"
        or "Enqueue" or "Push" or "Sort" or "Reverse"
        or "UnionWith" or "ExceptWith" or "IntersectWith" or "SymmetricExceptWith";

    public static bool TakesOut(string method) => method is
        "Remove" or "RemoveAt" or "RemoveAll" or "RemoveRange" or "RemoveFirst" or "RemoveLast" or "RemoveWhere" or "Clear"
        or "Dequeue" or "TryDequeue" or "Pop" or "TryPop";
}
