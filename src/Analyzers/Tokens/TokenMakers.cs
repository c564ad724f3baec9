namespace ContextAnalyzers.Tokens;

/// <summary>The names of the methods that make tokens: code that names none of them makes none.</summary>
internal static class TokenMakers
{
    private static readonly NamesOfTypes OfToken = new("Token");

    public static IEnumerable<string> In(Compilation compilation, KnownType token, CancellationToken cancellationToken)
    {
        if (token.Symbol is not { ContainingAssembly: var library })
            return [];

        var names = OfToken.In(compilation.SyntaxTrees, cancellationToken);
        foreach (var reference in compilation.References)
        {
            if (compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly || !References(assembly, library))
                continue;

            if (assembly is ISourceAssemblySymbol { Compilation: { Language: LanguageNames.CSharp } project })
                names.UnionWith(OfToken.In(project.SyntaxTrees, cancellationToken));
            else
                AddMembers(assembly.GlobalNamespace, token, names, assembly.GivesAccessTo(compilation.Assembly));
        }

        return names;
    }

    private static bool References(IAssemblySymbol assembly, IAssemblySymbol library)
    {
        if (SymbolEqualityComparer.Default.Equals(assembly, library))
            return true;

        foreach (var module in assembly.Modules)
        {
            foreach (var referenced in module.ReferencedAssemblies)
            {
                if (referenced.Name == library.Name)
                    return true;
            }
        }

        return false;
    }

    private static void AddMembers(INamespaceOrTypeSymbol container, KnownType token, HashSet<string> names, bool isInternalVisible)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                if (isInternalVisible || inner is not INamedTypeSymbol { DeclaredAccessibility: Accessibility.Internal })
                    AddMembers(inner, token, names, isInternalVisible);
            }
            else if (member is IMethodSymbol { DeclaredAccessibility: not Accessibility.Private } method && token.Is(method.OriginalDefinition.ReturnType))
                names.Add(method.Name);
        }
    }
}
