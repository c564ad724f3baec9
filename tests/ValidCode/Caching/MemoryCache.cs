using System.Collections.Concurrent;

namespace ValidCode.Caching;

/// <summary>One load for each key, however many ask at a time.</summary>
public sealed class MemoryCache<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> load, TimeSpan lifetime, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private long _hits;
    private long _misses;

    public double HitRate
    {
        get
        {
            long hits = Interlocked.Read(ref _hits);
            long all = hits + Interlocked.Read(ref _misses);
            return all == 0 ? 0 : (double)hits / all;
        }
    }

    public async Task<TValue> GetAsync(TKey key, CancellationToken cancellation)
    {
        Entry entry = _entries.GetOrAdd(key, static (key, cache) => cache.NewEntry(key), this);
        if (entry.Expires < time.GetUtcNow())
        {
            Entry renewed = NewEntry(key);
            entry = _entries.TryUpdate(key, renewed, entry) ? renewed : _entries[key];
            Interlocked.Increment(ref _misses);
        }
        else
        {
            Interlocked.Increment(ref _hits);
        }

        try
        {
            return await entry.Value.Value.WaitAsync(cancellation);
        }
        catch (Exception) when (entry.Value.Value.IsFaulted)
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }

    public void Clear() => _entries.Clear();

    private Entry NewEntry(TKey key) =>
        new(new Lazy<Task<TValue>>(() => load(key, CancellationToken.None)), time.GetUtcNow() + lifetime);

    private sealed record Entry(Lazy<Task<TValue>> Value, DateTimeOffset Expires);
}

/// <summary>Registered once at start-up, read by all: a static collection that is safe for it.</summary>
public static class Formats
{
    private static readonly ConcurrentDictionary<string, Func<object, string>> ByName = new(StringComparer.OrdinalIgnoreCase);

    static Formats()
    {
        ByName["text"] = value => value.ToString() ?? "";
        ByName["upper"] = value => (value.ToString() ?? "").ToUpperInvariant();
    }

    public static async Task RegisterAsync(string name, Task<Func<object, string>> format)
    {
        Func<object, string> loaded = await format;
        ByName.AddOrUpdate(name, loaded, (_, _) => loaded);
    }

    public static string Write(string name, object value) => ByName.TryGetValue(name, out Func<object, string>? format) ? format(value) : "";
}
