namespace ContextVars.Tour;

internal static class TheProblem
{
    private static string? s_requestId;

    public static async Task RunAsync(TextWriter output)
    {
        async Task<string> HandleRequestAsync(string id, Task database)
        {
            s_requestId = id;
            await database;                                             // meanwhile the other request sets it
            return $"Request {id} completed as {s_requestId}";
        }

        var database = new TaskCompletionSource();
        var requests = Task.WhenAll(HandleRequestAsync("req-123", database.Task), HandleRequestAsync("req-456", database.Task));
        database.SetResult();
        foreach (var line in await requests)
            output.WriteLine(line);
    }
}
