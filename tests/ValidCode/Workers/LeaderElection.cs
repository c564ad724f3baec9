using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ValidCode.Workers;

public sealed record Lease(string Name, string Holder, long Term, DateTimeOffset Until);

public interface ILeaseStore
{
    Task<Lease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellation);

    Task<Lease?> TryRenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellation);

    Task ReleaseAsync(Lease lease, CancellationToken cancellation);
}

/// <summary>Whether this process leads: a question about the process, answered without waiting.</summary>
public static class Leadership
{
    private static readonly Lock Sync = new();
    private static Lease? s_lease;
    private static TaskCompletionSource<Lease> s_elected = NewElection();

    public static bool IsLeader => Volatile.Read(ref s_lease) is { } lease && lease.Until > DateTimeOffset.UtcNow;

    public static long Term => Volatile.Read(ref s_lease)?.Term ?? 0;

    public static Task<Lease> ElectedAsync()
    {
        lock (Sync)
        {
            return s_elected.Task;
        }
    }

    internal static void Won(Lease lease)
    {
        TaskCompletionSource<Lease> elected;
        lock (Sync)
        {
            s_lease = lease;
            elected = s_elected;
        }

        elected.TrySetResult(lease);
    }

    internal static void Lost()
    {
        lock (Sync)
        {
            s_lease = null;
            if (s_elected.Task.IsCompleted)
            {
                s_elected = NewElection();
            }
        }
    }

    private static TaskCompletionSource<Lease> NewElection() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Tries to lead, renews while it does, and steps down in time.</summary>
public sealed class Candidate(ILeaseStore store, TimeProvider time, ILogger<Candidate> log) : BackgroundService
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly string Holder = $"{Environment.MachineName}/{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Duration / 3, time);
        Lease? lease = null;
        try
        {
            do
            {
                lease = await StepAsync(lease, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            Leadership.Lost();
            if (lease is not null)
            {
                await store.ReleaseAsync(lease, CancellationToken.None);
            }
        }
    }

    private async Task<Lease?> StepAsync(Lease? held, CancellationToken cancellation)
    {
        Lease? lease = held is null
            ? await store.TryAcquireAsync("leader", Holder, Duration, cancellation)
            : await store.TryRenewAsync(held, Duration, cancellation);
        if (lease is not null)
        {
            Leadership.Won(lease);
        }
        else if (held is not null)
        {
            log.LogWarning("{Holder} leads no longer, term {Term} ended", Holder, held.Term);
            Leadership.Lost();
        }

        return lease;
    }
}

/// <summary>A job that one process does at a time. It checks the term where it writes, not only where it starts.</summary>
public abstract class LeaderJob(TimeSpan every, TimeProvider time) : BackgroundService
{
    private static int s_active;

    public static int Active => Volatile.Read(ref s_active);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Lease lease = await Leadership.ElectedAsync().WaitAsync(stoppingToken);
            Interlocked.Increment(ref s_active);
            try
            {
                await LeadAsync(lease, stoppingToken);
            }
            finally
            {
                Interlocked.Decrement(ref s_active);
            }

            await Task.Delay(every, time, stoppingToken);
        }
    }

    protected abstract Task RunAsync(long term, CancellationToken cancellation);

    private async Task LeadAsync(Lease lease, CancellationToken stopping)
    {
        while (Leadership.IsLeader && Leadership.Term == lease.Term)
        {
            await RunAsync(lease.Term, stopping);
            await Task.Delay(every, time, stopping);
        }
    }
}
