using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ValidCode.Diagnostics;

/// <summary>Messages inside a process: whoever is interested subscribes, and is called outside of all locks.</summary>
public sealed class EventAggregator
{
    private readonly ConcurrentDictionary<Type, ImmutableArray<Delegate>> _handlers = new();

    public static EventAggregator Default { get; } = new();

    public IDisposable Subscribe<TEvent>(Func<TEvent, Task> handler)
    {
        _handlers.AddOrUpdate(typeof(TEvent), static (_, added) => [added], static (_, handlers, added) => handlers.Add(added), handler);
        return new Unsubscribe(() => _handlers.AddOrUpdate(
            typeof(TEvent), static (_, _) => [], static (_, handlers, removed) => handlers.Remove(removed), handler));
    }

    public async Task PublishAsync<TEvent>(TEvent message)
    {
        if (!_handlers.TryGetValue(typeof(TEvent), out ImmutableArray<Delegate> handlers))
        {
            return;
        }

        List<Exception>? failures = null;
        foreach (Func<TEvent, Task> handler in handlers.Cast<Func<TEvent, Task>>())
        {
            try
            {
                await handler(message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                (failures ??= []).Add(exception);
            }
        }

        if (failures is not null)
        {
            throw new AggregateException(failures);
        }
    }

    private sealed class Unsubscribe(Action undo) : IDisposable
    {
        private Action? _undo = undo;

        public void Dispose() => Interlocked.Exchange(ref _undo, null)?.Invoke();
    }
}

public sealed record JobDone(string Name, TimeSpan Took);

/// <summary>Static events: the compiler adds and removes without a lock, and safely.</summary>
public static class Jobs
{
    private static readonly ConcurrentDictionary<string, List<JobDone>> History = new(StringComparer.Ordinal);
    private static readonly CancellationTokenSource Stop = new();
    private static int s_running;

    public static event EventHandler<JobDone>? Done;

    public static event Action? Idle;

    public static CancellationToken Stopping => Stop.Token;

    public static async Task RunAsync(string name, Func<CancellationToken, Task> job)
    {
        long start = Environment.TickCount64;
        Interlocked.Increment(ref s_running);
        try
        {
            await job(Stop.Token);
        }
        finally
        {
            var done = new JobDone(name, TimeSpan.FromMilliseconds(Environment.TickCount64 - start));
            Remember(done);
            Done?.Invoke(null, done);
            if (Interlocked.Decrement(ref s_running) == 0)
            {
                Idle?.Invoke();
            }
        }
    }

    public static async Task<JobDone> WaitForAsync(string name, CancellationToken cancellation)
    {
        var found = new TaskCompletionSource<JobDone>(TaskCreationOptions.RunContinuationsAsynchronously);
        Done += OnDone;
        try
        {
            return await found.Task.WaitAsync(cancellation);
        }
        finally
        {
            Done -= OnDone;
        }

        void OnDone(object? sender, JobDone done)
        {
            if (done.Name == name)
            {
                found.TrySetResult(done);
            }
        }
    }

    public static async Task StopAllAsync(TimeSpan patience)
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Action signal = () => idle.TrySetResult();
        Idle += signal;
        try
        {
            await Stop.CancelAsync();
            if (Volatile.Read(ref s_running) > 0)
            {
                await idle.Task.WaitAsync(patience);
            }
        }
        finally
        {
            Idle -= signal;
        }
    }

    public static IReadOnlyList<JobDone> HistoryOf(string name)
    {
        if (!History.TryGetValue(name, out List<JobDone>? history))
        {
            return [];
        }

        lock (history)
        {
            return [.. history];
        }
    }

    private static void Remember(JobDone done)
    {
        List<JobDone> history = History.GetOrAdd(done.Name, static _ => []);
        lock (history)
        {
            history.Add(done);
            if (history.Count > 100)
            {
                history.RemoveAt(0);
            }
        }
    }
}
