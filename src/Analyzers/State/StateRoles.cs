using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>What a thread-bound member is for, as its own type uses it: ambient state of a flow, or a thread's own cache, buffer or counter.</summary>
internal sealed class StateRoles(Compilation compilation, StateServices services)
{
    private readonly ConcurrentDictionary<StateMember, bool> _ambient = new();
    private readonly ConcurrentDictionary<StateMember, bool> _offered = new();
    private readonly ConcurrentDictionary<StateMember, bool> _memos = new();

    /// <summary>Somebody sets it to a value of his own, for others to read.</summary>
    public bool IsAmbient(StateMember member) => _ambient.GetOrAdd(member, Compute);

    /// <summary>The same, and others get at it: a library's ambient state, wherever the async code is that uses it.</summary>
    public bool IsOfferedAsAmbient(StateMember member) => _offered.GetOrAdd(member, ComputeOffered);

    /// <summary>Everybody who uses it first compares it with what he needs, and replaces it: whichever thread he is on, it is right for him.</summary>
    public bool IsMemo(StateMember member) => _memos.GetOrAdd(member, ComputeMemo);

    /// <summary>All that the type that declares a member, and the types in it, do to the member; one list per function.</summary>
    private IEnumerable<(IMethodSymbol? Function, List<Access> Accesses)> UsesInItsType(StateMember member)
    {
        var type = member.Symbol.ContainingType;

        while (type.ContainingType is { } outer)
            type = outer;

        foreach (var declaration in type.DeclaringSyntaxReferences)
        {
            // A project that this one refers to has syntax too, but its bodies are not for us to bind.
            if (!compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                yield break;

            foreach (var body in MemberBodies.In(declaration.GetSyntax()))
            {
                if (!Names(body, member.Symbol.Name))
                    continue;

                foreach (var use in UsesIn(body, member))
                    yield return use;
            }
        }
    }

    private bool ComputeOffered(StateMember member)
    {
        if (IsScratch(ValueType(member.Symbol)))
            return false;

        // An auto-property needs no code of its own to be set and read by others.
        var isOpen = member.Symbol is IPropertySymbol { GetMethod.DeclaredAccessibility: > Accessibility.Private, SetMethod.DeclaredAccessibility: > Accessibility.Private };
        var isSet = isOpen && member.Kind == StateKind.ThreadStatic;
        var isRead = isSet;

        foreach (var (function, accesses) in UsesInItsType(member))
        {
            if (IsTaken(accesses))
                return false;

            foreach (var access in accesses)
            {
                if (access.IsCounted)
                    return false;

                isSet |= access.Kind == AccessKind.Write && !access.IsGuarded && IsVisible(function) && (access.Origin.DependsOnCaller || (access.Origin.Kinds & OriginKinds.This) != 0);
                isRead |= access.Kind == AccessKind.Read && IsVisible(function);
            }
        }

        return isSet && isRead;
    }

    private bool ComputeMemo(StateMember member)
    {
        if (member.Symbol.DeclaredAccessibility > Accessibility.Private)
            return false;

        var isUsed = false;

        foreach (var (_, accesses) in UsesInItsType(member))
        {
            if (accesses.TrueForAll(static access => access.Kind == AccessKind.Restore))
                continue;

            if (!accesses.Exists(static access => access.IsCompared) || accesses.Exists(static access => access is { Kind: AccessKind.Write or AccessKind.Update, IsCompared: false }))
                return false;

            isUsed = true;
        }

        return isUsed;
    }

    private static bool IsVisible(IMethodSymbol? function) => function is not null && function.DeclaredAccessibility != Accessibility.Private;

    private ITypeSymbol? ValueType(ISymbol symbol)
    {
        var type = (symbol as IFieldSymbol)?.Type ?? (symbol as IPropertySymbol)?.Type;

        return services.Members.ValueTypeOf(type) ?? type;
    }

    /// <summary>Buffers and generators: a thread has its own so as not to share.</summary>
    private static bool IsScratch(ITypeSymbol? type) =>
        type is null or IArrayTypeSymbol or IPointerTypeSymbol || (type.Name is "StringBuilder" or "Random" or "MemoryStream" or "Stopwatch" && type.ContainingNamespace?.Name is "System" or "Text" or "IO" or "Diagnostics");

    private bool Compute(StateMember member)
    {
        var isSetByFlow = false;
        var isFilledLazily = HasFactory(member.Symbol);

        foreach (var (_, accesses) in UsesInItsType(member))
        {
            if (IsTaken(accesses))
                return false;

            foreach (var access in accesses)
            {
                isSetByFlow |= access.Kind == AccessKind.Write && !access.IsCounted && (access.Origin.DependsOnFlow || (access.Origin.Kinds & OriginKinds.This) != 0);
                isFilledLazily |= access.Kind == AccessKind.LazyInitialization;
            }
        }

        return isSetByFlow || (!isFilledLazily && member.Symbol.DeclaredAccessibility > Accessibility.Private && !member.IsReadOnly);
    }

    /// <summary>The object is taken out and the place left empty: a pool of one.</summary>
    private static bool IsTaken(List<Access> accesses) =>
        accesses.Exists(static access => access.Kind is AccessKind.Read or AccessKind.LazyInitialization)
        && accesses.Exists(static access => access is { Kind: AccessKind.Restore, Origin.IsDefault: true, IsOfObject: false })
        && !accesses.Exists(static access => access.ChangesMember);

    /// <summary><c>new ThreadLocal&lt;T&gt;(() => …)</c>: each thread makes its own.</summary>
    private static bool HasFactory(ISymbol symbol)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var initializer = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };

            if (initializer is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: not LiteralExpressionSyntax }, ..] })
                return true;
        }

        return false;
    }

    private IEnumerable<(IMethodSymbol?, List<Access>)> UsesIn(SyntaxNode body, StateMember member)
    {
        var model = services.Callees.ModelOf(body.SyntaxTree);
        var symbol = MemberBodies.SymbolOf(body, model, default);

        if (symbol is IMethodSymbol accessor && ForwardingAccessor.TryRead(accessor, body, services, out var forwarded))
        {
            if (forwarded?.Member == member)
                yield return (accessor, [forwarded]);

            yield break;
        }

        if (model.GetOperation(body) is not { } operation || services.Callees.GraphOf(operation, symbol, default) is not { } graph)
            yield break;

        var reader = new EventReader(graph, services, budget: 0);

        foreach (var function in graph.Functions)
        {
            foreach (var (accessed, accesses) in Effects.ByMember(reader.Read(function, default)))
            {
                if (accessed == member)
                    yield return (function.Function, accesses);
            }
        }
    }

    /// <summary>An auto-property may be named by <c>field</c>.</summary>
    private static bool Names(SyntaxNode body, string name)
    {
        for (var words = new WordReader(FileText.Of(body.SyntaxTree).Characters, body.Span); words.Read();)
        {
            if (words.Is(name) || words.Is(DeclaredNames.BackingField))
                return true;
        }

        return false;
    }
}
