namespace ContextVars.Tour;

internal static class ConcurrentTasks
{
    private static readonly ContextVar<string> RequestId = new("request_id", "none");

    public static async Task RunAsync(TextWriter output)
    {
        async Task HandleRequestAsync(string id)
        {
            using var _ = RequestId.Set(id);
            var log = Task.Run(() => $"Logging request: {RequestId.Get()}");    // a new task inherits the context
            output.WriteLine(await log);
        }

        foreach (var id in new[] { "req-1", "req-2" })
            await HandleRequestAsync(id);

        // A thousand at a time, each over three suspensions.
        async Task<bool> KeepsItsIdAsync(string id)
        {
            using var _ = RequestId.Set(id);
            for (var i = 0; i < 3; i++)
                await Task.Yield();

            return RequestId.Get() == id;
        }

        var kept = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => KeepsItsIdAsync($"req-{i}")));
        output.WriteLine($"{kept.Count(own => own)} of {kept.Length} requests kept their id");
    }
}
