using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Says in the preview what the author of a conversion has to judge: the solution alone cannot tell.</summary>
internal static class ConversionWarning
{
    public static async Task<Solution> AnnotateAsync(Solution changed, StateMember member, ConversionWay way, FlowVariable kind, string name, CancellationToken cancellationToken)
    {
        if (Text(member, way) is not { } text)
            return changed;

        var path = member.Symbol.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;
        foreach (var document in changed.GetProject(member.Project.Id)!.Documents.Where(document => document.FilePath == path || document.Name == path))
        {
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (root!.DescendantNodes().OfType<MemberDeclarationSyntax>().FirstOrDefault(declaration => Declares(declaration, name, kind)) is { } declaration)
                return changed.WithDocumentSyntaxRoot(document.Id, root.ReplaceNode(declaration, declaration.WithAdditionalAnnotations(WarningAnnotation.Create(text))));
        }

        return changed;
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
            return $"'{changes.Name}' can be used outside this solution: such code must change as well.";

        return Mutability.IsMutableReference(member.Type) ? $"A '{member.Type.Name}' can be changed, and flows that start from this one share the same object." : null;
    }

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
}
