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
    public string? InitialValue => Initializer is { } value && !Rewriting.DefaultValue.Is(value) ? value.ToString() : null;

    /// <summary>Whether a value is the one that the state starts with.</summary>
    public bool IsStart(ExpressionSyntax value) => InitialValue is { } start ? value.ToString() == start : Rewriting.DefaultValue.Is(value);

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
        if (solution.GetDocument(node.SyntaxTree) is not { } document || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return null;

        // Every target framework must have the type, and see the member in code that is not switched off.
        foreach (var id in document.GetLinkedDocumentIds().Add(document.Id))
        {
            var project = solution.GetProject(id.ProjectId)!;
            var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
            if (compilation is null || kind.Type(compilation) is null || !kind.IsMeantFor(project))
                return null;
        }

        if (Use.IsNamedInDisabledText(await node.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false), member.Symbol.Name))
            return null;

        return node switch
        {
            VariableDeclaratorSyntax { Initializer.Value: not InitializerExpressionSyntax, Parent.Parent: FieldDeclarationSyntax field } declarator => new(member, kind, document, model, field, declarator),
            VariableDeclaratorSyntax { Initializer: null, Parent.Parent: FieldDeclarationSyntax field } declarator => new(member, kind, document, model, field, declarator),
            PropertyDeclarationSyntax property => new(member, kind, document, model, property, null),
            _ => null,
        };
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
                PlanField((FieldDeclarationSyntax)_syntax, type, creation, document);
                return true;

            case ConversionWay.Property when _member.Facade is { } facade:
                var property = (PropertyDeclarationSyntax)await facade.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
                if (property.Parent != _syntax.Parent || ((FieldDeclarationSyntax)_syntax).Declaration.Variables.Count != 1)
                    return false;

                document.Replace(property, current => AsProperty((PropertyDeclarationSyntax)current, type, creation));
                document.Replace(_syntax.Parent!, current => Without((TypeDeclarationSyntax)current, ((TypeDeclarationSyntax)_syntax.Parent!).Members.IndexOf(_syntax)));
                return true;

            case ConversionWay.Property:
                document.Replace(_syntax, current => AsProperty((PropertyDeclarationSyntax)current, type, creation));
                return true;

            default:
                return PlanBackingField(way, type, creation, document);
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

    private void PlanField(FieldDeclarationSyntax field, string type, string creation, DocumentEdits document)
    {
        var position = field.Declaration.Variables.IndexOf(_declarator!);
        if (field.Declaration.Variables.Count == 1)
        {
            document.Replace(field, current => AsField((FieldDeclarationSyntax)current, 0, type, creation));
            return;
        }

        // One of several in a declaration gets a declaration of its own, below that of the others.
        document.Replace(field.Parent!, current =>
        {
            var holder = (TypeDeclarationSyntax)current;
            var old = (FieldDeclarationSyntax)holder.Members[((TypeDeclarationSyntax)field.Parent!).Members.IndexOf(field)];
            var others = old.WithDeclaration(old.Declaration.WithVariables(old.Declaration.Variables.RemoveAt(position)));
            if (position == old.Declaration.Variables.Count - 1)
                others = others.WithDeclaration(others.Declaration.WithVariables(others.Declaration.Variables.Replace(others.Declaration.Variables[position - 1], others.Declaration.Variables[position - 1].WithoutTrailingTrivia())));

            var own = AsField(old, position, type, creation)
                .WithLeadingTrivia(old.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                .WithTrailingTrivia(document.NewLine);

            return holder.WithMembers(holder.Members.ReplaceRange(old, [others, own]));
        });
    }

    private static FieldDeclarationSyntax AsField(FieldDeclarationSyntax field, int position, string type, string creation)
    {
        field = (FieldDeclarationSyntax)WithoutThreadStatic(field);
        var declarator = field.Declaration.Variables[position];
        var initializer = SyntaxFactory.EqualsValueClause(Equals, SyntaxFactory.ParseExpression(creation));
        return field
            .WithModifiers(ReadOnly(field.Modifiers))
            .WithDeclaration(field.Declaration
                .WithType(SyntaxFactory.ParseTypeName(type).WithTriviaFrom(field.Declaration.Type))
                .WithVariables(SyntaxFactory.SingletonSeparatedList(declarator
                    .WithIdentifier(declarator.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithInitializer(initializer))));
    }

    private static PropertyDeclarationSyntax AsProperty(PropertyDeclarationSyntax property, string type, string creation)
    {
        property = (PropertyDeclarationSyntax)WithoutThreadStatic(property);
        var end = property.GetTrailingTrivia();
        var accessors = (AccessorListSyntax)((PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("int P { get; } ")!).AccessorList!;
        return property
            .WithType(SyntaxFactory.ParseTypeName(type).WithTriviaFrom(property.Type))
            .WithIdentifier(property.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithExpressionBody(null)
            .WithAccessorList(accessors)
            .WithInitializer(SyntaxFactory.EqualsValueClause(Equals, SyntaxFactory.ParseExpression(creation)))
            .WithSemicolonToken(SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, end));
    }

    private bool PlanBackingField(ConversionWay way, string type, string creation, DocumentEdits document)
    {
        var property = (PropertyDeclarationSyntax)_syntax;
        if (property.Parent is not (ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax))
            return false;

        var name = NewName(way)!;
        var indent = property.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? space.ToString() : "";
        var field = SyntaxFactory.ParseMemberDeclaration($"private static readonly {type} {name} = {creation};")!;
        var get = kind(name);
        document.Replace(property, current => Kept((PropertyDeclarationSyntax)current));
        document.Replace(property.Parent, current =>
        {
            var holder = (TypeDeclarationSyntax)current;
            var index = ((TypeDeclarationSyntax)property.Parent).Members.IndexOf(property);
            var first = index == 0 ? SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indent)) : SyntaxFactory.TriviaList(holder.Members[index].GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))).Add(SyntaxFactory.Whitespace(indent));
            var blank = document.NewLine;
            var old = holder.Members[index];
            var members = holder.Members.Replace(old, old.WithLeadingTrivia(SyntaxFactory.TriviaList(blank).AddRange(old.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))));
            return holder.WithMembers(members.Insert(index, field.WithLeadingTrivia(first).WithTrailingTrivia(blank)));
        });
        return true;

        string kind(string variable) => _kind.Get(variable);

        PropertyDeclarationSyntax Kept(PropertyDeclarationSyntax current)
        {
            current = (PropertyDeclarationSyntax)WithoutThreadStatic(current);
            var semicolon = SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, current.GetTrailingTrivia());
            if (way == ConversionWay.Getter)
            {
                return current
                    .WithIdentifier(current.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithAccessorList(null)
                    .WithInitializer(null)
                    .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(SyntaxFactory.Token(default, SyntaxKind.EqualsGreaterThanToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)), SyntaxFactory.ParseExpression(get)))
                    .WithSemicolonToken(semicolon);
            }

            var trailing = current.GetTrailingTrivia();
            var accessors = current.AccessorList!.Accessors.Select(accessor => accessor
                .WithKeyword(accessor.Keyword.WithTrailingTrivia(SyntaxFactory.Space))
                .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(
                    SyntaxFactory.Token(default, SyntaxKind.EqualsGreaterThanToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                    SyntaxFactory.ParseExpression(accessor.IsKind(SyntaxKind.GetAccessorDeclaration) ? get : _kind.Set(name, "value")))));
            return current
                .WithAccessorList(current.AccessorList.WithAccessors(SyntaxFactory.List(accessors)))
                .WithInitializer(null)
                .WithSemicolonToken(default)
                .WithTrailingTrivia(trailing);
        }
    }

    private static new SyntaxToken Equals => SyntaxFactory.Token(default, SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space));

    private static TypeDeclarationSyntax Without(TypeDeclarationSyntax type, int index)
    {
        var removed = type.Members[index];
        var members = type.Members.RemoveAt(index);
        if (index == 0 && members.Count > 0)
        {
            // The field's comments go with it; the next member moves up into its line.
            var next = members[0];
            members = members.Replace(next, next.WithLeadingTrivia(next.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
        }

        return type.WithMembers(members);
    }

    private static SyntaxTokenList ReadOnly(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.ReadOnlyKeyword)
        ? modifiers
        : modifiers.Insert(modifiers.IndexOf(SyntaxKind.StaticKeyword) + 1, SyntaxFactory.Token(default, SyntaxKind.ReadOnlyKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)));

    private static MemberDeclarationSyntax WithoutThreadStatic(MemberDeclarationSyntax member)
    {
        var leading = member.GetLeadingTrivia();
        var lists = new List<AttributeListSyntax>();
        foreach (var list in member.AttributeLists)
        {
            var kept = list.Attributes.Where(attribute => !IsThreadStatic(attribute)).ToList();
            if (kept.Count == list.Attributes.Count)
                lists.Add(list);
            else if (kept.Count > 0)
                lists.Add(list.WithAttributes(SyntaxFactory.SeparatedList(kept)));
        }

        return lists.Count == member.AttributeLists.Count && lists.SequenceEqual(member.AttributeLists)
            ? member
            : member.WithAttributeLists(SyntaxFactory.List(lists)).WithLeadingTrivia(leading);
    }

    private static bool IsThreadStatic(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    } is "ThreadStatic" or "ThreadStaticAttribute";
}
