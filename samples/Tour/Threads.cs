namespace ContextVars.Tour;

internal static class Threads
{
    private static readonly ContextVar<string> Variable = new("variable", "default");

    public static async Task RunAsync(TextWriter output)
    {
        void Worker() => output.WriteLine($"Thread: {Variable.Get()}");

        async Task AsyncWorkerAsync()
        {
            Variable.Set("async value");
            output.WriteLine($"Async task: {Variable.Get()}");
            await Task.Yield();
        }

        await AsyncWorkerAsync();
        RunOnThread(Worker);                                    // what the async method set stayed in it

        using var _ = Variable.Set("inherited");
        RunOnThread(Worker);                                    // unlike Python's, a thread inherits from its starter …
        RunOnThread(() => new Context().Run(Worker));           // … unless it runs in an empty context
    }

    private static void RunOnThread(ThreadStart start)
    {
        var thread = new Thread(start);
        thread.Start();
        thread.Join();
    }
}
