namespace ContextAnalyzers.Tests.Fixes;

/// <summary>What the state starts with becomes the default of the variable.</summary>
public class ConvertInitialValueTests
{
    private const string Write =
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
        }
        """;

    private const string Converted =
        """
        public async Task HandleAsync(string id, Func<Task> next)
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
        """;

    [Theory]
    [InlineData("\"none\"", "\"none\"")]
    [InlineData("string.Empty", "string.Empty")]
    [InlineData("null", "default")]
    [InlineData("default(string)", "default")]
    public Task An_initializer(string initializer, string start) => Fields.BecomesContextVar(
        $"private static string? {{|CTX001:s_id|}} = {initializer};", Write, $"private static readonly ContextVar<string?> s_id = new(\"id\", {start});", Converted);

    [Fact]
    public Task A_constant_that_a_static_constructor_sets() => Fields.BecomesContextVar(
        Fields.Id,
        "static Handler()\n{\n    s_id = \"none\";\n}\n\n" + Write,
        "private static readonly ContextVar<string?> s_id = new(\"id\", \"none\");",
        Converted);

    [Fact]
    public Task A_static_constructor_keeps_what_else_it_does() => Fields.BecomesContextVar(
        Fields.Id,
        "private const string None = \"none\";\n\nstatic Handler()\n{\n    s_id = None; // nobody yet\n    Console.WriteLine(\"ready\");\n}\n\n" + Write,
        "private static readonly ContextVar<string?> s_id = new(\"id\", None);",
        "private const string None = \"none\";\n\nstatic Handler()\n{\n    Console.WriteLine(\"ready\");\n}\n\n" + Converted);

    [Theory]
    [InlineData("s_id = Environment.MachineName;")] // Once, when it is needed: who could say when.
    [InlineData("Console.WriteLine(); s_id = \"none\";")] // It may be seen before.
    [InlineData("s_id = \"a\"; s_id = \"b\";")]
    [InlineData("if (Environment.Is64BitProcess) s_id = \"none\";")]
    public Task What_a_static_constructor_computes_is_refused(string statements) => Fields.IsRefused($"static Handler()\n{{\n    {statements}\n}}\n\n{Write}");
}
