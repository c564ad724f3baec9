using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.Tokens;

/// <summary>A <c>Set</c> as most are written and as the fixes write it, told without binding: <c>using (v.Set(x)) { … }</c>, or a token that has nothing but a <c>Reset</c> in the <c>finally</c> right after it.</summary>
internal static class PlainScope
{
    private static readonly NamesInText Yield = new(["yield"]);

    /// <summary>Whether a call makes a token that is reset so.</summary>
    /// <param name="set">The call.</param>
    /// <param name="ownResets">Whether the code declares methods of these names itself: what they do is not known by them.</param>
    public static bool IsMadeBy(InvocationExpressionSyntax set, Lazy<bool> ownResets) =>
        set.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set", Expression: var variable }
        && set.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && !Yield.AreIn(member)
        && set.Parent switch
        {
            UsingStatementSyntax { Statement: BlockSyntax { Statements: var statements } } => statements.Any(DoesSomething),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax token } => token.Parent!.Parent switch
            {
                UsingStatementSyntax { Statement: BlockSyntax { Statements: var statements } } => statements.Any(DoesSomething) && Mentions(member, token) == 1,
                LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax block } @using => block.Statements.Skip(block.Statements.IndexOf(@using) + 1).Any(DoesSomething) && Mentions(member, token) == 1,
                LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax block } local =>
                    block.Statements.IndexOf(local) is var index
                    && index + 1 < block.Statements.Count
                    && block.Statements[index + 1] is TryStatementSyntax { Block.Statements: var statements, Finally.Block.Statements: [ExpressionStatementSyntax { Expression: InvocationExpressionSyntax reset }] }
                    && statements.Any(DoesSomething)
                    && IsReset(reset, variable, token)
                    && !ownResets.Value
                    && Mentions(member, token) == 2,
                _ => false,
            },
            _ => false,
        };

    /// <summary>Whether anything happens while the value is set, told of the plainest statements. Where nothing does, the scope is a mistake.</summary>
    private static bool DoesSomething(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax or CommonForEachStatementSyntax or IfStatementSyntax => true,
        ReturnStatementSyntax @return => @return.Expression is not null,
        LocalDeclarationStatementSyntax local => local.Declaration.Variables[0].Initializer is not null,
        _ => false,
    };

    private static bool IsReset(InvocationExpressionSyntax call, ExpressionSyntax variable, VariableDeclaratorSyntax token) =>
        call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reset", Expression: var other }, ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax argument }] }
        && argument.Identifier.ValueText == token.Identifier.ValueText
        && other.ToString() == variable.ToString();

    private static int Mentions(MemberDeclarationSyntax member, VariableDeclaratorSyntax token)
    {
        var count = 0;

        for (var words = new WordReader(FileText.Of(member.SyntaxTree).Characters, member.Span); words.Read();)
        {
            if (words.Is(token.Identifier.ValueText))
                count++;
        }

        return count;
    }
}
