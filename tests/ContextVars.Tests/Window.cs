namespace ContextVars.Tests;

/// <summary>Counts what comes back to it, as to the thread of a user interface.</summary>
internal sealed class Window : SynchronizationContext
{
    private int _posts;

    public int Posts => Volatile.Read(ref _posts);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posts);
        base.Post(d, state);
    }

    /// <summary>Starts something in this context, and leaves the context again.</summary>
    public Task<T> Run<T>(Func<Task<T>> start) => (Task<T>)Run(Task () => start());

    public Task Run(Func<Task> start)
    {
        var outside = Current;
        SetSynchronizationContext(this);
        try
        {
            return start();
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }
}
