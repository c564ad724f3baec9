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
        var members = new HashSet<string>();
        var names = Collect(trees, members, cancellationToken);
        names.UnionWith(members);

        return names;
    }

    /// <summary>The types alone, by any name.</summary>
    public HashSet<string> TypesIn(IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken) => Collect(trees, members: null, cancellationToken);

    /// <summary>Each name is followed once: types of one name in several namespaces may derive from each other.</summary>
    private HashSet<string> Collect(IEnumerable<SyntaxTree> trees, HashSet<string>? members, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(types);

        for (var step = this; step is not null;)
        {
            var otherNames = step.AddTo(members, trees, cancellationToken);
            otherNames.ExceptWith(names);
            names.UnionWith(otherNames);
            step = otherNames.Count > 0 ? new NamesOfTypes([.. otherNames]) : null;
        }

        return names;
    }

    /// <summary>Adds what is declared with the types; returns the other names that they have.</summary>
    private HashSet<string> AddTo(HashSet<string>? members, IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        var otherNames = new HashSet<string>();

        foreach (var tree in trees)
        {
            if (!_types.AreIn(tree))
                continue;

            var declared = _declared.GetValue(tree, t => Read(t, cancellationToken));
            otherNames.UnionWith(declared.OtherNames);
            members?.UnionWith(declared.Members);
        }

        return otherNames;
    }

    private Declared Read(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var declared = new Declared([], []);
        foreach (var name in _types.In(tree, cancellationToken))
        {
            // The outermost type: of a Task<Token<T>>, a ContextVar<T>[] or a qualified name.
            var type = name.Parent!;
            var isArgument = false;
            while (type.Parent is TypeSyntax or TypeArgumentListSyntax)
            {
                type = type.Parent;
                isArgument |= type is TypeArgumentListSyntax;
            }

            switch (type.Parent)
            {
                case MethodDeclarationSyntax method:
                    declared.Members.Add(method.Identifier.ValueText);
                    break;
                case LocalFunctionStatementSyntax function:
                    declared.Members.Add(function.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax property:
                    declared.Members.Add(property.Identifier.ValueText);
                    break;
                case VariableDeclarationSyntax { Parent: FieldDeclarationSyntax } fields:
                    declared.Members.AddRange(fields.Variables.Select(static field => field.Identifier.ValueText));
                    break;
                case UsingDirectiveSyntax { Alias: { } alias }:
                    declared.OtherNames.Add(alias.Name.Identifier.ValueText);
                    break;
                case UsingDirectiveSyntax { StaticKeyword.RawKind: not 0 }:
                    declared.Members.AddRange(StaticMembers);
                    break;
                case BaseTypeSyntax { Parent.Parent: TypeDeclarationSyntax derived } when !isArgument:
                    declared.OtherNames.Add(derived.Identifier.ValueText);
                    break;
            }
        }

        return declared;
    }

    private sealed record Declared(List<string> Members, List<string> OtherNames);
}
