using System.Collections.Concurrent;

namespace ContextAnalyzers.State;

/// <summary>What users exclude in .editorconfig, in the format of the .NET SDK's analyzers.</summary>
internal static class StateOptions
{
    private static readonly ConcurrentDictionary<(string Rule, string Option), (string OfRule, string OfAll)> Keys = new();

    /// <summary>Whether the state, or a type around it or of its value, is excluded from a rule in the file of the finding.</summary>
    public static bool Exclude(AnalyzerOptions options, DiagnosticDescriptor rule, ISymbol state, SyntaxTree? tree, ISymbol? user = null)
    {
        if (tree is null)
            return false;

        var values = options.AnalyzerConfigOptionsProvider.GetOptions(tree);

        if (Value("excluded_symbol_names") is { } names && (Names(names, state) || (user is not null && Names(names, user))))
            return true;

        return Value("excluded_type_names_with_derived_types") is { } types
            && (NamesBase(types, state.ContainingType) || NamesBase(types, TypeOf(state)) || NamesBase(types, user?.ContainingType));

        string? Value(string option)
        {
            var (ofRule, ofAll) = Keys.GetOrAdd((rule.Id, option), static key => ($"dotnet_code_quality.{key.Rule}.{key.Option}", $"dotnet_code_quality.{key.Option}"));

            return values.TryGetValue(ofRule, out var value) || values.TryGetValue(ofAll, out value) ? value : null;
        }
    }

    /// <summary>The symbol, or a type or namespace around it, stands in the list.</summary>
    private static bool Names(string list, ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol { IsGlobalNamespace: true }; symbol = symbol.ContainingSymbol)
        {
            if (Contains(list, symbol))
                return true;
        }

        return false;
    }

    private static bool NamesBase(string list, ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Contains(list, type))
                return true;

            foreach (var implemented in type.Interfaces)
            {
                if (Contains(list, implemented))
                    return true;
            }
        }

        return false;
    }

    private static bool Contains(string list, ISymbol symbol)
    {
        string? id = null;

        foreach (var part in list.Split('|'))
        {
            var entry = part.Trim();
            var isPrefix = entry.EndsWith("*", StringComparison.Ordinal);

            if (isPrefix)
                entry = entry.Substring(0, entry.Length - 1);

            var hasKind = entry.Length > 1 && entry[1] == ':';
            id ??= symbol.OriginalDefinition.GetDocumentationCommentId() ?? "";
            var name = hasKind ? id : entry.IndexOf('.') >= 0 && id.Length > 2 ? id.Substring(2) : symbol.Name;

            if (entry.Length > 0 && (isPrefix ? name.StartsWith(entry, StringComparison.Ordinal) : name == entry))
                return true;
        }

        return false;
    }

    private static ITypeSymbol? TypeOf(ISymbol state) => state switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
