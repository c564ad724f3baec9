using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// Plans the writes of a function. A write that a later one restores or clears ends there; any other is for the code behind it,
/// and cannot be converted where somebody would miss it afterwards.
/// </summary>
internal sealed class WritePlanner(FlowVariable kind, Func<Write, string> variable, Func<ExpressionSyntax, bool> isStart, Observation observation, Callers callers)
{
    private readonly HashSet<Write> _done = [];
    private readonly List<(Write Begin, Write End)> _pairs = [];

    /// <summary>False if one of the writes cannot be converted; the edits are then of no use.</summary>
    public async Task<bool> PlanAsync(SyntaxNode function, IReadOnlyList<Write> writes, DocumentEdits edits, CancellationToken cancellationToken)
    {
        if (Function.IsIterator(function))
            return false;

        foreach (var write in writes)
        {
            if (_done.Contains(write) || PlanRestored(write, writes, edits))
                continue;

            if (write.Statement is null || write.Step is not null || IsTakenOut(write) || _pairs.Exists(pair => pair.Begin.Function == function && Outlasts(write.Expression.SpanStart, function.Span.End, pair) && !EndsInside(write, pair.End)) || await IsMissedAsync(write, cancellationToken).ConfigureAwait(false))
                return false;

            var name = variable(write);
            edits.Replace((SyntaxNode)write.Statement, current => FlowVariable.Begin(write.Set(current, kind, name), name).WithTriviaFrom(current));
        }

        return !_pairs.Exists(pair => _pairs.Exists(other => pair.Begin.Function == function && other.Begin.Function == function && Outlasts(other.Begin.Expression.SpanStart, other.End.Expression.SpanStart, pair)));
    }

    /// <summary>Whether a scope begins in that of a pair and ends behind it: each would bring back what the other has set.</summary>
    private static bool Outlasts(int start, int end, (Write Begin, Write End) pair) =>
        start > pair.Begin.Expression.SpanStart && start < pair.End.Expression.SpanStart && end > pair.End.Expression.SpanStart;

    /// <summary>Whether the value of a write ends with the block of a try that restores, in its finally, when nothing else is left to do.</summary>
    private static bool EndsInside(Write write, Write restore) =>
        restore.Statement is { Parent: BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: 0 } @try } } }
        && @try.Block.Span.Contains(write.Expression.Span)
        && !Observation.After(@try, write.Function).Any();

    /// <summary>save/set/restore and set/clear: the restoring write becomes the reset, in its place if that is a finally.</summary>
    private bool PlanRestored(Write write, IReadOnlyList<Write> writes, DocumentEdits edits)
    {
        if (write.List is not { } list)
            return false;

        var index = list.IndexOf(write.Statement!);
        for (var i = index + 1; i < list.Statements.Count; i++)
        {
            if (Undo(write, writes, list.Statements[i]) is { } restore)
            {
                Plan(write, restore, isInPlace: false, edits);
                return true;
            }

            if (list.Statements[i] is TryStatementSyntax { Finally.Block.Statements: var last } && last.Select(statement => Undo(write, writes, statement)).FirstOrDefault(undo => undo is not null) is { } inFinally)
            {
                Plan(write, inFinally, isInPlace: i == index + 1, edits);
                return true;
            }
        }

        // try { x = value; … } finally { x = old; }: the set moves before the try, so that what is undone has happened.
        if (index == 0 && list.Owner.Parent is TryStatementSyntax { Catches.Count: 0, Finally.Block.Statements: var final } enclosing && enclosing.Block == list.Owner && StatementList.Of(enclosing) is not null
            && final.Select(statement => Undo(write, writes, statement)).FirstOrDefault(undo => undo is not null) is { } outer)
        {
            PlanBefore(enclosing, write, outer, edits);
            return true;
        }

        return false;
    }

    private void Plan(Write write, Write restore, bool isInPlace, DocumentEdits edits)
    {
        var name = variable(write);
        var token = NewToken(write, edits);
        edits.Replace((SyntaxNode)write.Statement!, current => FlowVariable.Begin(write.Set(current, kind, name), name, token, isInPlace).WithTriviaFrom(current));
        PlanEnd(write, restore, token, edits);
    }

    private void PlanBefore(TryStatementSyntax enclosing, Write write, Write restore, DocumentEdits edits)
    {
        var name = variable(write);
        var token = NewToken(write, edits);
        edits.Replace(enclosing, current =>
        {
            var attempt = (TryStatementSyntax)current;
            var first = attempt.Block.Statements[0];
            var begin = FlowVariable.Begin(write.Set(first, kind, name), name, token, isInPlace: true).WithTriviaFrom(first).WithLeadingTrivia(attempt.GetLeadingTrivia());
            var rest = attempt.WithBlock(attempt.Block.WithStatements(attempt.Block.Statements.RemoveAt(0)));

            return new StatementSyntax[] { begin, rest.WithLeadingTrivia(attempt.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1)) };
        });
        PlanEnd(write, restore, token, edits);
    }

    private void PlanEnd(Write write, Write restore, string token, DocumentEdits edits)
    {
        var name = variable(restore);
        edits.Replace((SyntaxNode)restore.Statement!, current => SyntaxFactory.ParseStatement($"{write.Reset(kind, name, token)};").WithTriviaFrom(current));
        if (Saved(restore) is { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax save } } saved
            && write.Function.DescendantNodes().OfType<IdentifierNameSyntax>().Count(other => other.Identifier.ValueText == saved.Identifier.ValueText) == 1)
        {
            edits.Remove(save);
        }

        _done.Add(write);
        _done.Add(restore);
        _pairs.Add((write, restore));
    }

    private Write? Undo(Write write, IReadOnlyList<Write> writes, StatementSyntax statement) => writes.FirstOrDefault(candidate =>
        candidate.Statement == statement
        && !_done.Contains(candidate)
        && (write.Step is { } step
            ? candidate.Step == -step
            : candidate.Assigned is { } value && (isStart(value) || Saved(candidate) is { } saved && saved.SpanStart < write.Expression.SpanStart)));

    /// <summary>The declaration of the local that the write restores from, if the state was what it was initialized with.</summary>
    private static VariableDeclaratorSyntax? Saved(Write restore)
    {
        if (restore.Assigned is not IdentifierNameSyntax name || restore.Use.Model.GetSymbolInfo(name).Symbol is not ILocalSymbol local)
            return null;

        return local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } saved
            && SymbolEqualityComparer.Default.Equals(restore.Use.Model.GetSymbolInfo(value).Symbol, restore.Use.Model.GetSymbolInfo(restore.Use.Expression).Symbol)
            ? saved
            : null;
    }

    /// <summary>Whether the value is taken before it is cleared, and not restored here: a pool, whose object a flow would share with all that it starts.</summary>
    private bool IsTakenOut(Write write)
    {
        if (write.Assigned is not { } value || !isStart(value))
            return false;

        var state = write.Use.Expression.ToString();

        return write.Function.DescendantNodes().Any(node => node.Span.End <= write.Expression.SpanStart && node switch
        {
            EqualsValueClauseSyntax { Value: var taken } => taken.ToString() == state,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax, Right: var taken } => taken.ToString() == state,
            IsPatternExpressionSyntax { Expression: var asked } pattern => asked.ToString() == state && pattern.Pattern.DescendantNodes().Any(static part => part is SingleVariableDesignationSyntax),
            _ => false,
        });
    }

    /// <summary>Whether the value is wanted after its scope: by a later round of a loop, by a caller, or, where nothing follows, by whoever runs next.</summary>
    private async Task<bool> IsMissedAsync(Write write, CancellationToken cancellationToken)
    {
        var (statement, function, model) = (write.Statement!, write.Function, write.Use.Model);
        var after = Observation.After(statement, function).ToList();
        if (!after.Any(MayObserve))
            return true;

        if (statement.Ancestors().TakeWhile(ancestor => ancestor != function).FirstOrDefault(IsLoop) is { } loop
            && await observation.ReadsAsync(Observation.After(loop, function).Concat(Observation.Before(statement, loop)), model, unknown: false, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return await callers.ReadAfterAsync(function, model, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsLoop(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    private static bool MayObserve(SyntaxNode node) => node.DescendantNodesAndSelf().Any(static inner =>
        inner is InvocationExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax or UsingStatementSyntax or CommonForEachStatementSyntax);

    private static string NewToken(Write write, DocumentEdits edits) => edits.NewName(write.Expression, "token", Naming.Stem(write.Use.Variable) + "Token");
}
