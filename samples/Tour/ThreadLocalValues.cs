namespace ContextVars.Tour;

internal static class ThreadLocalValues
{
    private static readonly ThreadLocal<string> Data = new(() => "lost");
    private static readonly ContextVar<string> Variable = new("variable", "lost");

    public static async Task RunAsync(TextWriter output)
    {
        async Task WorkAsync()
        {
            Data.Value = "hello";
            using var _ = Variable.Set("hello");
            await Task.Delay(1);                                // goes on on a thread of the pool
            output.WriteLine($"ThreadLocal: {Data.Value}, ContextVar: {Variable.Get()}");
        }

        // Started on a thread of its own, so that the two threads are certain to differ.
        await Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }
}
