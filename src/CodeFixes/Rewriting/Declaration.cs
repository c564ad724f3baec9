using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Plans what becomes of the declaration of a state member.</summary>
internal sealed class Declaration
{
    private readonly StateMember _member;
    private readonly FlowVariable _kind;
    private readonly Document _document;
    private readonly SemanticModel _model;
    private readonly MemberDeclarationSyntax _syntax;
    private readonly VariableDeclaratorSyntax? _declarator;
    private readonly LanguageVersion _version;

    private Declaration(StateMember member, FlowVariable kind, Document document, SemanticModel model, MemberDeclarationSyntax syntax, VariableDeclaratorSyntax? declarator)
    {
        (_member, _kind, _document, _model, _syntax, _declarator) = (member, kind, document, model, syntax, declarator);
        _version = ((CSharpParseOptions)syntax.SyntaxTree.Options).LanguageVersion;
    }

    /// <summary>What the state starts with, as it is written; null for the default of the type.</summary>
    public string? InitialValue => Initializer is { } value && !Rewriting.DefaultValue.Is(value, _member.Type) ? value.ToString() : null;

    /// <summary>Whether a value is the one that the state starts with.</summary>
    public bool IsStart(ExpressionSyntax value) => InitialValue is { } start ? value.ToString() == start : Rewriting.DefaultValue.Is(value, _member.Type);

    private ExpressionSyntax? Initializer
    {
        get
        {
            var value = (_declarator?.Initializer ?? (_syntax as PropertyDeclarationSyntax)?.Initializer)?.Value;
            return _member.IsThreadLocal ? ((value as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LambdaExpressionSyntax)?.ExpressionBody : value;
        }
    }

    /// <summary>A factory runs once per thread. What it makes may be a default only if it is the same every time, and shared by nobody.</summary>
    private bool HasPlainStart
    {
        get
        {
            if (!_member.IsThreadLocal)
                return true;

            return _declarator is { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation } && creation.ArgumentList?.Arguments switch
            {
                null or [] => true,
                [{ Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } }] => true,
                [{ Expression: LambdaExpressionSyntax { ExpressionBody: { } made } }] => _model.GetConstantValue(made).HasValue,
                _ => false,
            };
        }
    }

    /// <summary>The name that uses go over to, where it is another.</summary>
    public string? NewName(ConversionWay way) => way switch
    {
        ConversionWay.Property when _member.Facade is { } facade => facade.Name,
        ConversionWay.BackingField or ConversionWay.Getter => Naming.BackingField((IPropertySymbol)_member.Symbol),
        _ => null,
    };

    public static async Task<Declaration?> CreateAsync(Solution solution, StateMember member, FlowVariable kind, CancellationToken cancellationToken)
    {
        var node = await member.Symbol.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        var document = solution.GetDocument(node.SyntaxTree)!;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;

        // Every target framework must have the type, and see the member in code that is not switched off.
        foreach (var id in document.GetLinkedDocumentIds().Add(document.Id))
        {
            var project = solution.GetProject(id.ProjectId)!;
            var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
            if (kind.Type(compilation!) is null || !kind.IsMeantFor(project))
                return null;
        }

        if (Use.IsNamedInDisabledText(await node.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false), member.Symbol.Name))
            return null;

        return node is VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } declarator
            ? new(member, kind, document, model, field, declarator)
            : new(member, kind, document, model, (PropertyDeclarationSyntax)node, declarator: null);
    }

    public async Task<bool> PlanAsync(ConversionWay way, SolutionEdits edits, CancellationToken cancellationToken)
    {
        if (!HasPlainStart)
            return false;

        var document = await edits.OfAsync(_document, cancellationToken).ConfigureAwait(false);
        var type = UsingDirectives.NameOf(_kind.Type(_model.Compilation)!, _model, _syntax.SpanStart, document) + $"<{ValueType}>";
        if (_kind.Arguments(Naming.Stem(NewName(way) ?? _member.Symbol.Name), InitialValue, DefaultValue) is not { } arguments)
            return false;

        var creation = _version >= LanguageVersion.CSharp9 ? $"new({arguments})" : $"new {type}({arguments})";
        switch (way)
        {
            case ConversionWay.Field:
                return FieldAsVariable.Plan((FieldDeclarationSyntax)_syntax, _declarator!, type, creation, document);

            case ConversionWay.Property when _member.Facade is { } facade:
                var property = (PropertyDeclarationSyntax)await facade.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
                return PropertyAsVariable.Plan(property, (FieldDeclarationSyntax)_syntax, type, creation, document);

            case ConversionWay.Property:
                PropertyAsVariable.Plan((PropertyDeclarationSyntax)_syntax, type, creation, document);
                return true;

            default:
                return PropertyOverVariable.Plan((PropertyDeclarationSyntax)_syntax, NewName(way)!, way, _kind, type, creation, document);
        }
    }

    public string ValueType
    {
        get
        {
            var type = _declarator is null ? ((PropertyDeclarationSyntax)_syntax).Type : ((FieldDeclarationSyntax)_syntax).Declaration.Type;
            if (!_member.IsThreadLocal)
                return type.ToString();

            var holder = type is QualifiedNameSyntax qualified ? qualified.Right : type;
            return holder is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments[0].ToString() : _member.Type.ToMinimalDisplayString(_model, _syntax.SpanStart);
        }
    }

    /// <summary>What stands for no value; with an exclamation mark where the compiler would complain that there must be one.</summary>
    private string DefaultValue
    {
        get
        {
            var text = _version >= LanguageVersion.CSharp7_1 ? "default" : $"default({ValueType})";
            return _member.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } && _model.GetNullableContext(_syntax.SpanStart).WarningsEnabled() ? text + "!" : text;
        }
    }
}
