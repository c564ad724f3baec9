using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The state as a target of a deconstruction.</summary>
/// <remarks><c>(x, y) = (a, b);</c> becomes <c>x = a; y = b;</c>. What is deconstructed otherwise goes through a local: <c>(var newX, y) = Get(); x = newX;</c>.</remarks>
internal static class Deconstruction
{
    /// <summary>False where another target could see the difference.</summary>
    public static bool Plan(Use use, DocumentEdits edits, HashSet<SyntaxNode> touched)
    {
        var target = use.Expression.FirstAncestorOrSelf<ArgumentSyntax>();
        var assignment = use.Expression.FirstAncestorOrSelf<AssignmentExpressionSyntax>();
        if (target is null || target.Expression != use.Expression || target.NameColon is not null
            || assignment is not { Left: TupleExpressionSyntax left, Parent: ExpressionStatementSyntax statement } || StatementList.Of(statement) is null)
        {
            return false;
        }

        var others = left.DescendantNodes(static node => node is TupleExpressionSyntax or ArgumentSyntax).OfType<ArgumentSyntax>().Where(argument => argument.Expression is not TupleExpressionSyntax).ToList();
        if (!others.All(argument => argument == target || IsVariable(argument.Expression, use.Model)))
            return false;

        // Of two values for the state, the last one stays: a second round would turn them round.
        if (!touched.Add(statement))
            return false;

        if (assignment.Right is TupleExpressionSyntax right && Pairs(left, right, use.Model) is { } pairs)
        {
            edits.Replace(statement, current => Statements((ExpressionStatementSyntax)current, pairs, edits.NewLine));
            return true;
        }

        // Where the language has a deconstruction declare all of its targets or none, the compiler refuses the result.
        var stem = Naming.Stem(use.Variable);
        var local = edits.NewName(use.Expression, stem, "new" + Naming.Capitalized(stem));
        edits.Replace(use.Expression, current => SyntaxFactory.DeclarationExpression(
            SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.SingleVariableDesignation(SyntaxFactory.Identifier(local))).WithTriviaFrom(current));
        edits.Replace(statement, current => new[]
        {
            current.WithTrailingTrivia(edits.NewLine),
            SyntaxFactory.ParseStatement($"{use.Expression.WithoutTrivia()} = {local};").WithLeadingTrivia(Indent(current)).WithTrailingTrivia(current.GetTrailingTrivia()),
        });

        return true;
    }

    /// <summary>What each target gets, if one assignment after the other gives the same.</summary>
    private static List<(ExpressionSyntax Target, ExpressionSyntax Value)>? Pairs(TupleExpressionSyntax left, TupleExpressionSyntax right, SemanticModel model)
    {
        if (left.Arguments.Any(static argument => argument.Expression is TupleExpressionSyntax || IsDiscard(argument.Expression)))
            return null;

        var assigned = new HashSet<ISymbol?>(left.Arguments.Select(argument => model.GetSymbolInfo(argument.Expression).Symbol), SymbolEqualityComparer.Default);
        var isOrdered = right.Arguments.Skip(1).All(argument => argument.Expression is LiteralExpressionSyntax
            || argument.Expression is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol && !assigned.Contains(model.GetSymbolInfo(argument.Expression).Symbol));

        return isOrdered ? [.. left.Arguments.Zip(right.Arguments, static (target, value) => (target.Expression, value.Expression))] : null;
    }

    private static IEnumerable<StatementSyntax> Statements(ExpressionStatementSyntax current, List<(ExpressionSyntax Target, ExpressionSyntax Value)> pairs, SyntaxTrivia newLine)
    {
        var indent = Indent(current);
        for (var i = 0; i < pairs.Count; i++)
        {
            yield return SyntaxFactory.ParseStatement($"{pairs[i].Target.WithoutTrivia()} = {pairs[i].Value.WithoutTrivia()};")
                .WithLeadingTrivia(i == 0 ? current.GetLeadingTrivia() : SyntaxFactory.TriviaList(indent))
                .WithTrailingTrivia(i == pairs.Count - 1 ? current.GetTrailingTrivia() : SyntaxFactory.TriviaList(newLine));
        }
    }

    /// <summary>A variable or the declaration of one: no setter runs when it is assigned to.</summary>
    private static bool IsVariable(ExpressionSyntax target, SemanticModel model) => target is DeclarationExpressionSyntax || IsDiscard(target)
        || target is IdentifierNameSyntax or MemberAccessExpressionSyntax && model.GetSymbolInfo(target).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsStatic: true }
        || target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && model.GetSymbolInfo(target).Symbol is IFieldSymbol;

    private static bool IsDiscard(ExpressionSyntax target) => target is IdentifierNameSyntax { Identifier.ValueText: "_" };

    private static IEnumerable<SyntaxTrivia> Indent(SyntaxNode node) =>
        node.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1);
}
