using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Plans what happens to the uses of a state member: reads get the value, writes set it for the statements they are meant for.</summary>
internal sealed class UsePlanner(Solution solution, StateMember member, ConversionWay way, FlowVariable kind, Declaration declaration, SolutionEdits edits)
{
    private readonly Observation _observation = new(solution, member.Symbols);

    private readonly Callers _callers = new(solution, new Observation(solution, member.Symbols));

    /// <summary>The methods that return a token after the conversion.</summary>
    public List<IMethodSymbol> Setters { get; } = [];

    public async Task<bool> PlanAsync(IEnumerable<Use> uses, CancellationToken cancellationToken)
    {
        var writes = new List<Write>();
        foreach (var use in uses)
        {
            if (use.Kind == UseKind.Name)
            {
                // The name of a field that goes.
                if (way == ConversionWay.Property && member.Facade is { } facade && use.Variable.GetLastToken().ValueText != facade.Name)
                    return false;
            }
            else if (!Conversion.Converts(member, way, use))
            {
                if (use.Kind is UseKind.Write or UseKind.Target && (Write.Create(use) is { Step: not null } || await IsLostAsync(use, cancellationToken).ConfigureAwait(false)))
                    return false;
            }
            else if (use.Kind != UseKind.Read)
            {
                if (Write.Create(use) is not { } write)
                    return false;

                writes.Add(write);
            }
            else
            {
                var document = await edits.OfAsync(use.Document, cancellationToken).ConfigureAwait(false);
                document.Replace(use.Expression, Read(use, cancellationToken));
            }
        }

        // What nobody sets here is set elsewhere, where it cannot be converted, or should be read-only.
        return (writes.Count > 0 || way == ConversionWay.BackingField) && await PlanAsync(writes, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> PlanAsync(List<Write> writes, CancellationToken cancellationToken)
    {
        var scopes = writes.Select(write => ScopeClass.Find(write, writes, declaration.IsStart)).OfType<ScopeClass>().ToList();
        foreach (var scope in scopes)
        {
            var document = await edits.OfAsync(scope.Set.Use.Document, cancellationToken).ConfigureAwait(false);
            if (Token(scope.Set) is { } token)
            {
                scope.Plan(kind, Variable(scope.Set), token, declaration.ValueType, document);
            }
            else
            {
                ReplaceInPlace(scope.Set, document);
                ReplaceInPlace(scope.Restore, document);
            }
        }

        // The calls of methods that set are writes as well, and may stand in such methods themselves.
        var pending = new Queue<Write>(writes.Where(write => !scopes.Any(scope => write == scope.Set || write == scope.Restore)));
        var scoped = new List<Write>();
        while (pending.Count > 0)
        {
            var write = pending.Dequeue();
            var document = await edits.OfAsync(write.Use.Document, cancellationToken).ConfigureAwait(false);
            if (write.Function is AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.SetAccessorDeclaration } && write.Expression.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax)
            {
                ReplaceInPlace(write, document);
            }
            else if (SetterMethod.Is(write))
            {
                if (await SetterMethod.CallsAsync(solution, write, cancellationToken).ConfigureAwait(false) is not { } calls)
                    return false;

                if (Token(write) is { } token)
                    Setters.Add(SetterMethod.Plan(write, current => write.Set(current, kind, Variable(write)), token, declaration.ValueType, document));
                else
                    ReplaceInPlace(write, document);

                foreach (var call in calls)
                    pending.Enqueue(call);
            }
            else
            {
                scoped.Add(write);
            }
        }

        var planner = new WritePlanner(kind, Variable, declaration.IsStart, _observation, _callers);
        foreach (var function in scoped.GroupBy(write => write.Function))
        {
            var document = await edits.OfAsync(function.First().Use.Document, cancellationToken).ConfigureAwait(false);
            if (!await planner.PlanAsync(function.Key, [.. function.OrderBy(write => write.Expression.SpanStart)], document, cancellationToken).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    /// <summary>The type of token there; null if this kind of variable has none.</summary>
    private INamedTypeSymbol? Token(Write write) => kind.Token is null ? null : write.Use.Model.Compilation.GetTypeByMetadataName(kind.Token);

    /// <summary>Sets without a token, where none can be kept: in a setter, and where what follows restores by itself. A call of what sets stays as it is.</summary>
    private void ReplaceInPlace(Write write, DocumentEdits document)
    {
        if (write.IsCall)
            return;

        var variable = Variable(write);
        document.Replace(write.Expression, current => SyntaxFactory.ParseExpression(kind.Set(variable, write.Value(current, kind, variable))).WithTriviaFrom(current));
    }

    /// <summary>Whether a write that stays, through a setter, is made once for the type, or where its value ends before somebody reads it.</summary>
    private async Task<bool> IsLostAsync(Use use, CancellationToken cancellationToken)
    {
        var function = Function.Of(use.Expression);

        return await _callers.IsRunByTypeAsync(function, use.Model, cancellationToken).ConfigureAwait(false)
            || (FlowBoundary.IsAt(function, use.Model, cancellationToken) && await _callers.ReadAfterAsync(function, use.Model, cancellationToken).ConfigureAwait(false));
    }

    private Func<SyntaxNode, SyntaxNode> Read(Use use, CancellationToken cancellationToken)
    {
        var suppressed = NeedsSuppression(use, cancellationToken) ? "!" : "";
        var text = kind.Get(Variable(use)) + suppressed;
        return current => SyntaxFactory.ParseExpression(text).WithTriviaFrom(current);
    }

    /// <summary>The variable that a write sets. A call names a method instead, maybe of another type.</summary>
    private string Variable(Write write)
    {
        if (!write.IsCall)
            return Variable(write.Use);

        var (model, position, name) = (write.Use.Model, write.Expression.SpanStart, declaration.NewName(way) ?? member.Symbol.Name);
        for (var type = model.GetEnclosingSymbol(position)?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.Symbol.ContainingType))
                return name;
        }

        return $"{member.Symbol.ContainingType.ToMinimalDisplayString(model, position)}.{name}";
    }

    private string Variable(Use use)
    {
        if (declaration.NewName(way) is not { } name)
            return use.Variable.ToString();

        return use.Variable is MemberAccessExpressionSyntax access ? access.WithName(SyntaxFactory.IdentifierName(name)).ToString() : name;
    }

    /// <summary>The compiler follows a field through null checks, but not what a call returns: what a local takes from it must be said.</summary>
    /// <remarks>Where the read itself is complained about, <see cref="SolutionEdits"/> says it.</remarks>
    private bool NeedsSuppression(Use use, CancellationToken cancellationToken) =>
        use.Expression.Parent is EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type.IsVar: true } }
        && member.Type is { IsValueType: false, NullableAnnotation: NullableAnnotation.Annotated }
        && use.Model.GetTypeInfo(use.Expression, cancellationToken).Nullability.FlowState == NullableFlowState.NotNull;
}
