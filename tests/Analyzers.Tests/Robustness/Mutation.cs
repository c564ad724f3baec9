using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.Tests.Robustness;

/// <summary>Damages a source the way typing, merging and pasting do. The same random numbers give the same damage.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        "await ", "async ", "static ", "{", "}", "(", ")", ";", "=", "??=", "=>", "return ", "yield return 1;", "try {", "} finally {",
        "\n<<<<<<< HEAD\n", "\n#if X\n", "\n#endif\n", "\n#else\n", "\n#region r\n", "using var _ = ", "new(", "ref ", "out ", "[ThreadStatic] ",
        "goto again;", "\"", "$\"{", "/*", "throw;", "?", "!", ".Set(", ".Reset(", "t_user", "s_tenant", "Trace", "token", "class C<T> : C<C<T>> {",
        "Missing ", "Missing<string> ", "global::Nowhere.Else ", "A.B ", "partial ", "extension(string text) {", "field", "params ", "scoped ", "checked(", "with { }",
    ];

    private static readonly string[] Directives =
    [
        "#if A", "#if !A && (B || C", "#elif true", "#else", "#endif", "#region", "#endregion", "#define A", "#undef B", "#error no", "#line 1 \"x.cs\"", "#line hidden",
        "#nullable disable", "#nullable enable annotations", "#pragma warning disable", "#pragma warning restore CTX001", "#!shebang", "#:package A", "#",
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

        return random.Next(11) switch
        {
            0 => source.Remove(one.Start, one.Length),
            1 => source.Insert(one.Start, source[one.Start..one.End]),
            2 => Swap(source, one, other),
            3 => source[..one.Start],
            4 => source.Insert(one.Start, Pieces[random.Next(Pieces.Length)]),
            5 => source.Insert(one.Start, Pieces[random.Next(Pieces.Length)] + Pieces[random.Next(Pieces.Length)]),
            6 => source.Insert(one.End, Other(random)),
            7 => AroundStatement(source, random, Repeat),
            8 => AroundStatement(source, random, Nest),
            9 => DirectiveSoup(source, random),
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

    private static string AroundStatement(string source, Random random, Func<string, Random, string> change)
    {
        var statements = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<StatementSyntax>().ToArray();
        if (statements.Length == 0)
            return source;

        var span = statements[random.Next(statements.Length)].Span;
        return source[..span.Start] + change(source[span.Start..span.End], random) + source[span.End..];
    }

    /// <summary>A huge method.</summary>
    private static string Repeat(string statement, Random random) =>
        statement.Length > 500 ? statement + statement : string.Concat(Enumerable.Repeat(statement + "\n", random.Next(2, 120)));

    /// <summary>Deep nesting, but of few lambdas: the compiler itself binds each of them twice where types are missing.</summary>
    private static string Nest(string statement, Random random)
    {
        var lambdas = 0;
        for (var depth = random.Next(1, 40); depth > 0; depth--)
        {
            statement = random.Next(7) switch
            {
                0 => $"if (x{depth} is null) {{ {statement} }}",
                1 => $"try {{ {statement} }} finally {{ }}",
                2 => $"try {{ }} catch (Exception e{depth}) when (e{depth} is not null) {{ {statement} }} finally {{ }}",
                3 => $"foreach (var x{depth} in y) {{ {statement} }}",
                4 when ++lambdas < 4 => $"Action a{depth} = async () => {{ {statement} }};",
                5 => $"using (x) {{ {statement} }}",
                _ => $"void L{depth}() {{ {statement} L{depth}(); }}",
            };
        }

        return statement;
    }

    private static string DirectiveSoup(string source, Random random)
    {
        var lines = source.Split('\n').ToList();
        for (var count = random.Next(1, 12); count > 0; count--)
            lines.Insert(random.Next(lines.Count + 1), Directives[random.Next(Directives.Length)]);

        return string.Join('\n', lines);
    }

    /// <summary>A stretch of another shape, cut anywhere.</summary>
    private static string Other(Random random)
    {
        var other = Shapes.All[random.Next(Shapes.All.Count)];
        var start = random.Next(other.Length);

        return other.Substring(start, random.Next(other.Length - start));
    }
}
