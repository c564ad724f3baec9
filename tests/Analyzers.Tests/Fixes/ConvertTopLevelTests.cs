using ContextAnalyzers.CodeFixes;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Tests.Fixes.StateMarker, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>The statements of a program are a body like any other.</summary>
public class ConvertTopLevelTests
{
    [Theory]
    [InlineData(
        "Current.Id = args[0];\nawait Task.Yield();",
        "await Task.Yield();")]
    [InlineData(
        "await Task.FromResult(Current.Id = args[0]);",
        "await Task.FromResult(Current.Id.Get());")]
    [InlineData(
        "if ((Current.Id = args[0]) != null)\n    await Task.Yield();",
        "if (Current.Id.Get() != null)\n        await Task.Yield();")]
    [InlineData(
        "(Current.Id, var number) = (args[0], 1);\nawait Task.Delay(number);",
        "var number = 1;\n    await Task.Delay(number);")]
    public Task A_write_covers_the_rest_of_the_program(string statements, string fixedStatements) => Verify.FixesInProgram(
        Program($"{statements}\nConsole.WriteLine(Current.Id);", "public static string? {|CTX001:Id|};"),
        Program(
            $"""
            var token = Current.Id.Set(args[0]);
            try
            {"{"}
                {fixedStatements}
                Console.WriteLine(Current.Id.Get());
            {"}"}
            finally
            {"{"}
                Current.Id.Reset(token);
            {"}"}
            """,
            "public static readonly ContextVar<string?> Id = new(\"id\", default);"));

    [Fact]
    public Task What_is_deconstructed_goes_through_a_local() => Verify.FixesInProgram(
        Program(
            """
            (Current.Id, var number) = Math.Parse(args[0]);
            await Task.Delay(number);
            Console.WriteLine(Current.Id);
            """,
            "public static string? {|CTX001:Id|};"),
        Program(
            """
            (var id, var number) = Math.Parse(args[0]);
            var token = Current.Id.Set(id);
            try
            {
                await Task.Delay(number);
                Console.WriteLine(Current.Id.Get());
            }
            finally
            {
                Current.Id.Reset(token);
            }
            """,
            "public static readonly ContextVar<string?> Id = new(\"id\", default);"));

    [Fact]
    public Task A_lambda_of_the_program_gets_a_block() => Verify.FixesInProgram(
        Program(
            """
            Func<string, Task> run = async id => await Task.FromResult(Current.Id = id);
            await run("a");
            """,
            "public static string? {|CTX001:Id|};"),
        Program(
            """
            Func<string, Task> run = async id =>
            {
                var token = Current.Id.Set(id);
                try
                {
                    await Task.FromResult(id);
                }
                finally
                {
                    Current.Id.Reset(token);
                }
            };
            await run("a");
            """,
            "public static readonly ContextVar<string?> Id = new(\"id\", default);"));

    /// <summary>A local function that others use cannot move, and a read that comes first would come later.</summary>
    [Theory]
    [InlineData("(Current.Id, var number) = Parse(args[0]);\nawait Task.Delay(number);\n\n(string, int) Parse(string text) => (text, 1);")]
    [InlineData("Func<string?> read = () => Current.Id;\nawait Task.FromResult(read() + (Current.Id = args[0]));")]
    public async Task What_cannot_move_is_refused(string statements)
    {
        var source = Program(statements, "public static string? {|CTX001:Id|};");
        await Verify.FixesInProgram(source, source);
    }

    private static string Program(string statements, string field) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using ContextVars;

        {{statements}}

        static class Current
        {
            {{field}}
        }

        static class Math
        {
            public static (string, int) Parse(string text) => (text, text.Length);
        }

        """;

    [Theory]
    [InlineData("ConvertToContextVar", "Current.Id.Reset(token)")]
    [InlineData("ConvertToAsyncLocal", "Current.Id.Value = previous")]
    public async Task A_program_and_a_class_below_it_have_scopes_of_their_own(string key, string restore)
    {
        using var projects = new Projects();
        projects.AddProgram("App", ("/app/Program.cs",
            """
            using System;
            using System.Threading.Tasks;

            Current.Id = "a";
            await Task.Yield();
            Console.WriteLine(Current.Id);
            await Worker.RunAsync("b");

            static class Current
            {
                public static string? Id;
            }

            static class Worker
            {
                public static async Task RunAsync(string id)
                {
                    Current.Id = id;
                    await Task.Yield();
                    Console.WriteLine(Current.Id);
                }
            }

            // The end.
            """));

        var offer = Assert.Single(await projects.OffersAsync("/app/Program.cs"), offer => offer.EquivalenceKey == key);
        var text = (await Projects.TextsAsync(await Projects.ApplyAsync(offer)))["/app/Program.cs"];

        Assert.Equal(2, text.Split("finally").Length - 1);
        Assert.Contains(restore, text);
        Assert.EndsWith("// The end.", text.TrimEnd());
    }
}
