using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ValidCode.Workers;

/// <summary>A part of a schedule: minutes or hours, as in "*/15" or "8-18" or "0,30".</summary>
public sealed class ScheduleField
{
    private readonly bool[] _allowed;

    private ScheduleField(bool[] allowed) => _allowed = allowed;

    public bool Matches(int value) => _allowed[value];

    public static ScheduleField Parse(string text, int limit)
    {
        bool[] allowed = new bool[limit];
        foreach (string part in text.Split(','))
        {
            (string range, int step) = part.Split('/') is [var left, var right] ? (left, Number(right, limit)) : (part, 1);
            (int from, int to) = range switch
            {
                "*" => (0, limit - 1),
                _ when range.Split('-') is [var first, var last] => (Number(first, limit), Number(last, limit)),
                _ => (Number(range, limit), Number(range, limit)),
            };
            for (int value = from; value <= to; value += step)
            {
                allowed[value] = true;
            }
        }

        return new ScheduleField(allowed);
    }

    private static int Number(string text, int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value < limit
            ? value
            : throw new FormatException($"'{text}' is not a number below {limit}.");
}

public sealed record Schedule(ScheduleField Minutes, ScheduleField Hours)
{
    public static Schedule Parse(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var minutes, var hours]
        ? new Schedule(ScheduleField.Parse(minutes, 60), ScheduleField.Parse(hours, 24))
        : throw new FormatException("A schedule has minutes and hours.");

    public DateTimeOffset Next(DateTimeOffset after)
    {
        var minute = new DateTimeOffset(after.Year, after.Month, after.Day, after.Hour, after.Minute, 0, after.Offset);
        do
        {
            minute = minute.AddMinutes(1);
        }
        while (!Minutes.Matches(minute.Minute) || !Hours.Matches(minute.Hour));

        return minute;
    }
}

/// <summary>Runs what is due. Callers add from any thread; the loop waits for the earliest or for a change.</summary>
public sealed class Scheduler(TimeProvider time, ILogger<Scheduler> log) : BackgroundService
{
    private static int s_runs;
    private static int s_failures;

    private readonly PriorityQueue<Entry, DateTimeOffset> _queue = new();
    private readonly Lock _sync = new();
    private CancellationTokenSource _changed = new();

    /// <summary>Of the whole process, for its diagnostics.</summary>
    public static (int Runs, int Failures) Totals => (Volatile.Read(ref s_runs), Volatile.Read(ref s_failures));

    public void Add(string name, string schedule, Func<CancellationToken, Task> run)
    {
        var entry = new Entry(name, Schedule.Parse(schedule), run);
        CancellationTokenSource changed;
        lock (_sync)
        {
            _queue.Enqueue(entry, entry.Schedule.Next(time.GetLocalNow()));
            changed = _changed;
        }

        changed.Cancel();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (TakeDue() is { } due)
            {
                running.RemoveAll(task => task.IsCompleted);
                running.Add(RunAsync(due, stoppingToken));
                continue;
            }

            await WaitAsync(stoppingToken);
        }

        await Task.WhenAll(running);
    }

    private Entry? TakeDue()
    {
        lock (_sync)
        {
            if (!_queue.TryPeek(out Entry? entry, out DateTimeOffset at) || at > time.GetLocalNow())
            {
                return null;
            }

            _queue.DequeueEnqueue(entry, entry.Schedule.Next(at));
            return entry;
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        TimeSpan wait = TimeSpan.FromMinutes(1);
        CancellationToken changed;
        lock (_sync)
        {
            if (_changed.IsCancellationRequested)
            {
                _changed.Dispose();
                _changed = new CancellationTokenSource();
            }

            changed = _changed.Token;
            if (_queue.TryPeek(out _, out DateTimeOffset at))
            {
                wait = at - time.GetLocalNow();
            }
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(changed, stopping);
        await Task.Delay(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(Entry entry, CancellationToken stopping)
    {
        Interlocked.Increment(ref s_runs);
        try
        {
            await entry.Run(stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Interlocked.Increment(ref s_failures);
            log.LogError(exception, "{Name} failed", entry.Name);
        }
    }

    private sealed record Entry(string Name, Schedule Schedule, Func<CancellationToken, Task> Run);
}
