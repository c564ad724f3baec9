using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Brings a namespace into a file the way the file does it itself.</summary>
internal static class UsingDirectives
{
    /// <summary>How a type is named at a position: by its simple name, with a new using directive if it takes one, or in full where that would be ambiguous.</summary>
    public static string NameOf(INamedTypeSymbol type, SemanticModel model, int position, DocumentEdits edits)
    {
        var visible = model.LookupNamespacesAndTypes(position, name: type.Name).OfType<INamedTypeSymbol>().Where(found => found.Arity == type.Arity).ToList();
        if (visible.Count == 1 && SymbolEqualityComparer.Default.Equals(visible[0], type))
            return type.Name;

        var @namespace = type.ContainingNamespace.ToDisplayString();
        if (visible.Count > 0 || HidesANameInUse(type, edits.Root, model))
            return $"global::{@namespace}.{type.Name}";

        edits.Import(@namespace);
        return type.Name;
    }

    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string @namespace, string endOfLine)
    {
        var holder = root.Usings.Any(IsPlain) ? null : root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(declaration => declaration.Usings.Any(IsPlain));
        if (holder is not null)
            return root.ReplaceNode(holder, holder.WithUsings(Insert(holder.Usings, @namespace, endOfLine)));

        if (root.Usings.Any())
            return root.WithUsings(Insert(root.Usings, @namespace, endOfLine));

        // The first directive stands where the first member stood, below the file's header.
        var directive = SyntaxFactory.ParseCompilationUnit($"using {@namespace};{endOfLine}").Usings[0];
        var first = root.GetFirstToken(includeZeroWidth: true);
        var header = root.Externs.Any() ? default : Header(first.LeadingTrivia);
        var rest = SyntaxFactory.TriviaList(first.LeadingTrivia.Skip(header.Count));
        if (!(rest.Count > 0 && rest[0].IsKind(SyntaxKind.EndOfLineTrivia)))
            rest = rest.Insert(0, SyntaxFactory.EndOfLine(endOfLine));

        return root.ReplaceToken(first, first.WithLeadingTrivia(rest)).WithUsings(SyntaxFactory.SingletonList(directive.WithLeadingTrivia(header)));
    }

    private static SyntaxList<UsingDirectiveSyntax> Insert(SyntaxList<UsingDirectiveSyntax> usings, string @namespace, string endOfLine)
    {
        var (index, depth) = (0, 0);
        var isSystemFirst = !usings.Where(IsPlain).SkipWhile(IsSystem).Any(IsSystem);
        for (var i = 0; i < usings.Count; i++)
        {
            // A build without the symbol needs the directive too.
            depth += usings[i].GetLeadingTrivia().Sum(static trivia => trivia.Kind() switch { SyntaxKind.IfDirectiveTrivia => 1, SyntaxKind.EndIfDirectiveTrivia => -1, _ => 0 });
            if (depth > 0)
                continue;

            if (usings[i].GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) || (IsPlain(usings[i]) && Precedes(usings[i].Name!.ToString(), @namespace, isSystemFirst)))
                index = i + 1;
        }

        var neighbour = usings[Math.Min(index, usings.Count - 1)];
        var indent = neighbour.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? space.ToString() : "";
        var directive = SyntaxFactory.ParseCompilationUnit($"{indent}using {@namespace};{endOfLine}").Usings[0];
        if (index == 0)
        {
            // The header of the file stays above all directives.
            var leading = usings[0].GetLeadingTrivia();
            var header = leading.TakeWhile(static trivia => !trivia.IsKind(SyntaxKind.IfDirectiveTrivia)).ToList();
            directive = directive.WithLeadingTrivia(header);
            usings = usings.Replace(usings[0], usings[0].WithLeadingTrivia(header.Count < leading.Count ? leading.Skip(header.Count) : [SyntaxFactory.Whitespace(indent)]));
        }

        return usings.Insert(index, directive);
    }

    /// <summary>By name; System comes first, unless the file has it among the others.</summary>
    private static bool Precedes(string name, string other, bool isSystemFirst)
    {
        var (system, otherSystem) = (IsSystem(name), IsSystem(other));
        return isSystemFirst && system != otherSystem ? system : string.CompareOrdinal(name, other) < 0;
    }

    private static bool IsSystem(UsingDirectiveSyntax directive) => IsSystem(directive.Name!.ToString());

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsPlain(UsingDirectiveSyntax directive) =>
        directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.GlobalKeyword.IsKind(SyntaxKind.None) && directive.Name is not null;

    /// <summary>The comments at the head of a file, up to and with the blank line below them.</summary>
    private static SyntaxTriviaList Header(SyntaxTriviaList trivia)
    {
        var end = 0;
        for (var i = 0; i + 1 < trivia.Count; i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia) && trivia[i + 1].IsKind(SyntaxKind.EndOfLineTrivia))
                end = i + 2;
        }

        return SyntaxFactory.TriviaList(trivia.Take(end));
    }

    /// <summary>Whether the file means something else by a name that the namespace would bring in.</summary>
    private static bool HidesANameInUse(INamedTypeSymbol type, SyntaxNode root, SemanticModel model)
    {
        var names = new HashSet<string>(type.ContainingNamespace.GetTypeMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public).Select(member => member.Name));
        return root.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText)
            && model.GetSymbolInfo(name).Symbol is INamedTypeSymbol { ContainingType: null } used
            && !SymbolEqualityComparer.Default.Equals(used.ContainingNamespace, type.ContainingNamespace)
            && type.ContainingNamespace.GetTypeMembers(used.Name, used.Arity).Length > 0);
    }
}
