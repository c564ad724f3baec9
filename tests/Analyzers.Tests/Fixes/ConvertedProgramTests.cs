using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Programs that are compiled, run, converted, compiled and run again: one request at a time gives what it gave before, two at a time no longer mix.</summary>
public class ConvertedProgramTests
{
    public static TheoryData<string, string> Programs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var key in new[] { "ConvertToContextVar", "ConvertToAsyncLocal" })
            {
                data.Add(key, """
                    private static string? s_id;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        s_id = id;
                        await pause();
                        return s_id;
                    }
                    """);
                data.Add(key, """
                    [ThreadStatic]
                    private static string? t_id;

                    private static string? Id { get => t_id; set => t_id = value; }

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        Id = id;
                        await pause();
                        return Read();
                    }

                    private static string? Read() => Id;
                    """);
                data.Add(key, """
                    private static string? s_id;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        var old = s_id;
                        s_id = id;
                        string? seen;
                        try
                        {
                            await pause();
                            seen = s_id;
                        }
                        finally
                        {
                            s_id = old;
                        }

                        return seen + (s_id ?? "none");
                    }
                    """);
                data.Add(key, """
                    private static string? Id { get; set; }

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        using (new Scope(id))
                        {
                            await pause();
                            return Id;
                        }
                    }

                    private sealed class Scope : IDisposable
                    {
                        private readonly string? _previous;

                        public Scope(string id)
                        {
                            _previous = Id;
                            Id = id;
                        }

                        public void Dispose() => Id = _previous;
                    }
                    """);
                data.Add(key, """
                    private static string? s_id;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        s_id = id;
                        await pause();
                        var seen = s_id;
                        s_id = null;
                        return seen + "|" + s_id;
                    }
                    """);
            }

            foreach (var key in new[] { "ConvertToContextVar", "ConvertToAsyncLocal" })
            {
                data.Add(key, """
                    private static string? s_id;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        var length = Length(s_id = id);
                        await pause();
                        return length + s_id;
                    }

                    private static int Length(string? text) => text!.Length + s_id!.Length;
                    """);
                data.Add(key, """
                    private static string? s_id;
                    private static int s_count;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        (s_id, s_count) = Parse(id);
                        await pause();
                        (s_id, s_count) = (s_id + "!", 7);
                        await pause();
                        return s_id + s_count;
                    }

                    private static (string, int) Parse(string id) => (id, id.Length);
                    """);
                data.Add(key, """
                    private static Point s_point;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        s_point = new Point();
                        s_point.Name = id;
                        s_point.Length = s_point.Name.Length;
                        await pause();
                        s_point.Name = s_point.Name + "!";
                        await pause();
                        return s_point.Name + s_point.Length;
                    }

                    private struct Point
                    {
                        public string Name;
                        public int Length;
                    }
                    """);
                data.Add(key, """
                    private static string? s_id;

                    public static Task<string?> RunAsync(string id, Func<Task> pause) => PauseAsync(s_id = id, pause);

                    private static async Task<string?> PauseAsync(string id, Func<Task> pause)
                    {
                        await pause();
                        return id + s_id;
                    }
                    """);
                data.Add(key, """
                    private static string? s_id;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        if (id.Length > 0)
                            Use(id);

                        await pause();
                        return s_id;
                    }

                    private static void Use(string id) => s_id = id;
                    """);
                data.Add(key, """
                    private static int s_depth;

                    public static async Task<string?> RunAsync(string id, Func<Task> pause)
                    {
                        s_depth++;
                        try
                        {
                            await pause();
                            return id + s_depth;
                        }
                        finally
                        {
                            s_depth--;
                        }
                    }
                    """);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Requests_no_longer_mix(string key, string members)
    {
        var source = $"using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n\npublic static class Program\n{{\n{members}\n}}\n";
        using var projects = new Projects();
        projects.Add("App", [], [], ("/app/Program.cs", source));
        var before = await LoadAsync(projects.Solution);
        var after = await LoadAsync(await projects.FixAllAsync(FixAllScope.Solution, "/app/Program.cs", key));

        var alone = await OneAtATimeAsync(before);

        Assert.Equal(alone, await OneAtATimeAsync(after));
        Assert.NotEqual(alone, await TwoAtATimeAsync(before));
        Assert.Equal(alone, await TwoAtATimeAsync(after));
    }

    private static async Task<string?[]> OneAtATimeAsync(Func<string, Func<Task>, Task<string?>> run) => await Task.Run(async () => new[]
    {
        await run("a", static () => Task.CompletedTask),
        await run("b", static () => Task.CompletedTask),
    });

    /// <summary>Both have started when the first goes on, on a thread of its own, and the second goes on when the first has ended.</summary>
    private static async Task<string?[]> TwoAtATimeAsync(Func<string, Func<Task>, Task<string?>> run) => await Task.Run(async () =>
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (a, b) = (run("a", () => first.Task), run("b", () => second.Task));

        return new[] { await EndAsync(first, a), await EndAsync(second, b) };
    });

    private static Task<string?> EndAsync(TaskCompletionSource gate, Task<string?> running)
    {
        new Thread(gate.SetResult).Start();

        return running;
    }

    private static async Task<Func<string, Func<Task>, Task<string?>>> LoadAsync(Solution solution)
    {
        await Projects.TextsAsync(solution);
        var compilation = await solution.Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken);
        using var image = new MemoryStream();
        Assert.True(compilation!.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;

        return new AssemblyLoadContext(null).LoadFromStream(image).GetType("Program")!.GetMethod("RunAsync")!.CreateDelegate<Func<string, Func<Task>, Task<string?>>>();
    }
}
