using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ContextAnalyzers.Tokens;

internal static class Regions
{
    /// <summary>The next region outwards; null at the end of the function. That of a lambda or local function lies in a region of the one around it, with blocks of its own numbers.</summary>
    public static ControlFlowRegion? Outer(this ControlFlowRegion region) => region.Kind == ControlFlowRegionKind.Root ? null : region.EnclosingRegion;
}
