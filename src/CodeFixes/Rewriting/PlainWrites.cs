using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A solution in which every write that is to be converted is a statement, the member as that solution knows it, and its uses.</summary>
internal sealed record PlainWrites(Solution Solution, StateMember Member, IReadOnlyList<Use> Uses)
{
    private const int MaxRounds = 10;

    /// <summary>Takes writes out of the expressions they are part of, in C# that means the same; null where that takes another order of evaluation.</summary>
    /// <remarks>A round takes one write out of a statement. What the rest of the statement does, the next round sees.</remarks>
    public static async Task<PlainWrites?> ApplyAsync(Solution solution, StateMember member, ConversionWay way, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var uses = new List<Use>();
            foreach (var symbol in member.Symbols)
            {
                if (await Use.FindAllAsync(solution, symbol, member.IsThreadLocal, cancellationToken).ConfigureAwait(false) is not { } found)
                    return null;

                uses.AddRange(found);
            }

            var parts = uses.Where(use => InitialWrite.Is(use, member) || (Conversion.Converts(member, way, use) && IsPartOfMore(use))).ToList();
            if (parts.Count == 0)
                return new(solution, member, uses);

            if (await ApplyAsync(solution, member, parts, uses, cancellationToken).ConfigureAwait(false) is not { } changed
                || DocumentationCommentId.CreateDeclarationId(member.Symbol) is not { } id
                || await StateMember.FindAsync(changed, member.Project.Id, id, cancellationToken).ConfigureAwait(false) is not { } same)
            {
                return null;
            }

            (solution, member) = (changed, same);
        }

        return null;
    }

    private static async Task<Solution?> ApplyAsync(Solution solution, StateMember member, List<Use> parts, List<Use> uses, CancellationToken cancellationToken)
    {
        var changed = solution;
        foreach (var file in parts.GroupBy(part => part.Document))
        {
            var root = (CompilationUnitSyntax)(await file.Key.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var edits = new DocumentEdits(root);
            var touched = new HashSet<SyntaxNode>();
            foreach (var part in file)
            {
                if (InitialWrite.Is(part, member))
                {
                    InitialWrite.Plan(part, member, edits);
                    continue;
                }

                var isPlanned = part.Kind switch
                {
                    UseKind.Target => Deconstruction.Plan(part, edits, touched),
                    UseKind.Part => StructPart.Plan(part, member, [.. uses.Where(use => use.Document == part.Document)], edits, touched),
                    _ => await WriteInExpression.PlanAsync(part, solution, member, edits, touched, cancellationToken).ConfigureAwait(false),
                };
                if (!isPlanned)
                    return null;
            }

            var edited = edits.Apply();
            foreach (var id in file.Key.GetLinkedDocumentIds().Add(file.Key.Id))
                changed = changed.WithDocumentSyntaxRoot(id, edited);
        }

        return changed;
    }

    private static bool IsPartOfMore(Use use) => use.Kind switch
    {
        UseKind.Target or UseKind.Part => true,
        UseKind.Write => Write.Create(use) is { Expression.Parent: not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax or ForStatementSyntax) },
        _ => false,
    };
}
