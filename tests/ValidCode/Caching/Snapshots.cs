using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace ValidCode.Caching;

public sealed record ExchangeDay(DateOnly Day, IReadOnlyDictionary<string, decimal> Rates, DateTimeOffset Expires);

/// <summary>Values that anybody may load, and that are the same whoever does.</summary>
public static class Reference
{
    private static volatile ExchangeDay? s_day;
    private static Task<IReadOnlyList<string>>? s_countries;
    private static IReadOnlyList<string>? s_languages;
    private static object? s_mapper;
    private static long s_reads;
    private static int s_sampled;

    public static long Reads => Interlocked.Read(ref s_reads);

    /// <summary>An old snapshot is replaced by a new one in a single write; two that load at a time both write the truth.</summary>
    public static async Task<decimal> RateAsync(string currency, TimeProvider time, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (s_day is null || s_day.Expires < now)
        {
            s_day = new ExchangeDay(DateOnly.FromDateTime(now.Date), await LoadRatesAsync(cancellation), now.AddHours(1));
        }

        Interlocked.Increment(ref s_reads);
        return s_day.Rates[currency];
    }

    public static Task<IReadOnlyList<string>> CountriesAsync() => s_countries ??= LoadLinesAsync("countries.txt", CancellationToken.None);

    public static async Task<IReadOnlyList<string>> LanguagesAsync(CancellationToken cancellation)
    {
        s_languages ??= await LoadLinesAsync("languages.txt", cancellation);
        return s_languages;
    }

    /// <summary>A singleton of the container: whose provider it comes from does not matter.</summary>
    public static async Task<TMapper> MapperAsync<TMapper>(IServiceProvider services, Func<TMapper, Task> verify)
        where TMapper : class
    {
        if (s_mapper is null)
        {
            TMapper mapper = services.GetRequiredService<TMapper>();
            await verify(mapper);
            Interlocked.CompareExchange(ref s_mapper, mapper, null);
        }

        return (TMapper)s_mapper;
    }

    /// <summary>Every hundredth is measured. A count that is lost now and then loses nothing.</summary>
    public static async Task<bool> SampleAsync(Func<Task> measure)
    {
        if (++s_sampled % 100 != 0)
        {
            return false;
        }

        await measure();
        return true;
    }

    private static async Task<IReadOnlyDictionary<string, decimal>> LoadRatesAsync(CancellationToken cancellation)
    {
        string[] lines = await File.ReadAllLinesAsync("rates.txt", cancellation);
        return lines.Select(line => line.Split('=')).ToDictionary(parts => parts[0], parts => decimal.Parse(parts[1]));
    }

    private static async Task<IReadOnlyList<string>> LoadLinesAsync(string file, CancellationToken cancellation) =>
        await File.ReadAllLinesAsync(file, cancellation);
}

/// <summary>The least recently used goes first. All of it under one lock, and no await inside.</summary>
public sealed class LruCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public bool TryGet(TKey key, out TValue? value)
    {
        lock (_order)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
            {
                value = default;
                return false;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_order)
        {
            if (_nodes.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? old))
            {
                _order.Remove(old);
            }

            _nodes[key] = _order.AddFirst((key, value));
            while (_order.Count > capacity && _order.Last is { } last)
            {
                _order.RemoveLast();
                _nodes.Remove(last.Value.Key);
            }
        }
    }
}

/// <summary>Static caches that lock themselves, and one that goes with the objects it is about.</summary>
public static class Thumbnails
{
    private static readonly LruCache<string, byte[]> Recent = new(500);
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<int, byte[]>> BySource = [];
    private static readonly long[] BySize = new long[4];
    private static readonly string?[] LastNames = new string?[16];
    private static int s_next = -1;

    public static IReadOnlyList<string> Latest => [.. LastNames.Select((_, index) => Volatile.Read(ref LastNames[index])).OfType<string>()];

    public static async Task<byte[]> GetAsync(string name, int size, Func<string, int, Task<byte[]>> render)
    {
        string key = $"{name}@{size}";
        Interlocked.Increment(ref BySize[Math.Min(size / 64, BySize.Length - 1)]);
        if (Recent.TryGet(key, out byte[]? found))
        {
            return found!;
        }

        byte[] rendered = await render(name, size);
        Recent.Set(key, rendered);
        int slot = (Interlocked.Increment(ref s_next) & int.MaxValue) % LastNames.Length;
        Volatile.Write(ref LastNames[slot], name);
        return rendered;
    }

    public static async Task<byte[]> GetAsync(object source, int size, Func<object, int, Task<byte[]>> render)
    {
        ConcurrentDictionary<int, byte[]> sizes = BySource.GetOrCreateValue(source);
        if (sizes.TryGetValue(size, out byte[]? known))
        {
            return known;
        }

        return sizes.GetOrAdd(size, await render(source, size));
    }
}
