using System.Collections.Concurrent;

namespace ValidCode.Locking;

/// <summary>A lock that may be held over an await.</summary>
public sealed class AsyncLock
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);

    public async Task<Releaser> LockAsync(CancellationToken cancellation = default)
    {
        await _semaphore.WaitAsync(cancellation);
        return new Releaser(_semaphore);
    }

    public readonly struct Releaser(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

/// <summary>One lock for each key, gone when nobody holds it.</summary>
public static class KeyedLocks
{
    private static readonly Dictionary<string, Counted> Locks = new(StringComparer.Ordinal);

    public static async Task<T> RunAsync<T>(string key, Func<Task<T>> action)
    {
        Counted mine;
        lock (Locks)
        {
            if (!Locks.TryGetValue(key, out mine!))
            {
                Locks[key] = mine = new Counted();
            }

            mine.Users++;
        }

        await mine.Gate.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            mine.Gate.Release();
            Leave(key, mine);
        }
    }

    private static void Leave(string key, Counted mine)
    {
        lock (Locks)
        {
            if (--mine.Users == 0)
            {
                Locks.Remove(key);
                mine.Gate.Dispose();
            }
        }
    }

    private sealed class Counted
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }
}

/// <summary>Exchange rates for everybody. Whoever loads holds the lock, and the methods he calls need not ask for it again.</summary>
public static class Rates
{
    private static readonly AsyncLock Gate = new();
    private static readonly Dictionary<string, decimal> ByCurrency = new(StringComparer.OrdinalIgnoreCase);
    private static DateOnly s_day;
    private static int s_loads;

    public static async Task<decimal> GetAsync(string currency, DateOnly day, Func<DateOnly, Task<IReadOnlyDictionary<string, decimal>>> load)
    {
        using (await Gate.LockAsync())
        {
            if (s_day != day)
            {
                Fill(await load(day));
                s_day = day;
                s_loads++;
            }

            return ByCurrency[currency];
        }
    }

    public static async Task OverrideAsync(string currency, decimal rate)
    {
        using AsyncLock.Releaser held = await Gate.LockAsync();
        ByCurrency[currency] = rate;
    }

    private static void Fill(IReadOnlyDictionary<string, decimal> rates)
    {
        ByCurrency.Clear();
        foreach ((string currency, decimal rate) in rates)
        {
            ByCurrency[currency] = rate;
        }
    }
}

/// <summary>Read much and written little, by code that awaits outside the lock only.</summary>
public static class Routes
{
    private static readonly ReaderWriterLockSlim Sync = new(LockRecursionPolicy.NoRecursion);
    private static readonly SortedDictionary<string, Uri> Targets = new(StringComparer.Ordinal);
    private static int s_version;

    public static Uri? Find(string path)
    {
        Sync.EnterReadLock();
        try
        {
            return Targets.FirstOrDefault(target => path.StartsWith(target.Key, StringComparison.Ordinal)).Value;
        }
        finally
        {
            Sync.ExitReadLock();
        }
    }

    public static async Task UpdateAsync(IAsyncEnumerable<(string Path, Uri? Target)> changes)
    {
        await foreach ((string path, Uri? target) in changes)
        {
            Sync.EnterWriteLock();
            try
            {
                if (target is null)
                {
                    Targets.Remove(path);
                }
                else
                {
                    Targets[path] = target;
                }

                s_version++;
            }
            finally
            {
                Sync.ExitWriteLock();
            }
        }
    }

    public static async Task WaitForAsync(int version)
    {
        while (Volatile.Read(ref s_version) < version)
        {
            await Task.Delay(10);
        }
    }
}

/// <summary>The same with Monitor, and with a spin lock where the work is a few instructions.</summary>
public static class Sequences
{
    private static readonly object Sync = new();
    private static readonly ConcurrentDictionary<string, long> Last = new(StringComparer.Ordinal);
    private static SpinLock s_spin = new(enableThreadOwnerTracking: false);
    private static long s_high;
    private static int s_low = int.MaxValue;
    private static ulong s_random = 88_172_645_463_325_252;

    /// <summary>Takes a block of numbers from the database, and one of the block for each call.</summary>
    public static async Task<long> NextAsync(Func<Task<long>> takeBlock, int blockSize)
    {
        while (true)
        {
            if (TryTake(blockSize, out long number))
            {
                return number;
            }

            long high = await takeBlock();
            Monitor.Enter(Sync);
            try
            {
                s_high = high;
                s_low = 0;
            }
            finally
            {
                Monitor.Exit(Sync);
            }
        }
    }

    public static async Task<long> NextAsync(string name, Func<string, Task<long>> load)
    {
        if (!Last.ContainsKey(name))
        {
            long loaded = await load(name);
            Last.TryAdd(name, loaded);
        }

        return Last.AddOrUpdate(name, 1, static (_, last) => last + 1);
    }

    public static async Task<ulong> MixAsync(Task<ulong> salt)
    {
        ulong mixed = await salt;
        bool taken = false;
        try
        {
            s_spin.Enter(ref taken);
            s_random ^= (s_random << 13) ^ mixed;
            s_random ^= s_random >> 7;
            return s_random;
        }
        finally
        {
            if (taken)
            {
                s_spin.Exit();
            }
        }
    }

    private static bool TryTake(int blockSize, out long number)
    {
        lock (Sync)
        {
            number = (s_high * blockSize) + s_low;
            return s_low++ < blockSize;
        }
    }
}
