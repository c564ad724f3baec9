namespace ContextVars.Tour;

internal static class CopiedContext
{
    private static readonly ContextVar<string> TraceId = new("trace_id", "");

    public static async Task RunAsync(TextWriter output)
    {
        async Task ChildAsync()
        {
            output.WriteLine($"Child sees trace_id: {TraceId.Get()}");
            await Task.Yield();
        }

        using var _ = TraceId.Set("abc-123");
        var context = Context.CopyCurrent();

        context.Run(() => { TraceId.Set("xyz-789"); });
        output.WriteLine($"The copy has {context.Get(TraceId)}, the flow still {TraceId.Get()}");
        await context.Run(ChildAsync);

        // A callback that someone else will call, bound to the values of now.
        Action later = Context.Wrap(() => output.WriteLine($"Callback sees trace_id: {TraceId.Get()}"));
        TraceId.Set("changed");
        later();
    }
}
