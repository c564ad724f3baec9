using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The flags that only told whether to reset: locals that nothing reads once the conditions around the resets are gone. The compiler would warn of them.</summary>
internal static class IdleFlags
{
    /// <summary>The statements that declare and assign them; null where one of them cannot be taken away.</summary>
    public static ImmutableArray<StatementSyntax>? Find(SemanticModel model, ImmutableArray<StatementSyntax> resets, CancellationToken cancellationToken)
    {
        var idle = ImmutableArray.CreateBuilder<StatementSyntax>();
        foreach (var flag in FlagsOf(model, resets, cancellationToken))
        {
            if (AssignmentsOf(flag, model, resets, cancellationToken) is not { } statements)
                continue;

            if (flag.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator)
                continue;

            if (declarator.Initializer is { Value: var value } && !model.GetConstantValue(value, cancellationToken).HasValue)
                continue;

            if (declarator.Parent?.Parent is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration)
                return null;

            statements.Add(declaration);
            if (!statements.TrueForAll(CanGo))
                return null;

            idle.AddRange(statements);
        }

        return idle.ToImmutable();
    }

    private static IEnumerable<ILocalSymbol> FlagsOf(SemanticModel model, ImmutableArray<StatementSyntax> resets, CancellationToken cancellationToken) =>
        resets.OfType<IfStatementSyntax>()
            .SelectMany(static reset => reset.DescendantNodesAndSelf().OfType<IfStatementSyntax>())
            .SelectMany(static reset => reset.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            .Select(name => model.GetSymbolInfo(name, cancellationToken).Symbol)
            .OfType<ILocalSymbol>()
            .Distinct<ILocalSymbol>(SymbolEqualityComparer.Default);

    /// <summary>The assignments of a local outside the resets; null if something else is done with it, or if more than a constant is assigned.</summary>
    private static List<StatementSyntax>? AssignmentsOf(ILocalSymbol flag, SemanticModel model, ImmutableArray<StatementSyntax> resets, CancellationToken cancellationToken)
    {
        var assignments = new List<StatementSyntax>();
        foreach (var name in Function.MemberOf(resets[0]).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != flag.Name || resets.Any(reset => reset.Span.Contains(name.Span)))
                continue;

            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, flag))
                continue;

            if (name.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement } assignment
                && assignment.Left == name
                && model.GetConstantValue(assignment.Right, cancellationToken).HasValue)
            {
                assignments.Add(statement);
            }
            else
            {
                return null;
            }
        }

        return assignments;
    }

    /// <summary>It stands in a list, and no comment or directive would go with it.</summary>
    private static bool CanGo(StatementSyntax statement) =>
        StatementList.Of(statement) is not null
        && statement.DescendantTrivia().All(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
