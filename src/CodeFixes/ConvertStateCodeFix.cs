using System.Composition;
using ContextAnalyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ContextAnalyzers.CodeFixes;

/// <summary>Moves the state of one flow out of a static or thread-static member into a flow variable, with all that uses it.</summary>
/// <remarks>
/// The first action offered is the one that `dotnet format` and Fix all take: ContextVar where the project has it, and of two ways the one that is right in more flows.
/// What is offered has been planned to the last use; a member with one use that cannot follow has no action.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConvertStateCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("CTX001", "CTX002", "CTX003", "CTX004", "CTX005", "CTX007");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ConvertStateFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await StateMember.FindAsync(context.Document.Project.Solution, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } member)
                continue;

            foreach (var choice in await ConversionChoice.FindAsync(context.Document.Project.Solution, member, equivalenceKey: null, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(CodeAction.Create(choice.Title, _ => Task.FromResult(choice.Changed), choice.EquivalenceKey), diagnostic);
        }
    }
}
