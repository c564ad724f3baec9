using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Statements that follow each other: those of a block, of a switch section, or of the top level of a program.</summary>
internal readonly record struct StatementList(SyntaxNode Owner, IReadOnlyList<StatementSyntax> Statements)
{
    /// <summary>The list a statement stands in; null for an embedded statement, which stands alone.</summary>
    public static StatementList? Of(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => In(statement.Parent),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => In(unit),
        _ => null,
    };

    /// <summary>The list of a block, of a switch section, or of a program.</summary>
    public static StatementList In(SyntaxNode owner) => new(owner, owner switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => (IReadOnlyList<StatementSyntax>)((CompilationUnitSyntax)owner).Members.OfType<GlobalStatementSyntax>().Select(static global => global.Statement).ToList(),
    });

    /// <summary>What stands before the end of the list: comments, and directives that close those of the last statements.</summary>
    public SyntaxTriviaList End => Closes(Owner)?.LeadingTrivia ?? default;

    public int IndexOf(StatementSyntax statement)
    {
        for (var i = 0; i < Statements.Count; i++)
        {
            if (Statements[i] == statement)
                return i;
        }

        return -1;
    }

    /// <summary>The owner with other statements in this place.</summary>
    public SyntaxNode With(IEnumerable<StatementSyntax> statements, SyntaxTriviaList end)
    {
        var owner = Closes(Owner) is { } close ? Owner.ReplaceToken(close, close.WithLeadingTrivia(end)) : Owner;

        return owner switch
        {
            BlockSyntax block => block.WithStatements(SyntaxFactory.List(statements)),
            SwitchSectionSyntax section => section.WithStatements(SyntaxFactory.List(statements)),
            _ => ((CompilationUnitSyntax)owner).WithMembers(SyntaxFactory.List(
                statements.Select(MemberDeclarationSyntax (s) => SyntaxFactory.GlobalStatement(WithoutElasticTrivia(s)))
                    .Concat(((CompilationUnitSyntax)owner).Members.Where(member => member is not GlobalStatementSyntax)))),
        };
    }

    /// <summary>The formatter would put an empty line in front of it, as between members.</summary>
    private static StatementSyntax WithoutElasticTrivia(StatementSyntax statement) =>
        statement.WithLeadingTrivia(statement.GetLeadingTrivia().Where(static trivia => !trivia.HasAnnotation(SyntaxAnnotation.ElasticAnnotation)));

    private static SyntaxToken? Closes(SyntaxNode owner) => owner switch
    {
        BlockSyntax block => block.CloseBraceToken,
        CompilationUnitSyntax unit when unit.Members.LastOrDefault() is GlobalStatementSyntax => unit.EndOfFileToken,
        _ => null,
    };
}
