using System.Composition;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ContextAnalyzers.CodeFixes;

/// <summary>CTX201: makes the field that holds a flow variable static and readonly.</summary>
/// <remarks>Only where nobody assigns it, and where all uses are in its own document and go by its name or by <c>this</c>.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeStaticReadonlyCodeFix)), Shared]
public sealed class MakeStaticReadonlyCodeFix : CodeFixProvider
{
    private const string Title = "Make static readonly";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.FlowVariableNotStaticReadonly.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Parent.Parent: FieldDeclarationSyntax { Declaration.Variables.Count: 1 } field } declarator)
            return;

        var model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(declarator, context.CancellationToken) is not IFieldSymbol symbol || field.ContainsDiagnostics || UsesParameters(model, declarator))
            return;

        var uses = await Uses(symbol, document, context.CancellationToken).ConfigureAwait(false);
        if (uses is null)
            return;

        context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(Apply(document, root, field, uses)), equivalenceKey: Title), context.Diagnostics);
    }

    /// <summary>The names that mean the field; null where one of them is assigned, belongs to another object, or stands in another document.</summary>
    private static async Task<List<SimpleNameSyntax>?> Uses(IFieldSymbol field, Document document, CancellationToken cancellationToken)
    {
        var uses = new List<SimpleNameSyntax>();
        foreach (var referenced in await SymbolFinder.FindReferencesAsync(field, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var location in referenced.Locations)
            {
                var root = await location.Location.SourceTree!.GetRootAsync(cancellationToken).ConfigureAwait(false);
                if (location.Document.Id != document.Id || root.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true) is not SimpleNameSyntax name)
                    return null;

                var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name;
                if (whole is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } && !field.IsStatic)
                    return null;

                if (whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole || whole.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
                    return null;

                uses.Add(name);
            }
        }

        return uses;
    }

    private static bool UsesParameters(SemanticModel model, VariableDeclaratorSyntax declarator) =>
        declarator.Initializer?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => model.GetSymbolInfo(name).Symbol is IParameterSymbol) ?? true;

    private static Document Apply(Document document, SyntaxNode root, FieldDeclarationSyntax field, List<SimpleNameSyntax> uses)
    {
        var qualified = uses.Select(static name => name.Parent).OfType<MemberAccessExpressionSyntax>().Where(static access => access.Expression is ThisExpressionSyntax).ToArray();
        root = root.ReplaceNodes<SyntaxNode, SyntaxNode>([field, .. qualified], static (original, current) => current switch
        {
            FieldDeclarationSyntax declaration => WithModifiers(declaration),
            MemberAccessExpressionSyntax access => access.Name.WithTriviaFrom(original),
            _ => current,
        });

        return document.WithSyntaxRoot(root);
    }

    private static FieldDeclarationSyntax WithModifiers(FieldDeclarationSyntax field)
    {
        var leading = field.GetLeadingTrivia();
        var modifiers = field.WithoutLeadingTrivia().Modifiers;
        if (!modifiers.Any(SyntaxKind.StaticKeyword))
            modifiers = modifiers.Insert(modifiers.Count(IsAccessibility), Modifier(SyntaxKind.StaticKeyword));

        if (!modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            modifiers = modifiers.Add(Modifier(SyntaxKind.ReadOnlyKeyword));

        return field.WithoutLeadingTrivia().WithModifiers(modifiers).WithLeadingTrivia(leading);
    }

    private static bool IsAccessibility(SyntaxToken modifier) =>
        SyntaxFacts.IsAccessibilityModifier(modifier.Kind()) || modifier.IsKind(SyntaxKind.NewKeyword);

    private static SyntaxToken Modifier(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
}
