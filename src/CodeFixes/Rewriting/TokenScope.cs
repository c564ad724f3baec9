using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>The plan for one <c>Set</c>: which statements its value is for, where its token is declared, and which resets the new one replaces.</summary>
/// <remarks>
/// The statements are the rest of the block, up to a reset that stands in it. Where statements behind the block see the value too, they are the
/// rest of the function, and the token is declared in front of them as <c>Token&lt;T&gt; token = default;</c>. A loop's body, a <c>catch</c> and a
/// <c>finally</c> are scopes of their own.
/// </remarks>
internal sealed class TokenScope
{
    private readonly SemanticModel _model;
    private readonly ExpressionSyntax _set;
    private readonly StatementSyntax _statement;
    private readonly StatementList _list;
    private readonly int _index;
    private readonly int _end;
    private readonly TokenResets _resets;
    private readonly HoistedDeclarations _hoisted;

    private TokenScope(
        SemanticModel model, ExpressionSyntax set, StatementSyntax statement, ValueScope scope, int end, TokenResets resets, HoistedDeclarations hoisted)
    {
        (_model, _set, _statement, _resets, _hoisted) = (model, set, statement, resets, hoisted);
        (_list, _index, _end) = (scope.List, scope.Index, end);
    }

    private bool IsNested => _list.Statements[_index] != _statement;

    /// <summary>Whether a <c>Reset</c> goes with the call; what other libraries hand out is disposed of.</summary>
    private bool IsOnVariable => _model.GetSymbolInfo(_set).Symbol is not IMethodSymbol { ContainingType: var type }
        || KnownSymbols.Of(_model.Compilation).ContextVar.Is(type);

    private bool MayBeNull => _model.GetTypeInfo(_set).Nullability.FlowState == NullableFlowState.MaybeNull;

    private bool EndsWithReset => _end < _list.Statements.Count && _resets.Statements.Contains(_list.Statements[_end]);

    private bool ReachesEndOfList => _end + (EndsWithReset ? 1 : 0) == _list.Statements.Count;

    /// <summary>The plan; null where none is right: an iterator, a syntax error, a value that nothing follows, a token used in ways which the fix does not know.</summary>
    public static TokenScope? Find(SemanticModel model, ExpressionSyntax set, CancellationToken cancellationToken)
    {
        if (set.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || Function.IsIterator(Function.Of(set)) || Function.MemberOf(set).ContainsDiagnostics)
            return null;

        if (TokenResets.Find(model, statement, set, cancellationToken) is not { } resets || ValueScope.Find(model, statement) is not { } scope)
            return null;

        var isNested = scope.List.Statements[scope.Index] != statement;
        if (isNested && (resets.Token is not null || model.GetTypeInfo(set, cancellationToken).Type is null or IErrorTypeSymbol))
            return null;

        var end = EndOf(scope, resets);
        if (!resets.IdleFlags.All(flag => IsAround(flag, scope, end)))
            return null;

        // A reset that the scope ends with goes into the finally, without its condition.
        var moved = end < scope.List.Statements.Count && resets.Statements.Contains(scope.List.Statements[end]) ? end + 1 : end;
        if (HoistedDeclarations.Find(model, scope.List, isNested ? scope.Index : scope.Index + 1, moved, cancellationToken) is not { } hoisted)
            return null;

        return new(model, set, statement, scope, end, resets, hoisted);
    }

    /// <summary>The root with the token reset in a <c>finally</c>; null where a directive begins inside the scope and ends outside.</summary>
    public SyntaxNode? ResetInFinally(SyntaxNode root)
    {
        var newLine = LineEndings.Of(root);
        var name = _resets.Token?.Name ?? TokenName.For(_set);
        var (before, body) = IsNested
            ? (DeclareBefore(name), Body(_index, AssignTo(name)))
            : (Declare(name), Body(_index + 1));

        var reset = EndsWithReset && _list.Statements[_end] is ExpressionStatementSyntax own ? own
            : IsNested ? Rewriting.ResetInFinally.Dispose(name)
            : IsOnVariable ? Rewriting.ResetInFinally.Reset(name, _set)
            : Rewriting.ResetInFinally.Dispose(name + (MayBeNull ? "?" : ""));

        return Replace(root, before, Rewriting.ResetInFinally.Try(body, EndOfBody, reset, newLine), newLine);
    }

    /// <summary>The root with the token in a <c>using</c> declaration, or in a block where that is not allowed or ends too late; null where neither will do.</summary>
    public SyntaxNode? UseUsing(SyntaxNode root)
    {
        if (IsNested)
            return null;

        var newLine = LineEndings.Of(root);
        var body = Body(_index + 1);
        var isDeclaration = ReachesEndOfList && _list.Owner is not SwitchSectionSyntax && !body.Any(HasLabel);
        if (!isDeclaration)
        {
            return _resets.IsRead
                ? null
                : Replace(root, before: null, Rewriting.ResetInFinally.Using(_set, body, EndOfBody, newLine)?.WithLeadingTrivia(_statement.GetLeadingTrivia()), newLine);
        }

        var declaration = Declare(_resets.IsRead ? _resets.Token!.Name : TokenName.ForUsing(_set));
        var leading = declaration.GetLeadingTrivia();
        declaration = declaration.WithoutLeadingTrivia()
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(leading)
            .WithAdditionalAnnotations(Formatter.Annotation);

        return root.ReplaceNode(_list.Owner, _list.With([.. Before, declaration, .. body], _list.End));
    }

    /// <summary>Whether a statement stands in front of the scope or in it.</summary>
    private static bool IsAround(StatementSyntax statement, ValueScope scope, int end)
    {
        var (list, index) = scope;

        return list.IndexOf(statement) is >= 0 and var place ? place < index : statement.SpanStart > list.Statements[index].Span.End && statement.SpanStart < list.Statements[end - 1].Span.End;
    }

    private static int EndOf(ValueScope scope, TokenResets resets)
    {
        var (list, index) = scope;
        for (var i = list.Statements.Count - 1; i > index; i--)
        {
            var statement = list.Statements[i];
            if (resets.Statements.Contains(statement))
                return i;

            if (resets.Statements.Any(reset => statement.Span.Contains(reset.Span)))
            {
                return statement is TryStatementSyntax { Finally.Block: var block } && resets.Statements.Any(reset => reset.Parent == block)
                    ? i + 1
                    : list.Statements.Count;
            }
        }

        return list.Statements.Count;
    }

    private IEnumerable<StatementSyntax> Before => _list.Statements.Take(_index).Where(statement => !_resets.IdleFlags.Contains(statement));

    private SyntaxTriviaList EndOfBody => EndsWithReset ? default : ReachesEndOfList ? _list.End : default;

    private SyntaxNode? Replace(SyntaxNode root, StatementSyntax? before, StatementSyntax? scope, SyntaxTrivia newLine)
    {
        if (scope is null)
            return null;

        var statements = new List<StatementSyntax>(Before);
        foreach (var hoisted in _hoisted.Declarations)
            statements.Add(Rewriting.ResetInFinally.EndsLine(hoisted, newLine).WithAdditionalAnnotations(Formatter.Annotation));

        if (before is not null)
            statements.Add(Rewriting.ResetInFinally.EndsLine(before, newLine).WithAdditionalAnnotations(Formatter.Annotation));

        statements.Add(scope);
        statements.AddRange(_list.Statements.Skip(EndsWithReset ? _end + 1 : _end));

        return root.ReplaceNode(_list.Owner, _list.With(statements, ReachesEndOfList && !EndsWithReset ? default : _list.End));
    }

    /// <summary>The statement of the Set as a declaration of its token, comments included.</summary>
    private LocalDeclarationStatementSyntax Declare(string name) => _statement is LocalDeclarationStatementSyntax declaration && declaration.Declaration.Variables[0].Identifier.ValueText == name
        ? declaration
        : Rewriting.ResetInFinally.Declare(name, _set).WithTriviaFrom(_statement);

    private LocalDeclarationStatementSyntax DeclareBefore(string name)
    {
        var type = _model.GetTypeInfo(_set).Type!.ToMinimalDisplayString(_model, _list.Statements[_index].SpanStart);

        return (LocalDeclarationStatementSyntax)SyntaxFactory.ParseStatement($"{type} {name} = default;")
            .WithLeadingTrivia(_list.Statements[_index].GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
    }

    private ExpressionStatementSyntax AssignTo(string name)
    {
        var equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        var assignment = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(name), equals, _set.WithoutTrivia());

        return SyntaxFactory.ExpressionStatement(assignment).WithTriviaFrom(_statement);
    }

    private List<StatementSyntax> Body(int first, StatementSyntax? assignment = null)
    {
        var rewriter = new ScopeRewriter(_resets.Statements.AddRange(_resets.IdleFlags), _hoisted, _statement, assignment);
        var body = new List<StatementSyntax>();
        for (var i = first; i < _end; i++)
            body.AddRange(rewriter.Rewrite(_list.Statements[i]));

        return body;
    }

    private static bool HasLabel(StatementSyntax statement) => statement.DescendantNodesAndSelf().Any(static node => node is LabeledStatementSyntax);
}
