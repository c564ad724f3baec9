using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Says in the preview what the author of a conversion has to judge: the solution alone cannot tell.</summary>
internal static class ConversionWarning
{
    /// <param name="changed">The converted solution.</param>
    /// <param name="solution">The solution that was converted.</param>
    /// <param name="member">The member as it was.</param>
    /// <param name="way">What of it was converted.</param>
    /// <param name="kind">What it became.</param>
    /// <param name="name">The name it has now.</param>
    /// <param name="setters">Methods that return a token now.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<Solution> AnnotateAsync(
        Solution changed, Solution solution, StateMember member, ConversionWay way, FlowVariable kind, string name, IEnumerable<IMethodSymbol> setters, CancellationToken cancellationToken)
    {
        if (Text(member, way) is { } text)
            changed = await AnnotateAsync(changed, solution, member.Symbol, declaration => Declares(declaration, name, kind), text, cancellationToken).ConfigureAwait(false);

        foreach (var setter in setters.Where(IsVisibleOutside))
            changed = await AnnotateAsync(changed, solution, setter, declaration => Returns(declaration, setter.Name), Outside(setter), cancellationToken).ConfigureAwait(false);

        return changed;
    }

    private static async Task<Solution> AnnotateAsync(
        Solution changed, Solution solution, ISymbol symbol, Func<MemberDeclarationSyntax, bool> isDeclaration, string text, CancellationToken cancellationToken)
    {
        var id = solution.GetDocument(symbol.DeclaringSyntaxReferences[0].SyntaxTree)!.Id;
        var root = await changed.GetDocument(id)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);

        return root!.DescendantNodes().OfType<MemberDeclarationSyntax>().FirstOrDefault(isDeclaration) is { } declaration
            ? changed.WithDocumentSyntaxRoot(id, root.ReplaceNode(declaration, declaration.WithAdditionalAnnotations(WarningAnnotation.Create(text))))
            : changed;
    }

    private static string? Text(StateMember member, ConversionWay way)
    {
        ISymbol? changes = way switch
        {
            ConversionWay.Field => member.Symbol,
            ConversionWay.Property => member.Facade ?? member.Symbol,
            _ => null,
        };

        if (changes is not null && IsVisibleOutside(changes))
            return Outside(changes);

        return Mutability.IsMutableReference(member.Type) ? $"A '{member.Type.Name}' can be changed, and flows that start from this one share the same object." : null;
    }

    private static string Outside(ISymbol symbol) => $"'{symbol.Name}' can be used outside this solution: such code must change as well.";

    private static bool IsVisibleOutside(ISymbol symbol)
    {
        for (var current = symbol; current is not (null or INamespaceSymbol); current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }

    private static bool Declares(MemberDeclarationSyntax declaration, string name, FlowVariable kind) => declaration switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name) && field.Declaration.Type.ToString().Contains(kind.TypeName + "<"),
        PropertyDeclarationSyntax property => property.Identifier.ValueText == name && property.Type.ToString().Contains(kind.TypeName + "<"),
        _ => false,
    };

    private static bool Returns(MemberDeclarationSyntax declaration, string name) =>
        declaration is MethodDeclarationSyntax method && method.Identifier.ValueText == name && method.ReturnType.ToString().Contains("Token<");
}
