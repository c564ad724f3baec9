using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Says with the BCL alone what scopes say with tokens: the previous value is saved, set and restored.</summary>
internal static class AsyncLocalScopes
{
    /// <summary>Rewrites <c>var token = v.Set(x);</c> … <c>v.Reset(token);</c>; null where a scope has another form.</summary>
    public static SyntaxNode? Respell(SyntaxNode root, SyntaxAnnotation written)
    {
        while (root.GetAnnotatedNodes(written).FirstOrDefault() is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax set } call)
        {
            if (call.FirstAncestorOrSelf<StatementSyntax>() is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ } token] } declaration || StatementList.Of(declaration) is not { } list)
                return null;

            var variable = set.Expression.ToString();
            var previous = "previous" + (token.Identifier.ValueText == "token" ? "" : Capitalized(token.Identifier.ValueText.Substring(0, token.Identifier.ValueText.Length - "Token".Length)));
            if (Function.MemberOf(call).DescendantTokens().Any(other => other.ValueText == previous))
                return null;

            var save = SyntaxFactory.ParseStatement($"var {previous} = {variable}.Value;").WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(ResetInFinally.NewLineOf(root));
            var assign = SyntaxFactory.ParseStatement($"{variable}.Value = {call.ArgumentList.Arguments[0]};")
                .WithLeadingTrivia(declaration.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse())
                .WithTrailingTrivia(declaration.GetTrailingTrivia());

            var reset = list.Owner.DescendantNodes().OfType<ExpressionStatementSyntax>().Where(statement => Resets(statement, token.Identifier.ValueText)).ToList();
            if (reset.Count != 1)
                return null;

            root = root.ReplaceNodes([list.Owner, reset[0]], (original, current) => original == list.Owner
                ? Replaced(current, list.IndexOf(declaration), save, assign)
                : SyntaxFactory.ParseStatement($"{variable}.Value = {previous};").WithTriviaFrom(current));
        }

        return root;
    }

    private static SyntaxNode Replaced(SyntaxNode owner, int index, params StatementSyntax[] statements)
    {
        var current = owner switch
        {
            BlockSyntax block => block.Statements.ToList(),
            SwitchSectionSyntax section => section.Statements.ToList(),
            _ => ((CompilationUnitSyntax)owner).Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToList(),
        };
        current.RemoveAt(index);
        current.InsertRange(index, statements);
        var list = new StatementList(owner, current);

        return list.With(current, list.End);
    }

    private static bool Resets(ExpressionStatementSyntax statement, string token) =>
        statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reset" }, ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax name }] }
        && name.Identifier.ValueText == token;

    private static string Capitalized(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
