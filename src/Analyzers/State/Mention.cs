using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>Where a name stands, which tells what it cannot mean.</summary>
internal enum MentionKind
{
    /// <summary>On its own: something in scope.</summary>
    Bare,

    /// <summary>After a name: a static member if that names a type.</summary>
    Qualified,

    /// <summary>After another expression, or in an initializer or a pattern: a member of an object.</summary>
    OfObject,
}

/// <summary>What is done to the thing named, as far as syntax tells.</summary>
internal enum MentionUse
{
    Other,

    /// <summary>It, or a part of it, is assigned to.</summary>
    Assigned,

    /// <summary>An element of it is assigned to, a method is called on it that changes collections, or a span is made of it.</summary>
    Changed,

    /// <summary>Its <c>Value</c> is used, as that of a ThreadLocal is.</summary>
    Unwrapped,

    /// <summary>It only says where to look for the name after it.</summary>
    Qualifier,
}

/// <summary>A name in a body. Read from syntax alone: what it means is asked only where it could mean state.</summary>
/// <param name="Name">The name; <see cref="DeclaredNames.Indexer"/> for an element access.</param>
/// <param name="Kind">Where it stands.</param>
/// <param name="Qualifier">The name before it.</param>
/// <param name="Arguments">How many arguments it is called with; -1 if it is not called.</param>
/// <param name="Use">What is done to it.</param>
internal readonly record struct Mention(string Name, MentionKind Kind, string? Qualifier, int Arguments, MentionUse Use)
{
    /// <summary>The keyword <c>field</c> in an accessor, as compilers that know it call it.</summary>
    public const int FieldExpression = 8757;

    /// <summary>All names in a body that mean something to somebody.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isKnown">Whether a name means something.</param>
    /// <param name="isLeftOut">Whether a lambda is of no interest.</param>
    public static IEnumerable<Mention> In(SyntaxNode body, Func<string, bool> isKnown, Func<AnonymousFunctionExpressionSyntax, bool> isLeftOut)
    {
        foreach (var node in body.DescendantNodesAndSelf(node => node == body || !(IsNoUse(node) || (node is AnonymousFunctionExpressionSyntax lambda && isLeftOut(lambda)))))
        {
            switch (node)
            {
                case SimpleNameSyntax name when !IsNoUse(name) && (isKnown(name.Identifier.ValueText) || IsPartOfName(name)):
                    yield return Of(name);
                    break;
                case ExpressionSyntax { RawKind: FieldExpression } when isKnown(DeclaredNames.BackingField):
                    yield return new Mention(DeclaredNames.BackingField, MentionKind.Bare, null, -1, UseOf(node));
                    break;
                case ConstructorInitializerSyntax initializer when TypeOf(initializer) is { } name && isKnown(name):
                    yield return new Mention(name, MentionKind.Bare, null, initializer.ArgumentList.Arguments.Count, MentionUse.Other);
                    break;
                case ImplicitObjectCreationExpressionSyntax creation when LastNameOf(TypeOf(creation)) is { } name && isKnown(name):
                    yield return new Mention(name, MentionKind.Bare, null, creation.ArgumentList.Arguments.Count, MentionUse.Other);
                    break;
                case ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax when isKnown(DeclaredNames.Indexer):
                    yield return new Mention(DeclaredNames.Indexer, MentionKind.OfObject, null, -1, UseOf(node));
                    break;
            }
        }
    }

    private static bool IsNoUse(SyntaxNode node) => node is AttributeListSyntax or TypeSyntax { Parent: MemberDeclarationSyntax };

    /// <summary>What <c>new(…)</c> makes, where that is written nearby.</summary>
    private static TypeSyntax? TypeOf(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => declaration.Type,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax => creation.Ancestors().Select(MemberBodies.ReturnTypeOf).FirstOrDefault(static type => type is not null),
        _ => null,
    };

    /// <summary>Something of a type that may be declared elsewhere, used as state is: <c>Library.Current = x</c>, <c>Library.Current.Value</c>.</summary>
    private static bool IsPartOfName(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Expression: SimpleNameSyntax } access
        && access.Name == name
        && ((access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access) || IsUnwrapped(access));

    private static bool IsUnwrapped(SyntaxNode name) =>
        name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } value && value.Expression == name;

    private static Mention Of(SimpleNameSyntax name)
    {
        var kind = MentionKind.Bare;
        string? qualifier = null;
        SyntaxNode whole = name;

        switch (name.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Name == name:
                whole = access;
                qualifier = LastNameOf(access.Expression);
                kind = qualifier is null ? MentionKind.OfObject : MentionKind.Qualified;
                break;
            case MemberBindingExpressionSyntax binding:
                whole = binding;
                kind = MentionKind.OfObject;
                break;
            case QualifiedNameSyntax qualified when qualified.Right == name:
                whole = qualified;
                break;
            case NameColonSyntax:
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Left == name:
                kind = MentionKind.OfObject;
                break;
        }

        return new Mention(name.Identifier.ValueText, kind, qualifier, ArgumentsOf(whole), UseOf(whole));
    }

    /// <summary>The type whose constructor is called before this one.</summary>
    public static string? TypeOf(ConstructorInitializerSyntax initializer) => initializer.FirstAncestorOrSelf<TypeDeclarationSyntax>() switch
    {
        { } type when initializer.IsKind(SyntaxKind.ThisConstructorInitializer) => type.Identifier.ValueText,
        { BaseList.Types: [{ Type: var @base }, ..] } => LastNameOf(@base),
        _ => null,
    };

    /// <summary>The name without what stands before it and without type arguments.</summary>
    public static string? LastNameOf(ExpressionSyntax? expression) => expression switch
    {
        NullableTypeSyntax nullable => LastNameOf(nullable.ElementType),
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };

    private static int ArgumentsOf(SyntaxNode name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Count,
        ObjectCreationExpressionSyntax creation => creation.ArgumentList?.Arguments.Count ?? 0,
        _ => -1,
    };

    private static MentionUse UseOf(SyntaxNode name)
    {
        var otherwise = IsUnwrapped(name) ? MentionUse.Unwrapped : name.Parent is MemberAccessExpressionSyntax ? MentionUse.Qualifier : MentionUse.Other;
        var isElement = false;

        while (true)
        {
            switch (name.Parent)
            {
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access
                    when access.Name.Identifier.ValueText is "AsSpan" || MutableCollections.Changes(access.Name.Identifier.ValueText):
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: GenericNameSyntax { Identifier.ValueText: "Span" } } } }:
                case ConditionalAccessExpressionSyntax conditional when conditional.Expression == name:
                    return MentionUse.Changed;
                case ElementAccessExpressionSyntax element:
                    isElement = true;
                    name = element;
                    break;
                case MemberAccessExpressionSyntax:
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    name = name.Parent;
                    break;
                case ArgumentSyntax { Parent: TupleExpressionSyntax tuple }:
                    name = tuple;
                    break;
                case AssignmentExpressionSyntax assignment when assignment.Left == name:
                case ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None }:
                case RefExpressionSyntax or ExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
                        or (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression
                }:
                    return isElement ? MentionUse.Changed : MentionUse.Assigned;
                default:
                    return otherwise;
            }
        }
    }
}
