using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The local that holds the token of a Set, if one does, and the statements that reset it today.</summary>
internal sealed class TokenResets
{
    private TokenResets(ILocalSymbol? token, ImmutableArray<StatementSyntax> statements, ImmutableArray<StatementSyntax> idleFlags, bool isRead) =>
        (Token, Statements, IdleFlags, IsRead) = (token, statements, idleFlags, isRead);

    public ILocalSymbol? Token { get; }

    public ImmutableArray<StatementSyntax> Statements { get; }

    /// <summary>What declares and assigns the flags that only these statements ask for.</summary>
    public ImmutableArray<StatementSyntax> IdleFlags { get; }

    /// <summary>Whether the token is used for something other than a reset.</summary>
    public bool IsRead { get; }

    /// <summary>Null where the token goes somewhere, or is reset in a place that a fix cannot take over.</summary>
    public static TokenResets? Find(SemanticModel model, StatementSyntax statement, ExpressionSyntax set, CancellationToken cancellationToken) => statement switch
    {
        ExpressionStatementSyntax { Expression: var expression } when expression == set || IsDiscard(model, expression, set, cancellationToken) =>
            new(token: null, ImmutableArray<StatementSyntax>.Empty, ImmutableArray<StatementSyntax>.Empty, isRead: false),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: var value } variable] } when value == set =>
            model.GetDeclaredSymbol(variable, cancellationToken) is ILocalSymbol local ? Find(model, local, variable, set, cancellationToken) : null,
        _ => null,
    };

    private static TokenResets? Find(
        SemanticModel model, ILocalSymbol local, VariableDeclaratorSyntax declarator, ExpressionSyntax set, CancellationToken cancellationToken)
    {
        var function = Function.Of(declarator);
        var statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        var isRead = false;
        foreach (var node in function.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != local.Name)
                continue;

            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, local))
                continue;

            if (Function.Of(name) != function || name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
                return null;

            if (!IsReset(name, set))
                isRead = true;
            else if (Removable(name) is { } reset)
                statements.Add(reset);
            else
                return null;
        }

        return local.Type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && Rewriting.IdleFlags.Find(model, statements.ToImmutable(), cancellationToken) is { } idleFlags
            ? new(local, statements.ToImmutable(), idleFlags, isRead)
            : null;
    }

    private static bool IsDiscard(SemanticModel model, ExpressionSyntax expression, ExpressionSyntax set, CancellationToken cancellationToken) =>
        expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } left } assignment
        && assignment.Right == set
        && model.GetSymbolInfo(left, cancellationToken).Symbol is IDiscardSymbol;

    /// <summary><c>v.Reset(name)</c> with the v of the Set, or <c>name.Dispose()</c>.</summary>
    private static bool IsReset(IdentifierNameSyntax name, ExpressionSyntax set) => name.Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reset" or "TryReset" } reset } } =>
            set is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && reset.Expression.IsEquivalentTo(access.Expression, topLevel: false),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax } => true,
        _ => false,
    };

    /// <summary>The statement that does nothing but this reset, with a condition around it if it has one.</summary>
    private static StatementSyntax? Removable(IdentifierNameSyntax name)
    {
        if (name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Parent is not ExpressionStatementSyntax reset)
            return null;

        StatementSyntax statement = reset;
        while (true)
        {
            StatementSyntax whole = statement.Parent is BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax } block ? block : statement;
            if (whole.Parent is not IfStatementSyntax { Else: null } condition || condition.Parent is ElseClauseSyntax)
                break;

            // The condition goes with the reset, so it must not do anything.
            if (condition.Condition.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax))
                return null;

            statement = condition;
        }

        return StatementList.Of(statement) is null ? null : statement;
    }
}
