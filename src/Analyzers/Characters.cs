using System.Runtime.CompilerServices;

namespace ContextAnalyzers;

/// <summary>The characters of a file in one piece: a text that was edited has to look for each in its pieces.</summary>
internal static class Characters
{
    private static readonly ConditionalWeakTable<SyntaxTree, string> Cache = new();

    public static string Of(SyntaxTree tree) => Cache.GetValue(tree, static t => t.GetText().ToString());
}
