using System.Diagnostics;

namespace ContextVars;

/// <summary>A <see cref="Context"/> as the debugger lists it: one row for each variable, with its name and value.</summary>
internal sealed class ContextDebugView(Context context)
{
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public Row[] Rows => [.. context.Select(pair => new Row(pair.Key.Name, pair.Value))];

    [DebuggerDisplay("{Value}", Name = "{Name,nq}")]
    internal sealed record Row(
        [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] string Name,
        [property: DebuggerBrowsable(DebuggerBrowsableState.RootHidden)] object? Value);
}
