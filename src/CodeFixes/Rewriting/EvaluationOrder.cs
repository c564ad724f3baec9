using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Where a write in an expression stands in the order of evaluation.</summary>
/// <param name="Write">The write.</param>
/// <param name="Host">The statement it is part of, or the function whose body is one expression.</param>
/// <param name="Earlier">What the host evaluates before it.</param>
internal sealed record EvaluationOrder(ExpressionSyntax Write, SyntaxNode Host, IReadOnlyList<SyntaxNode> Earlier)
{
    /// <summary>Null where the write happens in some cases only, or more than once.</summary>
    public static EvaluationOrder? Find(ExpressionSyntax write)
    {
        var earlier = new List<SyntaxNode>();
        for (SyntaxNode inner = write; ; inner = inner.Parent!)
        {
            var outer = inner.Parent;
            switch (outer)
            {
                case ExpressionStatementSyntax or LocalDeclarationStatementSyntax { IsConst: false } or ReturnStatementSyntax or ThrowStatementSyntax:
                case IfStatementSyntax or SwitchStatementSyntax or CommonForEachStatementSyntax or UsingStatementSyntax or LockStatementSyntax:
                    return new(write, outer, earlier);

                case ArrowExpressionClauseSyntax:
                    return new(write, outer.Parent!, earlier);

                case LambdaExpressionSyntax:
                    return new(write, outer, earlier);

                case ConditionalExpressionSyntax conditional when inner != conditional.Condition:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary when inner == binary.Right:
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }:
                case ConditionalAccessExpressionSyntax access when inner == access.WhenNotNull:
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 }:
                    return null;

                // Nothing is evaluated for a variable that is assigned to.
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax }:
                    break;

                // The object is made, or copied, before.
                case BaseObjectCreationExpressionSyntax or WithExpressionSyntax when inner is InitializerExpressionSyntax:
                    earlier.Add(outer);
                    break;

                case ExpressionSyntax or ArgumentSyntax or BaseArgumentListSyntax or InterpolationSyntax or EqualsValueClauseSyntax or VariableDeclaratorSyntax
                    or VariableDeclarationSyntax or AnonymousObjectMemberDeclaratorSyntax or ExpressionElementSyntax:
                    earlier.AddRange(outer.ChildNodes().Where(child => child.Span.End <= inner.SpanStart && child is not (NameColonSyntax or NameEqualsSyntax)));
                    break;

                default:
                    return null;
            }
        }
    }

    /// <summary>Whether nobody could tell if the write came first.</summary>
    /// <param name="model">The meaning of the host.</param>
    /// <param name="touches">Whether code reads or writes the state.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<bool> CanMoveToFrontAsync(SemanticModel model, Observation touches, CancellationToken cancellationToken)
    {
        if (Earlier.Count == 0)
            return true;

        var value = (Write as AssignmentExpressionSyntax)?.Right;
        var written = value is null ? null : model.AnalyzeDataFlow(value);

        var member = Function.MemberOf(Write);
        // Names alone do nothing, and mean the same later if the value does nothing either, or does not reach them.
        var isPlain = value is null || IsPlain(value, model, static symbol => symbol is ILocalSymbol or IParameterSymbol);
        bool keeps(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol
            ? written is null || !written.WrittenInside.Contains(symbol) && (isPlain || !IsAssignedInAnotherFunction(symbol, member))
            : symbol is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true };
        foreach (var node in Earlier)
        {
            if (IsPlain(node, model, keeps))
                continue;

            if (!isPlain || await touches.ReadsAsync([node], model, unknown: true, cancellationToken).ConfigureAwait(false) || value is not null && Changes(node, value))
                return false;
        }

        return true;
    }

    private static bool IsPlain(SyntaxNode node, SemanticModel model, Func<ISymbol, bool> isPlain) => node
        .DescendantNodesAndSelf(static inner => inner is not (AnonymousFunctionExpressionSyntax or TypeSyntax and not SimpleNameSyntax))
        .All(inner => inner switch
        {
            SimpleNameSyntax name => model.GetSymbolInfo(name).Symbol is { } symbol && (symbol is INamespaceOrTypeSymbol or IMethodSymbol || isPlain(symbol)),
            LiteralExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax or TypeSyntax
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or TypeOfExpressionSyntax or DefaultExpressionSyntax or AnonymousFunctionExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: 0 } or InterpolatedStringTextSyntax => true,
            _ => false,
        });

    /// <summary>Whether code assigns to something that the value names.</summary>
    private bool Changes(SyntaxNode node, ExpressionSyntax value)
    {
        var names = new HashSet<string>(value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText));
        return names.Count > 0 && node.DescendantNodesAndSelf().Any(inner => inner.Span.End <= Write.SpanStart
            && inner is AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or InvocationExpressionSyntax { Expression: IdentifierNameSyntax });
    }

    /// <summary>Whether a local is assigned to by a function that the value may call.</summary>
    private bool IsAssignedInAnotherFunction(ISymbol local, SyntaxNode member) => member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
        name.Identifier.ValueText == local.Name && Function.Of(name) != Function.Of(Write)
        && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
            || name.Parent is PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or ArgumentSyntax { Parent: TupleExpressionSyntax }));
}
