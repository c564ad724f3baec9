using ContextAnalyzers.State;

namespace ContextAnalyzers;

/// <summary>The types of the framework whose objects change in place and are not meant for several threads.</summary>
internal static class MutableTypes
{
    public static bool Contains(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol => true,
        { TypeKind: not TypeKind.Class } => false,
        { Name: "StringBuilder", ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } } => true,
        { Name: "MemoryStream", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } } => true,
        { Name: "ArrayList" or "Hashtable" or "Queue" or "Stack" or "SortedList" or "BitArray", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } => true,
        _ => MutableCollections.Is(type) && !type.Name.StartsWith("ReadOnly", StringComparison.Ordinal),
    };

    /// <summary>Whether a method of such a type changes the object, going by the names that the framework gives such methods.</summary>
    public static bool Changes(string method) =>
        MutableCollections.Changes(method) || method is "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Replace" or "Write" or "WriteByte" or "SetLength" or "Set" or "SetAll";
}
