using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A static field or auto-property whose value should belong to the flow, with the property that offers the field to others.</summary>
/// <param name="Symbol">The field or auto-property.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Project">The project that declares it.</param>
/// <param name="Facade">The property that does nothing but get and set the field.</param>
internal sealed record StateMember(ISymbol Symbol, ITypeSymbol Type, Project Project, IPropertySymbol? Facade)
{
    /// <summary>Whether the field holds the state in a <c>ThreadLocal</c>.</summary>
    public bool IsThreadLocal => Symbol is IFieldSymbol { Type: var declared } && !SymbolEqualityComparer.Default.Equals(declared, Type);

    /// <summary>All that a reader of the state can name.</summary>
    public ImmutableArray<ISymbol> Symbols => Facade is null ? ImmutableArray.Create(Symbol) : ImmutableArray.Create(Symbol, Facade);

    /// <summary>Finds the member a diagnostic is about: its first additional location, else what stands at its own.</summary>
    public static async Task<StateMember?> FindAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var location = diagnostic.AdditionalLocations.Count > 0 ? diagnostic.AdditionalLocations[0] : diagnostic.Location;
        if (solution.GetDocument(location.SourceTree) is not { } document)
            return null;

        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var node = root!.FindToken(location.SourceSpan.Start).Parent!;
        var symbol = model.GetDeclaredSymbol(node, cancellationToken) ?? model.GetSymbolInfo(node, cancellationToken).Symbol;
        return symbol is null ? null : Create(symbol.OriginalDefinition, solution, cancellationToken);
    }

    /// <summary>The same member in a later state of the solution.</summary>
    public static async Task<StateMember?> FindAsync(Solution solution, ProjectId project, string declarationId, CancellationToken cancellationToken)
    {
        var compilation = await solution.GetProject(project)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(declarationId, compilation!);
        return symbol is null ? null : Create(symbol, solution, cancellationToken);
    }

    private static StateMember? Create(ISymbol symbol, Solution solution, CancellationToken cancellationToken)
    {
        if (symbol.DeclaringSyntaxReferences.Length != 1 || solution.GetDocument(symbol.DeclaringSyntaxReferences[0].SyntaxTree) is not { } document || document is SourceGeneratedDocument)
            return null;

        return symbol switch
        {
            IFieldSymbol { IsStatic: true, Type: INamedTypeSymbol { Name: "ThreadLocal", TypeArguments: [var value], ContainingNamespace: var holder } } field
                when holder.ToDisplayString() == "System.Threading" && CanHold(value) => new(field, value, document.Project, Facade: null),
            IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false, IsVolatile: false } field when CanHold(field.Type) =>
                new(field, field.Type, document.Project, FacadeOf(field, cancellationToken)),
            IPropertySymbol { IsStatic: true, IsAbstract: false, IsVirtual: false, IsOverride: false, SetMethod: not null, ReturnsByRef: false, ReturnsByRefReadonly: false } property
                when CanHold(property.Type) && IsAuto(property, cancellationToken) && property.ExplicitInterfaceImplementations.IsEmpty =>
                new(property, property.Type, document.Project, Facade: null),
            _ => null,
        };
    }

    /// <summary>No pointers and no ref structs; and no scratch object, because flows that fork share the object where threads had one each.</summary>
    private static bool CanHold(ITypeSymbol type) =>
        type is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol or IErrorTypeSymbol or IArrayTypeSymbol) && !type.IsRefLikeType && !Mutability.IsScratchObject(type);

    private static bool IsAuto(IPropertySymbol property, CancellationToken cancellationToken) =>
        property.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is PropertyDeclarationSyntax { AccessorList: { } accessors }
        && accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null);

    private static IPropertySymbol? FacadeOf(IFieldSymbol field, CancellationToken cancellationToken)
    {
        foreach (var property in field.ContainingType.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.IsStatic && property.DeclaringSyntaxReferences.Length == 1 && property.ExplicitInterfaceImplementations.IsEmpty
                && SymbolEqualityComparer.IncludeNullability.Equals(property.Type, field.Type)
                && property.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is PropertyDeclarationSyntax { Initializer: null } declaration
                && IsPlain(declaration, field))
            {
                return property;
            }
        }

        return null;
    }

    private static bool IsPlain(PropertyDeclarationSyntax property, IFieldSymbol field)
    {
        if (property.AccessorList is not { Accessors.Count: 2 } accessors || accessors.Accessors.Any(accessor => accessor.Modifiers.Any()))
            return false;

        foreach (var accessor in accessors.Accessors)
        {
            var expression = accessor.ExpressionBody?.Expression ?? accessor.Body?.Statements switch
            {
                [ReturnStatementSyntax statement] => statement.Expression,
                [ExpressionStatementSyntax statement] => statement.Expression,
                _ => null,
            };
            var plain = accessor.IsKind(SyntaxKind.GetAccessorDeclaration)
                ? IsField(expression)
                : expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } set && IsField(set.Left) && set.Right is IdentifierNameSyntax { Identifier.ValueText: "value" };
            if (!plain)
                return false;
        }

        return true;

        bool IsField(ExpressionSyntax? expression) =>
            expression is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name
            || expression is MemberAccessExpressionSyntax { Expression: SimpleNameSyntax type, Name: IdentifierNameSyntax member } && type.Identifier.ValueText == field.ContainingType.Name && member.Identifier.ValueText == field.Name;
    }
}
