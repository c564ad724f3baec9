using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.Tokens;

/// <summary>A <c>Set</c> as most are written and as the fixes write it, told without binding: <c>using (v.Set(x)) { … }</c>, or a token that has nothing but a <c>Reset</c> in the <c>finally</c> right after it.</summary>
internal static class PlainScope
{
    private static readonly NamesInText Yield = new(["yield"]);

    public static bool IsMadeBy(InvocationExpressionSyntax set) =>
        set.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set", Expression: var variable }
        && IsName(variable)
        && set.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && !Yield.AreIn(member.SyntaxTree, member.Span)
        && set.Parent switch
        {
            UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } } => true,
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax token } => token.Parent!.Parent switch
            {
                UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } } => Mentions(member, token) == 1,
                LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax block } @using => block.Statements.Last() != @using && Mentions(member, token) == 1,
                LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax block } local =>
                    block.Statements.IndexOf(local) is var index
                    && index + 1 < block.Statements.Count
                    && block.Statements[index + 1] is TryStatementSyntax { Block.Statements.Count: > 0, Finally.Block.Statements: [ExpressionStatementSyntax { Expression: InvocationExpressionSyntax reset }] }
                    && IsReset(reset, variable, token)
                    && Mentions(member, token) == 2,
                _ => false,
            },
            _ => false,
        };

    /// <summary>It is the same variable each time it is written.</summary>
    private static bool IsName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => IsName(access.Expression),
        _ => expression is IdentifierNameSyntax or ThisExpressionSyntax,
    };

    private static bool IsReset(InvocationExpressionSyntax call, ExpressionSyntax variable, VariableDeclaratorSyntax token) =>
        call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reset", Expression: var other }, ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax argument }] }
        && argument.Identifier.ValueText == token.Identifier.ValueText
        && other.ToString() == variable.ToString();

    private static int Mentions(MemberDeclarationSyntax member, VariableDeclaratorSyntax token)
    {
        var count = 0;

        for (var words = new WordReader(Characters.Of(member.SyntaxTree), member.Span); words.Read();)
        {
            if (words.Is(token.Identifier.ValueText))
                count++;
        }

        return count;
    }
}
