using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Locals that a range of statements declares and later statements use: they must be declared before the range to move it into a block.</summary>
internal sealed class HoistedDeclarations
{
    private readonly SemanticModel _model;
    private readonly HashSet<ILocalSymbol> _locals;

    private HoistedDeclarations(SemanticModel model, HashSet<ILocalSymbol> locals, ImmutableArray<StatementSyntax> declarations) =>
        (_model, _locals, Declarations) = (model, locals, declarations);

    /// <summary><c>T name;</c> for each of them.</summary>
    public ImmutableArray<StatementSyntax> Declarations { get; }

    /// <summary>What must be hoisted to move the statements from first up to end into a block; null where they cannot be moved.</summary>
    public static HoistedDeclarations? Find(SemanticModel model, StatementList list, int first, int end, CancellationToken cancellationToken)
    {
        if (first >= end)
            return new(model, [], ImmutableArray<StatementSyntax>.Empty);

        var moved = TextSpan.FromBounds(list.Statements[first].SpanStart, list.Statements[end - 1].Span.End);
        if (IsJumpedInto(list, moved))
            return null;

        var used = UsedOutside(model, list, moved, cancellationToken);
        if (used is null || (end < list.Statements.Count && HasUsingDeclaration(list, first, end)))
            return null;

        var declarations = ImmutableArray.CreateBuilder<StatementSyntax>();
        foreach (var local in used)
        {
            if (Declaration(model, local, cancellationToken) is not { } declaration)
                return null;

            declarations.Add(declaration);
        }

        return new(model, used, declarations.ToImmutable());
    }

    /// <summary>Whether the local that a declarator or a designation declares is hoisted.</summary>
    public bool Contains(SyntaxNode declarator) => _locals.Count > 0 && _model.GetDeclaredSymbol(declarator) is ILocalSymbol local && _locals.Contains(local);

    /// <summary>A declaration as the assignments that remain of it; null for a statement that declares nothing hoisted.</summary>
    public IEnumerable<StatementSyntax>? Split(StatementSyntax statement) =>
        statement is LocalDeclarationStatementSyntax local && local.Declaration.Variables.Any(Contains) ? Split(local) : null;

    private IEnumerable<StatementSyntax> Split(LocalDeclarationStatementSyntax local)
    {
        var leading = local.GetLeadingTrivia();
        foreach (var variable in local.Declaration.Variables)
        {
            StatementSyntax? statement = (Contains(variable), variable.Initializer) switch
            {
                (false, _) => local.WithDeclaration(local.Declaration.WithVariables(SyntaxFactory.SingletonSeparatedList(variable))),
                (true, { } initializer) => SyntaxFactory.ExpressionStatement(
                    SyntaxFactory.AssignmentExpression(
                        SyntaxKind.SimpleAssignmentExpression,
                        SyntaxFactory.IdentifierName(variable.Identifier.WithoutTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
                        initializer.EqualsToken,
                        initializer.Value),
                    local.SemicolonToken),
                _ => null,
            };

            if (statement is null)
                continue;

            yield return statement.WithLeadingTrivia(leading);
            leading = default;
        }
    }

    private static LocalDeclarationStatementSyntax? Declaration(SemanticModel model, ILocalSymbol local, CancellationToken cancellationToken)
    {
        if (local.IsConst || local.IsRef || local.DeclaringSyntaxReferences is not [var reference] || !CanBeNamed(local.Type))
            return null;

        var syntax = reference.GetSyntax(cancellationToken);
        var hoistable = syntax switch
        {
            VariableDeclaratorSyntax { Initializer.Value: InitializerExpressionSyntax or StackAllocArrayCreationExpressionSyntax } => false,
            VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax statement } => statement.UsingKeyword == default,
            SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax } } => true,
            _ => false,
        };
        if (!hoistable)
            return null;

        var type = SyntaxFactory.ParseTypeName(local.Type.WithNullableAnnotation(local.NullableAnnotation).ToMinimalDisplayString(model, syntax.SpanStart));

        return SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
            type.WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(local.Name))));
    }

    private static bool CanBeNamed(ITypeSymbol type) => type switch
    {
        { IsAnonymousType: true } or { IsRefLikeType: true } or { TypeKind: TypeKind.Error } => false,
        IArrayTypeSymbol array => CanBeNamed(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.All(CanBeNamed),
        _ => true,
    };

    /// <summary>The locals of the moved statements that others name; null if one of these names a moved local function.</summary>
    private static HashSet<ILocalSymbol>? UsedOutside(SemanticModel model, StatementList list, TextSpan moved, CancellationToken cancellationToken)
    {
        var locals = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        var declared = DeclaredNames(list.Owner, moved);

        // The sections of a switch share one scope.
        var scope = list.Owner is SwitchSectionSyntax { Parent: { } switchStatement } ? switchStatement : list.Owner;
        foreach (var node in scope.DescendantNodes(node => !moved.Contains(node.Span)))
        {
            if (node is not SimpleNameSyntax name || moved.Contains(node.Span) || !declared.Contains(name.Identifier.ValueText))
                continue;

            var symbol = model.GetSymbolInfo(name, cancellationToken).Symbol;
            if (symbol?.Locations is not [{ IsInSource: true } location] || !moved.Contains(location.SourceSpan))
                continue;

            switch (symbol)
            {
                case ILocalSymbol local:
                    locals.Add(local);
                    break;
                case IMethodSymbol { MethodKind: MethodKind.LocalFunction }:
                    return null;
            }
        }

        return locals;
    }

    private static HashSet<string> DeclaredNames(SyntaxNode owner, TextSpan moved)
    {
        var names = new HashSet<string>();
        foreach (var node in owner.DescendantNodes(moved))
        {
            var name = node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                LocalFunctionStatementSyntax function => function.Identifier,
                _ => default,
            };
            if (name != default)
                names.Add(name.ValueText);
        }

        return names;
    }

    private static bool IsJumpedInto(StatementList list, TextSpan moved)
    {
        var labels = new HashSet<string>();
        foreach (var node in list.Owner.DescendantNodes(moved))
        {
            if (node is LabeledStatementSyntax label && moved.Contains(label.Span))
                labels.Add(label.Identifier.ValueText);
        }

        return labels.Count > 0 && Function.Of(list.Owner).DescendantNodes().Any(node =>
            node is GotoStatementSyntax { Expression: IdentifierNameSyntax target }
            && labels.Contains(target.Identifier.ValueText)
            && !moved.Contains(node.Span));
    }

    private static bool HasUsingDeclaration(StatementList list, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (list.Statements[i] is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
                return true;
        }

        return false;
    }
}
