using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers;

/// <summary>What files declare with one of a few types: methods that return it, fields and properties that hold it. Told by syntax, and kept with each file: typing in one file costs one file.</summary>
internal sealed class NamesOfTypes(params string[] types)
{
    private readonly NamesInText _types = new(types);
    private readonly ConditionalWeakTable<SyntaxTree, Declared> _declared = new();

    /// <summary>What <c>using static</c> lets a file call without naming one of the types.</summary>
    public string[] StaticMembers { get; init; } = [];

    /// <summary>The types, other names that files give them, and the members declared with either.</summary>
    public HashSet<string> In(IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(types);
        var aliases = new HashSet<string>();
        foreach (var tree in trees)
        {
            var declared = _declared.GetValue(tree, t => Read(t, cancellationToken));
            names.UnionWith(declared.Members);
            aliases.UnionWith(declared.Aliases);
        }

        aliases.ExceptWith(types);
        if (aliases.Count > 0)
            names.UnionWith(new NamesOfTypes([.. aliases]).In(trees, cancellationToken));

        return names;
    }

    private Declared Read(SyntaxTree tree, CancellationToken cancellationToken)
    {
        List<string>? members = null;
        List<string>? aliases = null;
        foreach (var name in _types.In(tree, cancellationToken))
        {
            // The outermost type: of a Task<Token<T>>, a ContextVar<T>[] or a qualified name.
            var type = name.Parent!;
            while (type.Parent is TypeSyntax or TypeArgumentListSyntax)
                type = type.Parent;

            switch (type.Parent)
            {
                case MethodDeclarationSyntax method:
                    (members ??= []).Add(method.Identifier.ValueText);
                    break;
                case LocalFunctionStatementSyntax function:
                    (members ??= []).Add(function.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax property:
                    (members ??= []).Add(property.Identifier.ValueText);
                    break;
                case VariableDeclarationSyntax { Parent: FieldDeclarationSyntax } fields:
                    (members ??= []).AddRange(fields.Variables.Select(static field => field.Identifier.ValueText));
                    break;
                case UsingDirectiveSyntax { Alias: { } alias }:
                    (aliases ??= []).Add(alias.Name.Identifier.ValueText);
                    break;
                case UsingDirectiveSyntax { StaticKeyword.RawKind: not 0 }:
                    (members ??= []).AddRange(StaticMembers);
                    break;
            }
        }

        return members is null && aliases is null ? Declared.Nothing : new(members ?? [], aliases ?? []);
    }

    private sealed record Declared(List<string> Members, List<string> Aliases)
    {
        public static readonly Declared Nothing = new([], []);
    }
}
