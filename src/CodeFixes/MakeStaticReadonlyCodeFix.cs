using System.Composition;
using ContextAnalyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

    /// <summary>The expressions that mean the field; null where one of them assigns it, belongs to another object, or stands in another document.</summary>
    private static async Task<IEnumerable<SyntaxNode>?> Uses(IFieldSymbol field, Document document, CancellationToken cancellationToken)
    {
        var uses = await Use.FindAllAsync(document.Project.Solution, field, isHolder: false, cancellationToken).ConfigureAwait(false);
        var keeps = uses?.All(use => use.Document.Id == document.Id && use.Kind is UseKind.Read or UseKind.Name && (field.IsStatic || !IsOfAnother(use))) ?? false;

        return keeps ? uses!.Value.Select(static use => use.Variable) : null;
    }

    private static bool IsOfAnother(Use use) => use.Variable is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } || use.Variable.Parent is MemberBindingExpressionSyntax;

    private static bool UsesParameters(SemanticModel model, VariableDeclaratorSyntax declarator) =>
        declarator.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => model.GetSymbolInfo(name).Symbol is IParameterSymbol);

    private static Document Apply(Document document, SyntaxNode root, FieldDeclarationSyntax field, IEnumerable<SyntaxNode> uses)
    {
        var qualified = uses.Where(static use => use is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax });
        root = root.ReplaceNodes([field, .. qualified], static (original, current) => current is FieldDeclarationSyntax declaration
            ? WithWarning(WithModifiers(declaration), isNeeded: !declaration.Modifiers.Any(SyntaxKind.StaticKeyword))
            : ((MemberAccessExpressionSyntax)current).Name.WithTriviaFrom(original));

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

    /// <summary>Where a variable goes with something else of its object, as the count of a lock does, it has to stay there.</summary>
    private static FieldDeclarationSyntax WithWarning(FieldDeclarationSyntax field, bool isNeeded) => isNeeded
        ? field.WithAdditionalAnnotations(WarningAnnotation.Create("All instances share the variable now: what one sets in a flow, another sees in it."))
        : field;

    private static bool IsAccessibility(SyntaxToken modifier) =>
        SyntaxFacts.IsAccessibilityModifier(modifier.Kind()) || modifier.IsKind(SyntaxKind.NewKeyword);

    private static SyntaxToken Modifier(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
}
