using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>The fields and properties of a file that say <c>[ThreadStatic]</c> or <c>ThreadLocal&lt;T&gt;</c>: few files have one.</summary>
internal sealed class ThreadBoundDeclarations(Compilation compilation)
{
    private static readonly NamesOfTypes Types = new("ThreadStatic", "ThreadStaticAttribute", "ThreadLocal");

    private readonly Lazy<NamesInText> _names = new(() => new(Types.TypesIn(compilation.SyntaxTrees, CancellationToken.None)));

    /// <summary>It may say too much. It says nothing of a class that another assembly derives from ThreadLocal.</summary>
    public IEnumerable<ISymbol> In(SemanticModel model, CancellationToken cancellationToken) =>
        _names.Value.AreIn(model.SyntaxTree) ? Read(model, cancellationToken) : [];

    private IEnumerable<ISymbol> Read(SemanticModel model, CancellationToken cancellationToken)
    {
        MemberDeclarationSyntax? last = null;

        foreach (var name in _names.Value.In(model.SyntaxTree, cancellationToken))
        {
            var member = name.Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>();

            if (member == last)
                continue;

            last = member;

            foreach (var declaration in DeclarationsOf(member))
            {
                if (model.GetDeclaredSymbol(declaration, cancellationToken) is { } declared)
                    yield return declared;
            }
        }
    }

    private static IEnumerable<SyntaxNode> DeclarationsOf(MemberDeclarationSyntax? member) => member switch
    {
        FieldDeclarationSyntax fields => fields.Declaration.Variables,
        PropertyDeclarationSyntax property => [property],
        _ => [],
    };
}
