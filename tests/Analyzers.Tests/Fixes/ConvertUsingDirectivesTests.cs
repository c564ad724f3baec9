using Verify = ContextAnalyzers.Tests.Verify<ContextAnalyzers.Tests.Fixes.StateMarker, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Where the directive for the library goes: where the file has its others, and where every build sees it.</summary>
public class ConvertUsingDirectivesTests
{
    private const string Before =
        """
        class Handler
        {
            private static string? {|CTX001:s_id|};

            public async System.Threading.Tasks.Task HandleAsync(string id, System.Func<System.Threading.Tasks.Task> next)
            {
                s_id = id;
                await next();
            }
        }
        """;

    private const string After =
        """
        class Handler
        {
            private static readonly ContextVar<string?> s_id = new("id", default);

            public async System.Threading.Tasks.Task HandleAsync(string id, System.Func<System.Threading.Tasks.Task> next)
            {
                var token = s_id.Set(id);
                try
                {
                    await next();
                }
                finally
                {
                    s_id.Reset(token);
                }
            }
        }
        """;

    [Theory]
    [InlineData("", "using ContextVars;\n\n")]
    [InlineData("// Who we are.\n\n", "// Who we are.\n\nusing ContextVars;\n\n")]
    [InlineData("using System;\nusing System.Text;\n\n", "using System;\nusing System.Text;\nusing ContextVars;\n\n")]
    [InlineData("#if !OTHER\nusing System.Text;\n#endif\n\n", "using ContextVars;\n#if !OTHER\nusing System.Text;\n#endif\n\n")]
    [InlineData("using System;\n#if !OTHER\nusing System.Text;\n#endif\n\n", "using System;\nusing ContextVars;\n#if !OTHER\nusing System.Text;\n#endif\n\n")]
    [InlineData("using System;\n#if !OTHER\nusing System.Text;\n#else\nusing Other;\n#endif\nusing System.Xml;\n\n", "using System;\n#if !OTHER\nusing System.Text;\n#else\nusing Other;\n#endif\nusing System.Xml;\nusing ContextVars;\n\n")]
    [InlineData("using System;\nusing Text = System.Text;\n\n", "using System;\nusing ContextVars;\nusing Text = System.Text;\n\n")]
    [InlineData("global using System.Text;\nusing System;\n\n", "global using System.Text;\nusing System;\nusing ContextVars;\n\n")]
    [InlineData("global using System.Text;\n\n", "global using System.Text;\nusing ContextVars;\n\n")]
    [InlineData("using System;\nusing static System.Math;\n\n", "using System;\nusing ContextVars;\nusing static System.Math;\n\n")]
    [InlineData("using System;\n\nnamespace App;\n\n", "using System;\nusing ContextVars;\n\nnamespace App;\n\n")]
    [InlineData("namespace App;\n\nusing System;\n\n", "namespace App;\n\nusing System;\nusing ContextVars;\n\n")]
    public Task The_directive_stands_with_the_others(string head, string fixedHead) => Verify.Fixes(head + Before, fixedHead + After);

    [Theory]
    [InlineData("using Apple;\n\n", "using Apple;\nusing ContextVars;\n\n")]
    [InlineData("using Zebra;\n\n", "using ContextVars;\nusing Zebra;\n\n")]
    [InlineData("using Apple;\nusing Zebra;\n\n", "using Apple;\nusing ContextVars;\nusing Zebra;\n\n")]
    [InlineData("using System;\nusing Zebra;\n\n", "using System;\nusing ContextVars;\nusing Zebra;\n\n")]
    [InlineData("using Apple;\nusing System;\nusing Zebra;\n\n", "using Apple;\nusing ContextVars;\nusing System;\nusing Zebra;\n\n")]
    [InlineData("using System;\nusing Apple;\nusing System.Text;\n\n", "using System;\nusing Apple;\nusing ContextVars;\nusing System.Text;\n\n")] // in no order at all
    public Task The_directives_are_in_order(string head, string fixedHead) => Verify.Fixes([head + Before, Others], [fixedHead + After, Others]);

    private const string Others = "namespace Apple\n{\n    class A { }\n}\n\nnamespace Zebra\n{\n    class Z { }\n}\n";

    [Fact]
    public Task A_global_directive_is_enough() => Verify.Fixes([Before, "global using ContextVars;\n"], [After, "global using ContextVars;\n"]);
}
