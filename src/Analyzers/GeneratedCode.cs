namespace ContextAnalyzers;

/// <summary>Leaves out what a tool has written beside code of ours, in the same file: members and types with [GeneratedCode], and lines behind <c>#line hidden</c>.</summary>
/// <remarks>The compiler leaves out whole files. Asked for this as well, it reads all tokens of each file that has a finding.</remarks>
internal static class GeneratedCode
{
    private static readonly NamesInText Attribute = new(["GeneratedCode", "GeneratedCodeAttribute"]);

    public static void Report(this SemanticModelAnalysisContext context, Diagnostic finding)
    {
        if (!IsHidden(finding.Location) && !IsMadeByTool(finding.Location, context.SemanticModel, context.CancellationToken))
#pragma warning disable RS0030 // The one place that may.
            context.ReportDiagnostic(finding);
#pragma warning restore RS0030
    }

    private static bool IsHidden(Location location) => location.SourceTree!.GetLineVisibility(location.SourceSpan.Start) == LineVisibility.Hidden;

    private static bool IsMadeByTool(Location location, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!Attribute.AreIn(model.SyntaxTree))
            return false;

        for (var node = model.SyntaxTree.GetRoot(cancellationToken).FindNode(location.SourceSpan); node is not null; node = node.Parent)
        {
            foreach (var attribute in model.GetDeclaredSymbol(node, cancellationToken)?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty)
            {
                if (KnownSymbols.Of(model.Compilation).GeneratedCodeAttribute.Is(attribute.AttributeClass))
                    return true;
            }
        }

        return false;
    }
}
