using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Names for what a conversion adds, as the code around it names such things.</summary>
internal static class Naming
{
    /// <summary>What the variable is about, without the marks of a static or thread-static field: <c>user</c> for <c>t_user</c>.</summary>
    public static string Stem(string member)
    {
        var stem = member.TrimStart('_');
        if (stem.Length > 2 && stem[1] == '_' && stem[0] is 's' or 't' or 'm')
            stem = stem.Substring(2).TrimStart('_');

        return stem.Length == 0 || char.IsDigit(stem[0]) ? member : char.ToLowerInvariant(stem[0]) + stem.Substring(1);
    }

    /// <summary>What the variable is about, as its uses name it.</summary>
    public static string Stem(SyntaxNode variable) => Stem(variable is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : variable.ToString());

    public static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>The name of a private field behind a property, with the prefix that the type gives to its other fields.</summary>
    public static string BackingField(IPropertySymbol property)
    {
        var fields = property.ContainingType.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsImplicitlyDeclared && field.DeclaredAccessibility == Accessibility.Private).ToList();
        var prefix = fields.Any(field => field.Name.StartsWith("s_", StringComparison.Ordinal)) || !fields.Any(field => field.Name.StartsWith("_", StringComparison.Ordinal)) ? "s_" : "_";
        var name = prefix + Stem(property.Name);
        var taken = new HashSet<string>(property.ContainingType.GetMembers().Select(member => member.Name));
        return taken.Contains(name) ? Enumerable.Range(2, 1000).Select(number => name + number).First(candidate => !taken.Contains(candidate)) : name;
    }
}
