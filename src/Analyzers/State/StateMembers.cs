using System.Collections.Concurrent;

namespace ContextAnalyzers.State;

/// <summary>Tells which symbols are state, and of what kind. One object per symbol, so that facts compare by reference.</summary>
internal sealed class StateMembers(KnownSymbols symbols)
{
    private readonly ConcurrentDictionary<ISymbol, StateMember?> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, StateMember> _threadLocals = new(SymbolEqualityComparer.Default);

    /// <summary>The state behind a field or an auto-property; null for everything else.</summary>
    public StateMember? Of(ISymbol symbol)
    {
        symbol = Declared(symbol);

        return _members.TryGetValue(symbol, out var member) ? member : _members.GetOrAdd(symbol, Classify(symbol));
    }

    /// <summary>The state in the ThreadLocal that a field, property, local or parameter holds; or the thread slot it names.</summary>
    public StateMember OfThreadLocal(ISymbol holder) =>
        _threadLocals.GetOrAdd(holder.OriginalDefinition, static s => new StateMember(s, StateKind.ThreadLocal, isReadOnly: false));

    /// <summary>What the thread that runs is set to.</summary>
    public StateMember? OfCurrentThread(IPropertySymbol property) =>
        symbols.Thread.Is(property.ContainingType) && property.Name is "Name" or "Priority" or "IsBackground"
            ? _threadLocals.GetOrAdd(property, static s => new StateMember(s, StateKind.Thread, isReadOnly: false))
            : null;

    /// <summary>The thread-bound state that a field or auto-property declares.</summary>
    public StateMember? OfThreadBound(ISymbol declared) =>
        FieldOf(declared) is not { IsStatic: true } field ? null
        : IsThreadLocal(field.Type) ? OfThreadLocal(declared)
        : Of(declared) is { IsThreadBound: true } state ? state
        : null;

    /// <summary>The field itself, or the one behind an auto-property.</summary>
    public static IFieldSymbol? FieldOf(ISymbol declared) => declared as IFieldSymbol ?? (declared is IPropertySymbol property ? BackingField(property) : null);

    public bool IsThreadLocal(ITypeSymbol? type) => ValueTypeOf(type) is not null;

    /// <summary>What a <c>ThreadLocal&lt;T&gt;</c> or a subclass of it holds; null for other types.</summary>
    public ITypeSymbol? ValueTypeOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (symbols.ThreadLocal.Is(type))
                return ((INamedTypeSymbol)type).TypeArguments[0];
        }

        return null;
    }

    /// <summary>Whether a field carries exactly [ThreadStatic]: the runtime ignores attributes derived from it.</summary>
    public bool IsThreadStatic(IFieldSymbol field)
    {
        if (!field.IsStatic)
            return false;

        foreach (var attribute in field.GetAttributes())
        {
            if (symbols.ThreadStaticAttribute.Is(attribute.AttributeClass))
                return true;
        }

        return false;
    }

    /// <summary>A backing field is its property: that is what people see and what a finding points at.</summary>
    private static ISymbol Declared(ISymbol symbol) =>
        ((symbol as IFieldSymbol)?.AssociatedSymbol as IPropertySymbol ?? symbol).OriginalDefinition;

    private StateMember? Classify(ISymbol symbol)
    {
        if (FieldOf(symbol) is not { IsStatic: true, IsConst: false } field || IsCarriedByOtherMeans(field.Type))
            return null;

        var isReadOnly = field.IsReadOnly || symbol is IPropertySymbol { SetMethod: null };

        if (IsThreadStatic(field))
            return new StateMember(symbol, StateKind.ThreadStatic, isReadOnly);

        if (field.IsReadOnly && (field.Type.IsValueType || field.Type.SpecialType == SpecialType.System_String))
            return null;

        return new StateMember(symbol, StateKind.Static, isReadOnly);
    }

    /// <summary>What the field holds is itself a variable per thread or per flow.</summary>
    public bool IsCarriedByOtherMeans(ITypeSymbol type) =>
        IsThreadLocal(type) || symbols.AsyncLocal.Is(type) || symbols.ContextVar.Is(type);

    private static IFieldSymbol? BackingField(IPropertySymbol property)
    {
        if (!property.IsStatic || property.IsIndexer)
            return null;

        // As the compiler names it: there is no other way from a property to its field than through all members.
        foreach (var member in property.ContainingType.GetMembers($"<{property.Name}>k__BackingField"))
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
                return field;
        }

        return null;
    }
}
