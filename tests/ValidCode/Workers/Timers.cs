using System.Collections.Immutable;

namespace ValidCode.Workers;

/// <summary>The time of day to the second, read a million times and asked for once a second.</summary>
public static class CoarseClock
{
    private static readonly Timer Ticker = new(static _ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    private static long s_now = DateTime.UtcNow.Ticks;
    private static string? s_text;

    public static DateTime UtcNow => new(Volatile.Read(ref s_now), DateTimeKind.Utc);

    public static string Text => s_text ??= UtcNow.ToString("R");

    public static void Stop() => Ticker.Dispose();

    private static void Tick()
    {
        Volatile.Write(ref s_now, DateTime.UtcNow.Ticks);
        s_text = null;
    }
}

/// <summary>Runs one action some time after the last of many calls.</summary>
public sealed class Debouncer(TimeSpan quiet, Func<CancellationToken, Task> action) : IDisposable
{
    private CancellationTokenSource? _pending;

    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Trigger()
    {
        var mine = new CancellationTokenSource();
        Interlocked.Exchange(ref _pending, mine)?.Cancel();
        Completion = RunAsync(mine);
    }

    public void Dispose() => Interlocked.Exchange(ref _pending, null)?.Cancel();

    private async Task RunAsync(CancellationTokenSource mine)
    {
        try
        {
            await Task.Delay(quiet, mine.Token);
            await action(mine.Token);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
        }
        finally
        {
            Interlocked.CompareExchange(ref _pending, null, mine);
            mine.Dispose();
        }
    }
}

/// <summary>Who watches the files of the process. Changed rarely, called often: the list is replaced as a whole.</summary>
public static class FileWatch
{
    private static ImmutableArray<Action<string>> s_watchers = [];
    private static FileSystemWatcher? s_source;
    private static int s_events;

    public static int Events => s_events;

    public static IDisposable Subscribe(Action<string> watcher)
    {
        ImmutableInterlocked.Update(ref s_watchers, static (watchers, added) => watchers.Add(added), watcher);
        return new Subscription(watcher);
    }

    public static void Start(string folder)
    {
        var source = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        source.Changed += (_, change) => Notify(change.FullPath);
        source.Renamed += (_, change) => Notify(change.FullPath);
        if (Interlocked.CompareExchange(ref s_source, source, null) is not null)
        {
            source.Dispose();
            return;
        }

        source.EnableRaisingEvents = true;
    }

    public static async Task<string> NextAsync(CancellationToken cancellation)
    {
        var next = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = Subscribe(path => next.TrySetResult(path));
        return await next.Task.WaitAsync(cancellation);
    }

    private static void Notify(string path)
    {
        Interlocked.Increment(ref s_events);
        foreach (Action<string> watcher in s_watchers)
        {
            watcher(path);
        }
    }

    private sealed class Subscription(Action<string> watcher) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref s_watchers, static (watchers, removed) => watchers.Remove(removed), watcher);
    }
}

/// <summary>Kills a step that takes too long, and says which it was.</summary>
public static class Watchdog
{
    private static readonly ConditionalSteps Steps = new();

    public static async Task GuardAsync(string step, TimeSpan limit, Func<CancellationToken, Task> run)
    {
        using var cancel = new CancellationTokenSource();
        await using var timer = new Timer(static state => ((CancellationTokenSource)state!).Cancel(), cancel, limit, Timeout.InfiniteTimeSpan);
        Steps.Enter(step);
        try
        {
            await run(cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"'{step}' took longer than {limit}.");
        }
        finally
        {
            Steps.Leave(step);
        }
    }

    public static IReadOnlyDictionary<string, int> Running() => Steps.Snapshot();

    /// <summary>Static, and safe: it locks itself.</summary>
    private sealed class ConditionalSteps
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public void Enter(string step)
        {
            lock (_counts)
            {
                _counts[step] = _counts.GetValueOrDefault(step) + 1;
            }
        }

        public void Leave(string step)
        {
            lock (_counts)
            {
                if (--_counts[step] == 0)
                {
                    _counts.Remove(step);
                }
            }
        }

        public IReadOnlyDictionary<string, int> Snapshot()
        {
            lock (_counts)
            {
                return new Dictionary<string, int>(_counts, StringComparer.Ordinal);
            }
        }
    }
}
