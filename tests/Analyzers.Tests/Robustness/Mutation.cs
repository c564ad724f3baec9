using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Damages a source the way typing, merging and pasting do. The same random numbers give the same damage.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        "await ", "async ", "static ", "{", "}", "(", ")", ";", "=", "??=", "=>", "return ", "yield return 1;", "try {", "} finally {",
        "\n<<<<<<< HEAD\n", "\n#if X\n", "\n#endif\n", "\n#else\n", "\n#region r\n", "using var _ = ", "new(", "ref ", "out ", "[ThreadStatic] ",
        "goto again;", "\"", "$\"{", "/*", "throw;", "?", "!", ".Set(", ".Reset(", "t_user", "s_tenant", "Trace", "token", "class C<T> : C<C<T>> {",
    ];

    public static string Apply(string source, Random random)
    {
        for (var count = random.Next(1, 5); count > 0; count--)
            source = Once(source, random);

        return source;
    }

    private static string Once(string source, Random random)
    {
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToArray();
        if (tokens.Length < 2)
            return source;

        var one = tokens[random.Next(tokens.Length)].Span;
        var other = tokens[random.Next(tokens.Length)].Span;

        return random.Next(8) switch
        {
            0 => source.Remove(one.Start, one.Length),
            1 => source.Insert(one.Start, source[one.Start..one.End]),
            2 => Swap(source, one, other),
            3 => source[..one.Start],
            4 => source.Insert(one.Start, Pieces[random.Next(Pieces.Length)]),
            5 => source.Insert(one.Start, Pieces[random.Next(Pieces.Length)] + Pieces[random.Next(Pieces.Length)]),
            6 => source.Insert(one.End, Other(random)),
            _ => source.Replace(source[one.Start..one.End], source[other.Start..other.End], StringComparison.Ordinal),
        };
    }

    private static string Swap(string source, Microsoft.CodeAnalysis.Text.TextSpan one, Microsoft.CodeAnalysis.Text.TextSpan other)
    {
        var (first, second) = one.Start <= other.Start ? (one, other) : (other, one);
        if (first.OverlapsWith(second) || first == second)
            return source;

        return source[..first.Start] + source[second.Start..second.End] + source[first.End..second.Start] + source[first.Start..first.End] + source[second.End..];
    }

    /// <summary>A stretch of another shape, cut anywhere.</summary>
    private static string Other(Random random)
    {
        var other = Shapes.All[random.Next(Shapes.All.Count)];
        var start = random.Next(other.Length);

        return other.Substring(start, random.Next(other.Length - start));
    }
}
