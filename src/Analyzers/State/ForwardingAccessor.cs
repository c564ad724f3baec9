using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>An accessor that does no more than read a field, or set it to <c>value</c>: most are, and what they do is told without binding them.</summary>
internal static class ForwardingAccessor
{
    /// <summary>What the accessor does to state, if it is one of these.</summary>
    /// <param name="accessor">The accessor.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="services">Shared by the compilation.</param>
    /// <param name="access">Null if what it hands on is no state.</param>
    public static bool TryRead(IMethodSymbol accessor, SyntaxNode declaration, StateServices services, out Access? access)
    {
        access = null;

        if (accessor.MethodKind == MethodKind.PropertyGet && accessor.Parameters.IsEmpty && ValueReturnedBy(declaration) is { } read)
            return TryResolve(read, AccessKind.Read, default, accessor, services.Members, out access);

        return accessor is { MethodKind: MethodKind.PropertySet, Parameters: [var value] }
            && StatementOf(declaration) is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax { Identifier.ValueText: "value" } } assignment
            && TryResolve(assignment.Left, AccessKind.Write, ValueOrigins.OfOwn(value, services.Symbols), accessor, services.Members, out access);
    }

    private static ExpressionSyntax? ValueReturnedBy(SyntaxNode declaration) => declaration switch
    {
        ArrowExpressionClauseSyntax arrow => arrow.Expression,
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
        AccessorDeclarationSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } value }] } => value,
        _ => null,
    };

    private static ExpressionSyntax? StatementOf(SyntaxNode declaration) => declaration switch
    {
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
        AccessorDeclarationSyntax { Body.Statements: [ExpressionStatementSyntax statement] } => statement.Expression,
        _ => null,
    };

    private static bool TryResolve(ExpressionSyntax reference, AccessKind kind, Origin origin, IMethodSymbol accessor, StateMembers members, out Access? access)
    {
        access = null;
        var isUnwrapped = reference is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" };

        // A member of the type itself hides whatever else has the name. The keyword and the parameter are not for us.
        if ((isUnwrapped ? ((MemberAccessExpressionSyntax)reference).Expression : reference) is not IdentifierNameSyntax { Identifier.ValueText: not ("value" or DeclaredNames.BackingField) and var name }
            || accessor.ContainingType.GetMembers(name) is not [IFieldSymbol { IsConst: false } field])
        {
            return false;
        }

        if (isUnwrapped && !members.IsThreadLocal(field.Type))
            return false;

        if ((isUnwrapped ? members.OfThreadLocal(field) : members.Of(field)) is { } state)
            access = new Access(state, kind, origin, reference, reference, IsSynchronized: false);

        return true;
    }
}
