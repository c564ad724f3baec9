namespace ContextVars.Tour;

/// <summary>The guide to Python's contextvars, section by section, in C#. docs/contextvars.md has both side by side.</summary>
public static class Sections
{
    private static readonly (string Title, Func<TextWriter, Task> RunAsync)[] All =
    [
        ("The problem", TheProblem.RunAsync),
        ("Introducing ContextVar", Introduction.RunAsync),
        ("Setting and getting values", GetSetReset.RunAsync),
        ("Temporary override", NestedOverride.RunAsync),
        ("Copied context", CopiedContext.RunAsync),
        ("Concurrent tasks", ConcurrentTasks.RunAsync),
        ("Threads", Threads.RunAsync),
        ("Request id middleware", RequestIdMiddleware.RunAsync),
        ("Authentication wrapper", Authentication.RunAsync),
        ("Tracing and logging", TracingAndLogging.RunAsync),
        ("Thread-local against context variable", ThreadLocalValues.RunAsync),
    ];

    /// <summary>Runs every section and writes what it prints under its title.</summary>
    public static async Task RunAsync(TextWriter output)
    {
        foreach (var (title, runAsync) in All)
        {
            await output.WriteLineAsync($"== {title}");
            await runAsync(output);
        }
    }
}
