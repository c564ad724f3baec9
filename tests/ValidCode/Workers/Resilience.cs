using System.Collections.Concurrent;

namespace ValidCode.Workers;

public sealed record RetryOptions(int Attempts, TimeSpan First, TimeSpan Longest)
{
    public static RetryOptions Default { get; } = new(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
}

/// <summary>Tries again, waiting longer each time and never as long as the others.</summary>
public static class Retry
{
    // Nobody sets it: a source of numbers for each thread.
    private static readonly ThreadLocal<Random> Jitter = new(() => new Random(Environment.TickCount ^ Environment.CurrentManagedThreadId));

    [ThreadStatic]
    private static uint t_sequence;

    private static int s_retries;

    public static int Retries => s_retries;

    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> action, RetryOptions options, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await action(cancellation);
            }
            catch (Exception exception) when (attempt < options.Attempts && IsTransient(exception))
            {
                Interlocked.Increment(ref s_retries);
                await Task.Delay(DelayAfter(attempt, options), cancellation);
            }
        }
    }

    /// <summary>Reads each line of work once more if it failed, in another order.</summary>
    public static async Task<int> RunAllAsync(IReadOnlyList<Func<Task>> actions)
    {
        int failed = 0;
        foreach (int index in Shuffled(actions.Count))
        {
            try
            {
                await actions[index]();
            }
            catch (TimeoutException)
            {
                await Task.Delay(Jitter.Value!.Next(50));
                failed++;
            }
        }

        return failed;
    }

    private static TimeSpan DelayAfter(int attempt, RetryOptions options)
    {
        double exponential = options.First.TotalMilliseconds * Math.Pow(2, attempt - 1);
        double limited = Math.Min(exponential, options.Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(limited * (0.5 + (Jitter.Value!.NextDouble() / 2)));
    }

    private static int[] Shuffled(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)(NextNumber() % (uint)(last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>A cheap generator on each thread; where a thread left off does not matter.</summary>
    private static uint NextNumber()
    {
        uint number = t_sequence == 0 ? (uint)Environment.CurrentManagedThreadId * 2_654_435_761 : t_sequence;
        number ^= number << 13;
        number ^= number >> 17;
        number ^= number << 5;
        t_sequence = number;
        return number;
    }

    private static bool IsTransient(Exception exception) =>
        exception is TimeoutException or HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError };
}

public sealed class CircuitOpenException(string name) : Exception($"{name} is not asked for the time being.");

/// <summary>Stops asking a service that fails. All flows share one breaker for each service.</summary>
public sealed class CircuitBreaker
{
    private const int Closed = 0;
    private const int Open = 1;
    private const int HalfOpen = 2;

    private static readonly ConcurrentDictionary<string, CircuitBreaker> All = new(StringComparer.OrdinalIgnoreCase);
    private static event Action<string, bool>? s_changed;

    private readonly string _name;
    private int _state;
    private int _failures;
    private long _openedAt;

    private CircuitBreaker(string name) => _name = name;

    public static event Action<string, bool> Changed
    {
        add => s_changed += value;
        remove => s_changed -= value;
    }

    public static CircuitBreaker For(string name) => All.GetOrAdd(name, static name => new CircuitBreaker(name));

    public async Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        if (!MayPass())
        {
            throw new CircuitOpenException(_name);
        }

        try
        {
            T result = await action();
            Succeeded();
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed();
            throw;
        }
    }

    private bool MayPass()
    {
        if (Volatile.Read(ref _state) == Closed)
        {
            return true;
        }

        bool rested = Environment.TickCount64 - Interlocked.Read(ref _openedAt) > 30_000;
        return rested && Interlocked.CompareExchange(ref _state, HalfOpen, Open) == Open;
    }

    private void Succeeded()
    {
        Interlocked.Exchange(ref _failures, 0);
        if (Interlocked.Exchange(ref _state, Closed) != Closed)
        {
            s_changed?.Invoke(_name, true);
        }
    }

    private void Failed()
    {
        if (Interlocked.Increment(ref _failures) < 5 && Volatile.Read(ref _state) != HalfOpen)
        {
            return;
        }

        Interlocked.Exchange(ref _openedAt, Environment.TickCount64);
        if (Interlocked.Exchange(ref _state, Open) != Open)
        {
            s_changed?.Invoke(_name, false);
        }
    }
}
