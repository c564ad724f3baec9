using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A struct whose parts are set one by one: a copy gets them, and is then set as a whole.</summary>
/// <remarks><c>s.X = 1; s.Y = 2;</c> becomes <c>var copy = s; copy.X = 1; copy.Y = 2; s = copy;</c>, and starts with <c>var copy = value;</c> where <c>s = value;</c> stood in front.</remarks>
internal static class StructPart
{
    /// <summary>False where a value could come from code that knows the state.</summary>
    public static bool Plan(Use use, StateMember member, IReadOnlyList<Use> uses, DocumentEdits edits, HashSet<SyntaxNode> touched)
    {
        if (use.Expression.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || StatementList.Of(statement) is not { } list)
            return false;

        var index = list.IndexOf(statement);
        if (!SetsPart(statement, uses))
            return false;

        var first = index;
        while (first > 0 && SetsPart(list.Statements[first - 1], uses))
            first--;

        var end = index + 1;
        while (end < list.Statements.Count && SetsPart(list.Statements[end], uses))
            end++;

        if (!touched.Add(list.Statements[first]))
            return true;

        var stem = Naming.Stem(use.Variable);
        var local = edits.NewName(use.Expression, stem, "new" + Naming.Capitalized(stem));
        var whole = first > 0 ? Whole(list.Statements[first - 1], uses) : null;
        var type = whole is null or ObjectCreationExpressionSyntax ? "var" : member.Type.ToMinimalDisplayString(use.Model, statement.SpanStart);
        foreach (var inside in uses.Where(other => other.Expression.SpanStart >= list.Statements[first].SpanStart && other.Expression.Span.End <= list.Statements[end - 1].Span.End))
            edits.Replace(inside.Expression, current => SyntaxFactory.IdentifierName(local).WithTriviaFrom(current));

        var copy = $"{type} {local} = {whole ?? (ExpressionSyntax)use.Expression};";
        if (whole is not null)
            edits.Replace(list.Statements[first - 1], current => new[] { SyntaxFactory.ParseStatement(copy).WithTriviaFrom(current) });

        for (var i = first; i < end; i++)
        {
            var (isFirst, isLast) = (i == first && whole is null, i == end - 1);
            edits.Replace(list.Statements[i], current => Parts(current, isFirst ? copy : null, isLast ? $"{use.Expression.WithoutTrivia()} = {local};" : null, edits.NewLine));
        }

        return true;
    }

    private static IEnumerable<StatementSyntax> Parts(StatementSyntax current, string? before, string? after, SyntaxTrivia newLine)
    {
        var indent = current.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1).ToList();
        if (before is not null)
            yield return SyntaxFactory.ParseStatement(before).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(newLine);

        yield return before is null ? current : current.WithLeadingTrivia(indent);

        if (after is not null)
            yield return SyntaxFactory.ParseStatement(after).WithLeadingTrivia(indent).WithTrailingTrivia(newLine);
    }

    private static bool SetsPart(StatementSyntax statement, IReadOnlyList<Use> uses) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment }
        && uses.Any(use => use.Kind == UseKind.Part && assignment.Left.Contains(use.Expression) && use.Expression.FirstAncestorOrSelf<StatementSyntax>() == statement)
        && !assignment.Right.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or ElementAccessExpressionSyntax or AssignmentExpressionSyntax);

    /// <summary>What a statement sets the whole of the state to.</summary>
    private static ExpressionSyntax? Whole(StatementSyntax statement, IReadOnlyList<Use> uses) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
        && uses.Any(use => use.Kind == UseKind.Write && use.Expression == assignment.Left)
        && !uses.Any(use => assignment.Right.Contains(use.Expression))
            ? assignment.Right
            : null;
}
