using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Says with the BCL alone what scopes say with tokens: the previous value is saved, set and restored.</summary>
/// <remarks>The scopes come as <c>var token = v.Value = x;</c> … <c>token.Dispose();</c>, or with the token declared as <c>default</c> in front of a nested set.</remarks>
internal static class AsyncLocalScopes
{
    /// <summary>Rewrites the scopes of all sets with an annotation of that kind; its data is the variable. Null where a scope has another form.</summary>
    public static SyntaxNode? Respell(SyntaxNode root, string written)
    {
        while (root.GetAnnotatedNodes(written).FirstOrDefault() is ExpressionSyntax set)
        {
            var variable = set.GetAnnotations(written).Single().Data!;
            if (Token(set) is not { } token || Declaration(set, token) is not { } declaration || StatementList.Of(declaration) is not { } list)
                return null;

            var reset = list.Statements.SelectMany(static other => other.DescendantNodesAndSelf()).OfType<ExpressionStatementSyntax>().Where(statement => Resets(statement, token)).ToList();
            if (reset.Count != 1)
                return null;

            var previous = Name(set, variable);
            var save = SyntaxFactory.ParseStatement($"var {previous} = {variable}.Value;").WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(LineEndings.Of(root)).WithAdditionalAnnotations(Formatter.Annotation);
            var assign = SyntaxFactory.ExpressionStatement(set.WithoutAnnotations(written).WithoutTrivia());
            var statement = set.FirstAncestorOrSelf<StatementSyntax>()!;
            StatementSyntax[] declared = statement == declaration ? [save, assign.WithTrailingTrivia(declaration.GetTrailingTrivia())] : [save];
            root = root.ReplaceNodes([list.Owner, reset[0], statement], (original, current) =>
                original == list.Owner ? Replaced(current, list.IndexOf(declaration), declared)
                : original == statement ? assign.WithTriviaFrom(current)
                : SyntaxFactory.ParseStatement($"{variable}.Value = {previous};").WithTriviaFrom(current));
        }

        return root;
    }

    private static string? Token(ExpressionSyntax set) => set.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.ValueText,
        _ => null,
    };

    private static LocalDeclarationStatementSyntax? Declaration(ExpressionSyntax set, string token) => set.Ancestors().OfType<StatementSyntax>()
        .SelectMany(statement => StatementList.Of(statement)?.Statements.TakeWhile(other => other.SpanStart <= statement.SpanStart) ?? [])
        .OfType<LocalDeclarationStatementSyntax>()
        .FirstOrDefault(declaration => declaration.Declaration.Variables is [{ Identifier.ValueText: var name }] && name == token);

    private static SyntaxNode Replaced(SyntaxNode owner, int index, StatementSyntax[] statements)
    {
        var list = StatementList.In(owner);

        return list.With([.. list.Statements.Take(index), .. statements, .. list.Statements.Skip(index + 1)], list.End);
    }

    private static bool Resets(ExpressionStatementSyntax statement, string token) =>
        statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: IdentifierNameSyntax name } }
        && name.Identifier.ValueText == token;

    /// <summary>A name for the previous value that its member does not use yet.</summary>
    private static string Name(ExpressionSyntax set, string variable)
    {
        var taken = new HashSet<string>(Function.MemberOf(set).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        var stem = Naming.Stem(variable.Substring(variable.LastIndexOf('.') + 1));
        var own = "previous" + Naming.Capitalized(stem);

        return new[] { "previous", own }.Concat(Enumerable.Range(2, 1000).Select(number => own + number)).First(candidate => !taken.Contains(candidate));
    }
}
