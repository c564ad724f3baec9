using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers;

/// <summary>Where a file makes flow variables: <c>new ContextVar&lt;T&gt;(…)</c>, <c>new AsyncLocal&lt;T&gt;()</c>, <c>ContextVar.Create(…)</c>. Read once, whichever rule asks first.</summary>
internal sealed class VariableCreations
{
    private static readonly string[] Factories = ["Create", "CreateRequired"];
    private static readonly NamesOfTypes OfVariables = new("ContextVar", "AsyncLocal") { StaticMembers = Factories };
    private static readonly NamesInText Makers = new(Factories.Append("new"));
    private static readonly ConditionalWeakTable<Compilation, VariableCreations> Cache = new();

    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<IOperation>> _creations = new();
    private readonly KnownSymbols _symbols;
    private readonly Lazy<NamesInText> _names;

    private VariableCreations(Compilation compilation)
    {
        _symbols = KnownSymbols.Of(compilation);
        _names = new(() => new NamesInText(OfVariables.In(compilation.SyntaxTrees, CancellationToken.None)));
    }

    public static VariableCreations Of(Compilation compilation) => Cache.GetValue(compilation, static c => new VariableCreations(c));

    public ImmutableArray<IOperation> In(SemanticModel model, CancellationToken cancellationToken) =>
        !_names.Value.AreIn(model.SyntaxTree) ? ImmutableArray<IOperation>.Empty
        : _creations.TryGetValue(model.SyntaxTree, out var creations) ? creations
        : _creations.GetOrAdd(model.SyntaxTree, Read(model, cancellationToken).ToImmutableArray());

    private IEnumerable<IOperation> Read(SemanticModel model, CancellationToken cancellationToken)
    {
        HashSet<SyntaxNode>? members = null;
        foreach (var name in _names.Value.In(model.SyntaxTree, cancellationToken))
        {
            // What a file says outside the bodies of its members creates nothing, but for the arguments of a base class.
            SyntaxNode? member = name.Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>();
            if (member is BaseTypeDeclarationSyntax type)
                member = type.BaseList;

            if (member is null or BaseNamespaceDeclarationSyntax || !(members ??= []).Add(member) || IsAsItShouldBe(member) || !Makers.AreIn(member))
                continue;

            foreach (var node in member.DescendantNodes())
            {
                if (MayCreate(node) && model.GetOperation(node, cancellationToken) is { } operation && Creates(operation))
                    yield return operation;
            }
        }
    }

    /// <summary><c>static readonly ContextVar&lt;T&gt; x = new("x", 0);</c> says all that the rules ask, and says it right.</summary>
    private static bool IsAsItShouldBe(SyntaxNode member) =>
        member is FieldDeclarationSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation }] } field
        && field.Modifiers.Any(SyntaxKind.StaticKeyword)
        && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
        && (creation.ArgumentList?.Arguments ?? default).All(static argument => argument.Expression is LiteralExpressionSyntax);

    /// <summary>Going by the syntax alone.</summary>
    public static bool MayCreate(SyntaxNode node) => node switch
    {
        BaseObjectCreationExpressionSyntax => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } => IsFactory(name),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => IsFactory(name),
        _ => false,
    };

    private static bool IsFactory(SimpleNameSyntax name) => Array.IndexOf(Factories, name.Identifier.ValueText) >= 0;

    private bool Creates(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => _symbols.IsFlowVariable(creation.Type),
        IInvocationOperation { TargetMethod: { IsStatic: true } method } =>
            _symbols.IsFlowVariable(method.ReturnType) && SymbolEqualityComparer.Default.Equals(method.ContainingType, _symbols.ContextVar.Symbol?.BaseType),
        _ => false,
    };
}
