using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The names under which one file declares what can be state, and the bodies that could reach it. Kept with the tree: typing in one file costs one file.</summary>
internal sealed class DeclaredNames
{
    /// <summary>The name under which indexers are found: they have none.</summary>
    public const string Indexer = "this[]";

    private static readonly ConditionalWeakTable<SyntaxTree, DeclaredNames> Cache = new();

    private readonly HashSet<(string Name, string? Type)> _state = new();
    private readonly HashSet<string> _holders = new();
    private readonly List<(string, SyntaxNode)> _bodies = new();

    private DeclaredNames(SyntaxTree tree)
    {
        if (tree.GetRoot() is CompilationUnitSyntax root)
        {
            AddAliases(root.Usings);
            AddMembers(root.Members, type: null, outermost: null);
        }
    }

    /// <summary>Names of state, each with the outermost type outside which nobody can use it; null if anybody can.</summary>
    public IEnumerable<(string Name, string? Type)> State => _state;

    /// <summary>Names of readonly statics that hold an object with parts to write.</summary>
    public IEnumerable<string> Holders => _holders;

    public IReadOnlyList<(string Name, SyntaxNode Body)> Bodies => _bodies;

    public static DeclaredNames Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new DeclaredNames(t));

    private void AddAliases(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var directive in usings)
        {
            if (directive.Alias is { } alias && directive.Name is { } name && MentionsThreadLocal(name))
                _state.Add((alias.Name.Identifier.ValueText, null));
        }
    }

    private void AddMembers(SyntaxList<MemberDeclarationSyntax> members, TypeDeclarationSyntax? type, string? outermost)
    {
        foreach (var member in members)
            AddMember(member, type, outermost);
    }

    private void AddMember(MemberDeclarationSyntax member, TypeDeclarationSyntax? type, string? outermost)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax @namespace:
                AddAliases(@namespace.Usings);
                AddMembers(@namespace.Members, type: null, outermost: null);
                break;
            case TypeDeclarationSyntax declaration:
                if (declaration.BaseList is { } bases && MentionsThreadLocal(bases))
                    _state.Add((declaration.Identifier.ValueText, null));

                AddMembers(declaration.Members, declaration, outermost ?? declaration.Identifier.ValueText);
                break;
            case FieldDeclarationSyntax field:
                AddField(field, type, outermost);
                break;
            case PropertyDeclarationSyntax property:
                AddProperty(property, type, outermost);

                _bodies.Add((property.Identifier.ValueText, property));
                break;
            case IndexerDeclarationSyntax:
                _bodies.Add((Indexer, member));
                break;
            case MethodDeclarationSyntax method:
                _bodies.Add((method.Identifier.ValueText, method));

                // A using statement calls Dispose without naming it; what it names is the type.
                if (method.Identifier.ValueText is "Dispose" or "DisposeAsync" && type is not null)
                    _bodies.Add((type.Identifier.ValueText, method));
                break;
            case BaseMethodDeclarationSyntax when type is not null:
                _bodies.Add((type.Identifier.ValueText, member));
                break;
        }
    }

    private void AddProperty(PropertyDeclarationSyntax property, TypeDeclarationSyntax? type, string? outermost)
    {
        if (HoldsState(property, type) || MentionsThreadLocal(property.Type))
            _state.Add((property.Identifier.ValueText, Scope(property.Modifiers, type, outermost)));
        else if (IsStatic(property.Modifiers, type) && property.AccessorList is not null && CanChange(property.Type))
            _holders.Add(property.Identifier.ValueText);
    }

    private void AddField(FieldDeclarationSyntax field, TypeDeclarationSyntax? type, string? outermost)
    {
        var isThreadLocal = MentionsThreadLocal(field.Declaration.Type);

        if (!isThreadLocal && (!IsStatic(field.Modifiers, type) || field.Modifiers.Any(SyntaxKind.ConstKeyword)))
            return;

        var isReadOnly = field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);

        if (isReadOnly && !CanChange(field.Declaration.Type))
            return;

        foreach (var variable in field.Declaration.Variables)
        {
            if (isReadOnly && !isThreadLocal && !IsCollection(field.Declaration.Type))
                _holders.Add(variable.Identifier.ValueText);
            else
                _state.Add((variable.Identifier.ValueText, Scope(field.Modifiers, type, outermost)));
        }
    }

    private static string? Scope(SyntaxTokenList modifiers, TypeDeclarationSyntax? type, string? outermost)
    {
        foreach (var modifier in modifiers)
        {
            if (modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword)
                return null;
        }

        return type is InterfaceDeclarationSyntax ? null : outermost;
    }

    private static bool IsStatic(SyntaxTokenList modifiers, TypeDeclarationSyntax? type) =>
        modifiers.Any(SyntaxKind.StaticKeyword) && type is not null;

    /// <summary>A static auto-property, or one that uses <c>field</c>.</summary>
    private static bool HoldsState(PropertyDeclarationSyntax property, TypeDeclarationSyntax? type)
    {
        if (!IsStatic(property.Modifiers, type) || property.AccessorList is not { } accessors)
            return false;

        var isSettable = false;
        var isAuto = false;

        foreach (var accessor in accessors.Accessors)
        {
            isSettable |= !accessor.IsKind(SyntaxKind.GetAccessorDeclaration);
            isAuto |= accessor.Body is null && accessor.ExpressionBody is null;
        }

        return isAuto && (isSettable || IsCollection(property.Type));
    }

    /// <summary>A type of which a readonly field can hold something that changes. Loggers and the like stand in every file.</summary>
    private static bool CanChange(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax => false,
        NullableTypeSyntax nullable => CanChange(nullable.ElementType),
        QualifiedNameSyntax qualified => CanChange(qualified.Right),
        SimpleNameSyntax name => !InfrastructureTypes.IsKnownName(name.Identifier.ValueText),
        _ => true,
    };

    private static bool IsCollection(TypeSyntax type) => type switch
    {
        ArrayTypeSyntax => true,
        NullableTypeSyntax nullable => IsCollection(nullable.ElementType),
        QualifiedNameSyntax qualified => IsCollection(qualified.Right),
        SimpleNameSyntax { Identifier.ValueText: var name } => name is "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "LinkedList" or "Collection"
            or "SortedList" or "SortedDictionary" or "SortedSet" or "PriorityQueue" or "OrderedDictionary",
        _ => false,
    };

    private static bool MentionsThreadLocal(SyntaxNode node)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.ValueText is "ThreadLocal" or "LocalDataStoreSlot")
                return true;
        }

        return false;
    }
}
