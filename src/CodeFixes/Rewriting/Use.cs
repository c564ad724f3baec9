using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ContextAnalyzers.CodeFixes.Rewriting;

internal enum UseKind
{
    Read,
    Write,

    /// <summary>A write as the target of a deconstruction.</summary>
    Target,

    /// <summary>A write of a part of a struct.</summary>
    Part,

    /// <summary><c>nameof</c> or a documentation comment: the name alone.</summary>
    Name,
}

/// <summary>One place that names the state.</summary>
/// <param name="Document">Where it stands.</param>
/// <param name="Model">What it means.</param>
/// <param name="Variable">The expression for what holds the state, with qualifiers.</param>
/// <param name="Expression">The expression for the state: the same, and <c>Value</c> of it for a <c>ThreadLocal</c>.</param>
/// <param name="Kind">What it does to the state.</param>
internal readonly record struct Use(Document Document, SemanticModel Model, SyntaxNode Variable, SyntaxNode Expression, UseKind Kind)
{
    /// <summary>All uses in the solution, those in linked files once; null if one of them is of a kind that no flow variable has.</summary>
    public static async Task<ImmutableArray<Use>?> FindAllAsync(Solution solution, ISymbol symbol, bool isHolder, CancellationToken cancellationToken)
    {
        var locations = new List<ReferenceLocation>();
        foreach (var found in await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false))
            locations.AddRange(found.Locations);

        var uses = ImmutableArray.CreateBuilder<Use>();
        foreach (var file in locations.GroupBy(location => location.Document.FilePath ?? location.Document.Id.ToString(), StringComparer.Ordinal))
        {
            var documents = file.GroupBy(location => location.Document.Id).Select(group => group.OrderBy(location => location.Location.SourceSpan.Start).ToList()).ToList();
            var document = documents[0][0].Document;
            if (document is SourceGeneratedDocument || document.Project.Language != LanguageNames.CSharp || !SeeTheSame(documents, document))
                return null;

            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (IsNamedInDisabledText(root!, symbol.Name))
                return null;

            foreach (var location in documents[0])
            {
                if (location.IsImplicit || Classify(root!.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true), isHolder, document, model!, cancellationToken) is not { } use)
                    return null;

                // The name of a method that nameof has means all of that name.
                if (location.IsCandidateLocation && use.Kind != UseKind.Name)
                    return null;

                uses.Add(use);
            }
        }

        return uses.ToImmutable();
    }

    /// <summary>A file of several projects or target frameworks is edited once, so its <c>#if</c> must not hide a use from one of them.</summary>
    private static bool SeeTheSame(List<List<ReferenceLocation>> documents, Document document)
    {
        var spans = documents[0].Select(location => location.Location.SourceSpan).ToList();
        return documents.All(other => other.Select(location => location.Location.SourceSpan).SequenceEqual(spans))
            && documents.Count == document.GetLinkedDocumentIds().Length + 1;
    }

    public static bool IsNamedInDisabledText(SyntaxNode root, string name) =>
        root.ContainsDirectives && root.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)
            && SyntaxFactory.ParseTokens(trivia.ToString()).Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name));

    private static Use? Classify(SyntaxNode name, bool isHolder, Document document, SemanticModel model, CancellationToken cancellationToken)
    {
        if (name.IsPartOfStructuredTrivia())
            return new Use(document, model, name, name, UseKind.Name);

        var variable = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        var expression = variable;
        var outer = expression;
        while (outer.Parent is ParenthesizedExpressionSyntax || outer.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression))
            outer = outer.Parent!;

        if (outer.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } nameOf
            && model.GetConstantValue(nameOf, cancellationToken).HasValue)
        {
            return new Use(document, model, variable, expression, UseKind.Name);
        }

        if (isHolder)
        {
            if (outer != variable || outer.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } value)
                return null;

            expression = outer = value;
        }

        UseKind? kind = outer.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == outer => expression == outer ? UseKind.Write : null,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } => null,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => UseKind.Write,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => UseKind.Write,
            RefExpressionSyntax or MakeRefExpressionSyntax or LockStatementSyntax or ForEachVariableStatementSyntax => null,
            ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } => null,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } when IsDeconstructed(tuple) => UseKind.Target,
            MemberAccessExpressionSyntax member => IsReadThrough(member, model, cancellationToken) ? UseKind.Read : IsAssigned(member) ? UseKind.Part : null,
            ElementAccessExpressionSyntax element => IsReadThrough(element, model, cancellationToken) ? UseKind.Read : null,
            ExpressionSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or StatementSyntax or ArgumentSyntax or InterpolationSyntax or CatchFilterClauseSyntax
                or WhenClauseSyntax or ElseClauseSyntax or QueryClauseSyntax or SelectOrGroupClauseSyntax or OrderingSyntax or SwitchExpressionArmSyntax
                or AnonymousObjectMemberDeclaratorSyntax or CollectionElementSyntax or PrimaryConstructorBaseTypeSyntax => UseKind.Read,
            _ => null,
        };

        return kind is null || IsInExpressionTree(expression, model, cancellationToken) ? null : new Use(document, model, variable, expression, kind.Value);
    }

    private static bool IsDeconstructed(TupleExpressionSyntax tuple)
    {
        SyntaxNode outer = tuple;
        while (outer.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax parent })
            outer = parent;

        return outer.Parent is AssignmentExpressionSyntax assignment && assignment.Left == outer || outer.Parent is ForEachVariableStatementSyntax;
    }

    /// <summary>Of a struct, a variable gives a copy: a member that changes it, or hands out a reference into it, would change the copy.</summary>
    private static bool IsReadThrough(ExpressionSyntax access, SemanticModel model, CancellationToken cancellationToken)
    {
        var outer = Path(access);
        for (SyntaxNode part = access; ; part = part.Parent!)
        {
            // What a part refers to is changed for all who refer to it.
            if (model.GetSymbolInfo(part, cancellationToken).Symbol is not { ContainingType: { IsValueType: true } type } member)
                return true;

            if (member is IMethodSymbol method)
                return method.IsReadOnly || type.IsReadOnly || method.IsExtensionMethod || type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum;

            if (part == outer)
                break;
        }

        return outer.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left != outer,
            PrefixUnaryExpressionSyntax unary => unary.Kind() is not (SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression),
            PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            RefExpressionSyntax or MakeRefExpressionSyntax => false,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
            _ => true,
        };
    }

    private static bool IsAssigned(ExpressionSyntax access) =>
        Path(access) is var path && path.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == path;

    /// <summary>The whole of <c>access.Part.Part</c>.</summary>
    private static SyntaxNode Path(SyntaxNode access)
    {
        var outer = access;
        while (outer.Parent is MemberAccessExpressionSyntax parent && parent.Expression == outer || outer.Parent is ParenthesizedExpressionSyntax)
            outer = outer.Parent!;

        return outer;
    }

    private static bool IsInExpressionTree(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node.Ancestors().OfType<LambdaExpressionSyntax>().Any(lambda => model.GetTypeInfo(lambda, cancellationToken).ConvertedType is INamedTypeSymbol { Name: "Expression" } type
            && type.ContainingNamespace.ToDisplayString() == "System.Linq.Expressions");
}
