using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>How code spells a flow variable: with ContextVars, or with the BCL alone.</summary>
internal abstract class FlowVariable
{
    public static FlowVariable ContextVar { get; } = new ContextVarSpelling();
    public static FlowVariable AsyncLocal { get; } = new AsyncLocalSpelling();

    /// <summary>The kind of the annotation of what this conversion has written, apart from what stood there before. Its data names the variable.</summary>
    protected const string Written = "ContextAnalyzers.Written";

    public abstract string TypeName { get; }

    public abstract string Namespace { get; }

    /// <summary>The metadata name of what a set returns; null if it returns nothing.</summary>
    public abstract string? Token { get; }

    /// <summary>The arguments of the constructor; null if this kind of variable cannot start with that value.</summary>
    public abstract string? Arguments(string name, string? initialValue, string defaultValue);

    public abstract string Get(string variable);

    public bool IsRead(SyntaxNode expression) => expression.ToString().EndsWith(Get(""), StringComparison.Ordinal);

    public abstract string Set(string variable, string value);

    /// <summary>Undoes a set that a token was declared for.</summary>
    public virtual string Reset(string variable, string token) => $"{token}.Dispose()";

    /// <summary>Sets the variable for the statements that the value is meant for, which <see cref="FinishAsync"/> finds.</summary>
    public static StatementSyntax Begin(string set, string variable)
    {
        var statement = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement(set + ";");

        return statement.WithExpression(TokenFix.Marked(statement.Expression).WithAdditionalAnnotations(new SyntaxAnnotation(Written, variable)));
    }

    /// <summary>Sets the variable up to where its token is used.</summary>
    public static StatementSyntax Begin(string set, string variable, string token, bool isInPlace)
    {
        var statement = (LocalDeclarationStatementSyntax)SyntaxFactory.ParseStatement($"var {token} = {set};");
        var value = statement.Declaration.Variables[0].Initializer!.Value;

        return statement.ReplaceNode(value, (isInPlace ? value : TokenFix.Marked(value)).WithAdditionalAnnotations(new SyntaxAnnotation(Written, variable)));
    }

    /// <summary>Gives every value its scope; null if one has none.</summary>
    public virtual async Task<Document?> FinishAsync(Document document, CancellationToken cancellationToken)
    {
        document = await TokenFix.ResetInFinally.ApplyToMarkedAsync(document, cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);

        return root!.GetAnnotatedNodes(Written).Any(static set => set.Parent is ExpressionStatementSyntax) ? null : document;
    }

    public INamedTypeSymbol? Type(Compilation compilation) => compilation.GetTypeByMetadataName($"{Namespace}.{TypeName}`1");

    /// <summary>Whether a project wants the type in its code, besides having it.</summary>
    public virtual bool IsMeantFor(Project project) => true;

    private sealed class ContextVarSpelling : FlowVariable
    {
        /// <summary>What a private package brings is missing for whoever uses the project; see ContextAnalyzers.targets.</summary>
        public override bool IsMeantFor(Project project) =>
            !project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ContextAnalyzersIsPrivate", out var isPrivate) || isPrivate != "true";

        public override string TypeName => "ContextVar";
        public override string Namespace => "ContextVars";
        public override string? Token => "ContextVars.Token`1";
        public override string? Arguments(string name, string? initialValue, string defaultValue) => $"\"{name}\", {initialValue ?? defaultValue}";
        public override string Get(string variable) => $"{variable}.Get()";
        public override string Set(string variable, string value) => $"{variable}.Set({value})";
        public override string Reset(string variable, string token) => $"{variable}.Reset({token})";
    }

    private sealed class AsyncLocalSpelling : FlowVariable
    {
        public override string TypeName => "AsyncLocal";
        public override string Namespace => "System.Threading";
        public override string? Token => null;
        public override string? Arguments(string name, string? initialValue, string defaultValue) => initialValue is null ? "" : null;
        public override string Get(string variable) => $"{variable}.Value";
        public override string Set(string variable, string value) => $"{variable}.Value = {value}";

        public override async Task<Document?> FinishAsync(Document document, CancellationToken cancellationToken)
        {
            if (await base.FinishAsync(document, cancellationToken).ConfigureAwait(false) is not { } scoped)
                return null;

            var root = await scoped.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);

            return AsyncLocalScopes.Respell(root!, Written) is { } respelled ? scoped.WithSyntaxRoot(respelled) : null;
        }
    }
}
