using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The names under which one file declares what can be state, and the bodies that could reach it. Kept with the tree: typing in one file costs one file.</summary>
internal sealed class DeclaredNames
{
    /// <summary>The name under which indexers are found: they have none.</summary>
    public const string Indexer = "this[]";

    /// <summary>The name under which an accessor knows the field of its property.</summary>
    public const string BackingField = "field";

    private static readonly ConditionalWeakTable<SyntaxTree, DeclaredNames> Cache = new();

    private static readonly NamesInText ThreadLocals = new(["ThreadLocal", "LocalDataStoreSlot"]);

    private static readonly NamesInText Fields = new([BackingField]);

    private readonly List<DeclaredState> _state = new();
    private readonly List<DeclaredBody> _bodies = new();
    private readonly List<string> _types = new();
    private readonly List<string> _otherValues = new();

    // Most files have none of these.
    private List<string>? _structs;
    private List<string>? _anyResults;
    private List<string>? _staticUsings;
    private List<string>? _globalStaticUsings;
    private List<(string, string)>? _bases;

    private DeclaredNames(SyntaxTree tree)
    {
        if (tree.GetRoot() is CompilationUnitSyntax root)
        {
            AddUsings(root.Usings);
            AddMembers(root.Members, type: null, outermost: "");
        }
    }

    public List<DeclaredState> State => _state;

    public List<DeclaredBody> Bodies => _bodies;

    /// <summary>Names of types, aliases among them.</summary>
    public List<string> Types => _types;

    /// <summary>Types and what they derive from, aliases and what they stand for.</summary>
    public IReadOnlyCollection<(string Type, string Base)> Bases => OrNone(_bases);

    /// <summary>Fields that hold no state, and all properties: no names of types.</summary>
    public List<string> OtherValues => _otherValues;

    /// <summary>Types whose values can be changed by a call.</summary>
    public IReadOnlyCollection<string> Structs => OrNone(_structs);

    /// <summary>Methods that return what the caller has them return, a task too: <c>T Run&lt;T&gt;(Func&lt;T&gt; work)</c>.</summary>
    public IReadOnlyCollection<string> AnyResults => OrNone(_anyResults);

    /// <summary>The types whose static members this file may name without them.</summary>
    public IReadOnlyCollection<string> StaticUsings => OrNone(_staticUsings);

    /// <summary>The same for all files.</summary>
    public IReadOnlyCollection<string> GlobalStaticUsings => OrNone(_globalStaticUsings);

    public static DeclaredNames Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new DeclaredNames(t));

    private static IReadOnlyCollection<T> OrNone<T>(List<T>? list) => list is null ? Array.Empty<T>() : list;

    private void AddUsings(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var directive in usings)
        {
            if (directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) && Mention.LastNameOf(directive.Name) is { } @static)
                (directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) ? _globalStaticUsings ??= new() : _staticUsings ??= new()).Add(@static);

            if (directive.Alias is not { } alias)
                continue;

            var type = alias.Name.Identifier.ValueText;
            _types.Add(type);

            if (MentionsThreadLocal(directive.NamespaceOrType))
                _state.Add(DeclaredState.OfThreadLocal(type));

            // A class may derive from the alias.
            if (Mention.LastNameOf(directive.NamespaceOrType) is { } aliased)
                (_bases ??= new()).Add((type, aliased));
        }
    }

    private void AddMembers(SyntaxList<MemberDeclarationSyntax> members, TypeDeclarationSyntax? type, string outermost)
    {
        foreach (var member in members)
            AddMember(member, type, outermost);
    }

    private void AddMember(MemberDeclarationSyntax member, TypeDeclarationSyntax? type, string outermost)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax @namespace:
                AddUsings(@namespace.Usings);
                AddMembers(@namespace.Members, type: null, outermost: "");
                break;
            case TypeDeclarationSyntax declaration:
                AddType(declaration, type is null ? declaration.Identifier.ValueText : outermost);
                break;
            case EnumDeclarationSyntax @enum:
                _types.Add(@enum.Identifier.ValueText);
                break;
            case var _ when type is null:
                break; // unfinished code
            case FieldDeclarationSyntax field:
                AddField(field, type, outermost);
                break;
            case PropertyDeclarationSyntax property:
                AddProperty(property, type, outermost);
                AddAccessors(property.Identifier.ValueText, property, property.ExpressionBody, property.ExplicitInterfaceSpecifier, type, outermost);
                break;
            case EventDeclarationSyntax @event:
                AddAccessors(@event.Identifier.ValueText, @event, arrow: null, @event.ExplicitInterfaceSpecifier, type, outermost);
                break;
            case IndexerDeclarationSyntax indexer:
                AddAccessors(Indexer, indexer, indexer.ExpressionBody, indexer.ExplicitInterfaceSpecifier, type, outermost);
                break;
            case MethodDeclarationSyntax method when (method.Body ?? (SyntaxNode?)method.ExpressionBody) is not null:
                var name = method.Identifier.ValueText;

                // What async code does, its caller does not do. Implementations for an interface are not named.
                if (!method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ExplicitInterfaceSpecifier is null && !AsyncCode.IsTaskName(Mention.LastNameOf(method.ReturnType)))
                    AddMethod(name, ScopeOf(method.Modifiers, method.ParameterList), method, method.ParameterList, OwnerOf(method.Modifiers, type, outermost));

                if (method.ReturnType is IdentifierNameSyntax { Identifier.ValueText: var result } && IsLeftToCaller(result, method))
                    (_anyResults ??= new()).Add(name);

                if (name == nameof(IDisposable.Dispose) && method.ParameterList.Parameters.Count == 0)
                    _bodies.Add(new DeclaredBody(type.Identifier.ValueText, new Owner(type.Identifier.ValueText, outermost, MemberAccess.Anybody), BodyKind.Dispose, MemberScope.Type, method));
                break;
            case ConstructorDeclarationSyntax constructor when !constructor.Modifiers.Any(SyntaxKind.StaticKeyword):
                AddMethod(type.Identifier.ValueText, MemberScope.Constructor, constructor, constructor.ParameterList, OwnerOf(constructor.Modifiers, type, outermost));
                break;
        }
    }

    /// <summary>Whether a type is a parameter that arguments decide, or whoever made the object. A caller that has to write it names the task.</summary>
    private static bool IsLeftToCaller(string type, MethodDeclarationSyntax method)
    {
        if (Declares(method.TypeParameterList, type))
            return new NamesInText([type]).AreIn(method.ParameterList);

        for (SyntaxNode? node = method.Parent; node is TypeDeclarationSyntax around; node = node.Parent)
        {
            if (Declares(around.TypeParameterList, type))
                return true;
        }

        return false;
    }

    private static bool Declares(TypeParameterListSyntax? list, string name)
    {
        foreach (var parameter in list?.Parameters ?? default)
        {
            if (parameter.Identifier.ValueText == name)
                return true;
        }

        return false;
    }

    private void AddType(TypeDeclarationSyntax declaration, string outermost)
    {
        var name = declaration.Identifier.ValueText;
        _types.Add(name);

        if (declaration.BaseList is { } bases)
        {
            if (MentionsThreadLocal(bases))
                _state.Add(DeclaredState.OfThreadLocal(name));

            foreach (var part in bases.Types)
            {
                if (Mention.LastNameOf(part.Type) is { } @base)
                    (_bases ??= new()).Add((name, @base));
            }
        }

        if (declaration is StructDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword })
            (_structs ??= new()).Add(name);

        // They may become properties.
        foreach (var parameter in declaration.ParameterList?.Parameters ?? default)
            _otherValues.Add(parameter.Identifier.ValueText);

        AddMembers(declaration.Members, declaration, outermost);
    }

    private void AddMethod(string name, MemberScope scope, SyntaxNode node, ParameterListSyntax parameters, Owner owner)
    {
        var min = 0;
        var max = parameters.Parameters.Count;

        foreach (var parameter in parameters.Parameters)
        {
            if (parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
                max = int.MaxValue;
            else if (parameter.Default is null)
                min++;
        }

        _bodies.Add(new DeclaredBody(name, owner, BodyKind.Method, scope, node, scope == MemberScope.Extension ? min - 1 : min, max));
    }

    private void AddAccessors(
        string name, BasePropertyDeclarationSyntax member, ArrowExpressionClauseSyntax? arrow, ExplicitInterfaceSpecifierSyntax? @interface, TypeDeclarationSyntax type, string outermost)
    {
        _otherValues.Add(name);

        if (@interface is not null)
            return;

        var scope = ScopeOf(member.Modifiers, parameters: null);

        if (arrow is not null)
            _bodies.Add(new DeclaredBody(name, OwnerOf(member.Modifiers, type, outermost), BodyKind.Getter, scope, arrow));

        foreach (var accessor in member.AccessorList?.Accessors ?? default)
        {
            var kind = accessor.IsKind(SyntaxKind.GetAccessorDeclaration) ? BodyKind.Getter : BodyKind.Setter;
            var owner = OwnerOf(accessor.Modifiers.Any() ? accessor.Modifiers : member.Modifiers, type, outermost);

            if (accessor.Body is not null || accessor.ExpressionBody is not null)
                _bodies.Add(new DeclaredBody(name, owner, kind, scope, accessor));
        }
    }

    private static Owner OwnerOf(SyntaxTokenList modifiers, TypeDeclarationSyntax type, string outermost) => new(type.Identifier.ValueText, outermost, AccessOf(modifiers, type));

    private static MemberAccess AccessOf(SyntaxTokenList modifiers, TypeDeclarationSyntax type)
    {
        if (modifiers.Any(SyntaxKind.PublicKeyword) || modifiers.Any(SyntaxKind.InternalKeyword))
            return MemberAccess.Anybody;

        if (modifiers.Any(SyntaxKind.ProtectedKeyword))
            return MemberAccess.DerivedTypes;

        return type is InterfaceDeclarationSyntax ? MemberAccess.Anybody : MemberAccess.OutermostType;
    }

    private static MemberScope ScopeOf(SyntaxTokenList modifiers, ParameterListSyntax? parameters) =>
        !modifiers.Any(SyntaxKind.StaticKeyword) ? MemberScope.Instance
        : modifiers.Any(SyntaxKind.VirtualKeyword) ? MemberScope.OfTypeParameter
        : parameters?.Parameters is [{ Modifiers: var first }, ..] && first.Any(SyntaxKind.ThisKeyword) ? MemberScope.Extension
        : MemberScope.Static;

    private void AddProperty(PropertyDeclarationSyntax property, TypeDeclarationSyntax type, string outermost)
    {
        var isStatic = property.Modifiers.Any(SyntaxKind.StaticKeyword);
        var accessors = property.AccessorList?.Accessors ?? default;
        var isAuto = isStatic && accessors.Any(static accessor => accessor.Body is null && accessor.ExpressionBody is null);
        var isReplaceable = isAuto && accessors.Any(static accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration));

        // Accessors with bodies are followed into them.
        if (MentionsThreadLocal(property.Type) || (isAuto && CanChange(property.Type, isReplaceable)))
            AddState(property.Identifier, property, property.Type, isReplaceable, type, outermost);

        if (isStatic && UsesBackingField(property))
            _state.Add(new DeclaredState(BackingField, new Owner(type.Identifier.ValueText, outermost, MemberAccess.OutermostType), MemberScope.Static, StateShape.ThreadBound));
    }

    private static bool UsesBackingField(PropertyDeclarationSyntax property)
    {
        if (!Fields.AreIn(property))
            return false;

        foreach (var node in property.DescendantNodes())
        {
            if (node.RawKind == Mention.FieldExpression)
                return true;
        }

        return false;
    }

    private void AddField(FieldDeclarationSyntax field, TypeDeclarationSyntax type, string outermost)
    {
        var isStatic = field.Modifiers.Any(SyntaxKind.StaticKeyword);
        var isReplaceable = !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);

        var isState = MentionsThreadLocal(field.Declaration.Type) || (isStatic && CanChange(field.Declaration.Type, isReplaceable));

        foreach (var variable in field.Declaration.Variables)
        {
            if (isState)
                AddState(variable.Identifier, field, field.Declaration.Type, isReplaceable, type, outermost);
            else
                _otherValues.Add(variable.Identifier.ValueText);
        }
    }

    private void AddState(SyntaxToken name, MemberDeclarationSyntax member, TypeSyntax valueType, bool isReplaceable, TypeDeclarationSyntax type, string outermost)
    {
        var shape = MentionsThreadLocal(valueType) || IsThreadStatic(member) ? StateShape.ThreadBound
            : isReplaceable ? StateShape.Replaceable
            : IsCollection(valueType) ? StateShape.Collection
            : StateShape.Object;

        _state.Add(new DeclaredState(
            name.ValueText,
            OwnerOf(member.Modifiers, type, outermost),
            member.Modifiers.Any(SyntaxKind.StaticKeyword) ? MemberScope.Static : MemberScope.Instance,
            shape,
            Mention.LastNameOf(valueType)));
    }

    private bool IsThreadStatic(MemberDeclarationSyntax member)
    {
        foreach (var list in member.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (Mention.LastNameOf(attribute.Name) is { } name && (name is "ThreadStatic" or "ThreadStaticAttribute" || _bases?.Contains((name, "ThreadStaticAttribute")) == true))
                    return true;
            }
        }

        return false;
    }

    /// <summary>A value that can be replaced, or an object with parts to change. Loggers and the like stand in every file.</summary>
    private static bool CanChange(TypeSyntax type, bool isReplaceable) =>
        isReplaceable || (type is not PredefinedTypeSyntax && !(Mention.LastNameOf(type) is { } name && InfrastructureTypes.IsKnownName(name)));

    private static bool IsCollection(TypeSyntax type) => (type as NullableTypeSyntax)?.ElementType is ArrayTypeSyntax || type is ArrayTypeSyntax || Mention.LastNameOf(type) is
        "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "LinkedList" or "Collection" or "SortedList" or "SortedDictionary" or "SortedSet" or "PriorityQueue" or "OrderedDictionary";

    private static bool MentionsThreadLocal(SyntaxNode node) => ThreadLocals.AreIn(node);
}
