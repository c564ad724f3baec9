using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Plans what happens to the uses of a state member: reads get the value, writes set it for the statements they are meant for.</summary>
internal sealed class UsePlanner(Solution solution, StateMember member, ConversionWay way, FlowVariable kind, Declaration declaration, SolutionEdits edits)
{
    private readonly Observation _observation = new(solution, member.Symbols);

    public async Task<bool> PlanAsync(IEnumerable<Use> uses, CancellationToken cancellationToken)
    {
        var callers = new Callers(solution, _observation);
        foreach (var file in uses.GroupBy(use => use.Document.Id))
        {
            var document = await edits.OfAsync(file.First().Document, cancellationToken).ConfigureAwait(false);
            var writes = new List<Write>();
            foreach (var use in file)
            {
                if (!IsConverted(use, cancellationToken))
                {
                    if (use.Kind == UseKind.Write && await IsLostAsync(use, callers, cancellationToken).ConfigureAwait(false))
                        return false;
                }
                else if (use.Kind == UseKind.Read)
                {
                    document.Replace(use.Expression, Read(use, cancellationToken));
                }
                else if (use.Kind == UseKind.Name)
                {
                    if (declaration.NewName(way) is not null)
                        return false;
                }
                else if (Write.Create(use) is not { } write)
                {
                    return false;
                }
                else if (write.Function is AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.SetAccessorDeclaration } && write.Expression.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax)
                {
                    if (await IsLostAsync(use, callers, cancellationToken).ConfigureAwait(false))
                        return false;

                    var variable = Variable(use.Expression);
                    document.Replace(write.Expression, current => SyntaxFactory.ParseExpression(kind.Set(variable, Write.Value(current, kind, variable))).WithTriviaFrom(current));
                }
                else
                {
                    writes.Add(write);
                }
            }

            var planner = new WritePlanner(kind, Variable, declaration.InitialValue, _observation, callers);
            foreach (var function in writes.GroupBy(write => write.Function))
            {
                if (!await planner.PlanAsync(function.Key, [.. function.OrderBy(write => write.Expression.SpanStart)], document, cancellationToken).ConfigureAwait(false))
                    return false;
            }
        }

        return true;
    }

    private bool IsConverted(Use use, CancellationToken cancellationToken) => way switch
    {
        ConversionWay.Property => member.Facade is null || !member.Facade.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken).Span.Contains(use.Expression.Span),
        ConversionWay.Field => !IsFacade(use),
        ConversionWay.BackingField => false,
        _ => use.Kind == UseKind.Write,
    };

    private bool IsFacade(Use use) => member.Facade is { } facade && use.Model.GetSymbolInfo(use.Expression).Symbol is IPropertySymbol property && Observation.SameDeclaration(facade, property);

    /// <summary>Whether a write that stays, through a setter, is made where its value ends before somebody reads it.</summary>
    private static async Task<bool> IsLostAsync(Use use, Callers callers, CancellationToken cancellationToken) =>
        FlowBoundary.IsAt(Function.Of(use.Expression), use.Model, cancellationToken)
        && await callers.ReadAfterAsync(Function.Of(use.Expression), use.Model, cancellationToken).ConfigureAwait(false);

    private Func<SyntaxNode, SyntaxNode> Read(Use use, CancellationToken cancellationToken)
    {
        var suppressed = NeedsSuppression(use, cancellationToken) ? "!" : "";
        var text = kind.Get(Variable(use.Expression)) + suppressed;
        return current => SyntaxFactory.ParseExpression(text).WithTriviaFrom(current);
    }

    private string Variable(SyntaxNode expression)
    {
        if (declaration.NewName(way) is not { } name)
            return expression.ToString();

        return expression is MemberAccessExpressionSyntax access ? access.WithName(SyntaxFactory.IdentifierName(name)).ToString() : name;
    }

    /// <summary>The compiler follows a field through null checks, but not what a call returns.</summary>
    private bool NeedsSuppression(Use use, CancellationToken cancellationToken)
    {
        if (member.Type.IsValueType || member.Type.NullableAnnotation != NullableAnnotation.Annotated
            || use.Model.GetTypeInfo(use.Expression, cancellationToken).Nullability.FlowState != NullableFlowState.NotNull)
        {
            return false;
        }

        return use.Expression.Parent switch
        {
            ConditionalAccessExpressionSyntax access => access.Expression != use.Expression,
            BinaryExpressionSyntax binary => binary.Kind() is not (SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression or SyntaxKind.CoalesceExpression or SyntaxKind.IsExpression or SyntaxKind.AsExpression or SyntaxKind.AddExpression),
            IsPatternExpressionSyntax or InterpolationSyntax or SwitchExpressionSyntax or ExpressionStatementSyntax => false,
            PostfixUnaryExpressionSyntax => false,
            _ => true,
        };
    }
}
