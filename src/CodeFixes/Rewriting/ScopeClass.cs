using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A type whose constructor sets the state and whose Dispose restores it. It keeps the token for that.</summary>
/// <param name="Set">The write in the constructor.</param>
/// <param name="Restore">The write in Dispose.</param>
/// <param name="Saved">The field that the previous value is saved in, if there is one.</param>
internal sealed record ScopeClass(Write Set, Write Restore, VariableDeclaratorSyntax? Saved)
{
    public static ScopeClass? Find(Write set, IEnumerable<Write> writes, Func<ExpressionSyntax, bool> isClear)
    {
        if (set.Function is not ConstructorDeclarationSyntax { Parent: TypeDeclarationSyntax type } constructor || constructor.Modifiers.Any(SyntaxKind.StaticKeyword) || Holder(set) is not { } body || body.Parent != constructor)
            return null;

        var others = writes.Where(write => write != set && write.Function.Parent == type).ToList();
        if (others is not [{ Function: MethodDeclarationSyntax { Identifier.ValueText: "Dispose", ParameterList.Parameters.Count: 0 }, Assigned: { } value } restore] || Holder(restore) is null)
            return null;

        if (isClear(value))
            return new(set, restore, Saved: null);

        var field = set.Use.Model.GetSymbolInfo(value).Symbol as IFieldSymbol;
        return field is { IsStatic: false, DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var reference] }
            && reference.GetSyntax() is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } saved && saved.Parent!.Parent!.Parent == type
            && (IsState(saved.Initializer?.Value, set) || Save(body, field, set) is not null)
                ? new(set, restore, saved)
                : null;
    }

    public void Plan(FlowVariable kind, string variable, INamedTypeSymbol token, string valueType, DocumentEdits edits)
    {
        var type = (TypeDeclarationSyntax)Set.Function.Parent!;
        var tokenType = UsingDirectives.NameOf(token, Set.Use.Model, type.SpanStart, edits) + $"<{valueType}>";
        var name = Name(type);
        edits.Replace(Set.Expression, current => SyntaxFactory.ParseExpression($"{name} = {Set.Set(current, kind, variable)}").WithTriviaFrom(current));
        edits.Replace(Restore.Expression, current => SyntaxFactory.ParseExpression($"{name}.Dispose()").WithTriviaFrom(current));

        var body = Holder(Set)!;
        var field = Saved is null ? null : Set.Use.Model.GetDeclaredSymbol(Saved) as IFieldSymbol;
        var save = field is null ? null : Save(body, field, Set);
        var uses = Saved is null ? 0 : type.DescendantNodes().OfType<IdentifierNameSyntax>().Count(other => other.Identifier.ValueText == Saved.Identifier.ValueText);
        if (Saved is not null && uses == (save is null ? 1 : 2))
        {
            if (save is not null)
                edits.Remove(save);

            edits.Replace(Saved.Parent!, current => ((VariableDeclarationSyntax)current)
                .WithType(SyntaxFactory.ParseTypeName(tokenType).WithTriviaFrom(((VariableDeclarationSyntax)current).Type))
                .WithVariables(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(name))));
            return;
        }

        // The previous value has other readers, or there was none: the token gets a field of its own.
        edits.Replace(type, current =>
        {
            // Below the fields that the type begins with.
            var holder = (TypeDeclarationSyntax)current;
            var fields = holder.Members.TakeWhile(static member => member is FieldDeclarationSyntax).Count();
            var indent = holder.Members[0].GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? space : SyntaxFactory.Whitespace("");
            var added = SyntaxFactory.ParseMemberDeclaration($"private readonly {tokenType} {name};")!
                .WithLeadingTrivia(indent)
                .WithTrailingTrivia(SyntaxFactory.TriviaList(Enumerable.Repeat(edits.NewLine, fields > 0 ? 1 : 2)));

            return holder.WithMembers(holder.Members.Insert(fields, added));
        });
    }

    private string Name(TypeDeclarationSyntax type)
    {
        var taken = new HashSet<string>(type.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText));
        var prefix = Saved is null || Saved.Identifier.ValueText.StartsWith("_", StringComparison.Ordinal) ? "_" : "";

        return new[] { prefix + "token" }.Concat(Enumerable.Range(2, 1000).Select(number => $"{prefix}token{number}")).First(candidate => !taken.Contains(candidate));
    }

    /// <summary>The block that the statement of the write stands in, or the arrow in front of a write that is the whole body.</summary>
    private static SyntaxNode? Holder(Write write) => write.Statement is { } statement ? StatementList.Of(statement)?.Owner : write.Expression.Parent as ArrowExpressionClauseSyntax;

    private static ExpressionStatementSyntax? Save(SyntaxNode body, IFieldSymbol field, Write set) => body.ChildNodes().OfType<ExpressionStatementSyntax>().FirstOrDefault(statement =>
        statement.SpanStart < set.Expression.SpanStart
        && statement.Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
        && SymbolEqualityComparer.Default.Equals(set.Use.Model.GetSymbolInfo(assignment.Left).Symbol, field)
        && IsState(assignment.Right, set));

    private static bool IsState(ExpressionSyntax? value, Write set) => value is not null
        && SymbolEqualityComparer.Default.Equals(set.Use.Model.GetSymbolInfo(value).Symbol, set.Use.Model.GetSymbolInfo(set.Use.Expression).Symbol);
}
