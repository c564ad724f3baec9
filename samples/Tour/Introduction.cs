namespace ContextVars.Tour;

internal static class Introduction
{
    private static readonly ContextVar<string> RequestId = new("request_id", "none");

    public static async Task RunAsync(TextWriter output)
    {
        async Task<string> FetchDataAsync(Task database)
        {
            await database;
            return $"Fetching data for {RequestId.Get()}";
        }

        async Task<string> HandleRequestAsync(string id, Task database)
        {
            var token = RequestId.Set(id);
            try
            {
                return await FetchDataAsync(database);
            }
            finally
            {
                RequestId.Reset(token);
            }
        }

        var database = new TaskCompletionSource();
        var requests = Task.WhenAll(HandleRequestAsync("req-123", database.Task), HandleRequestAsync("req-456", database.Task));
        database.SetResult();
        foreach (var line in await requests)
            output.WriteLine(line);

        output.WriteLine($"Afterwards: {RequestId.Get()}");
    }
}
