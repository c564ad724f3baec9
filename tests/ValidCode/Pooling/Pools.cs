using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ValidCode.Pooling;

/// <summary>Objects that are dear to make, for whoever needs one next.</summary>
public sealed class ObjectPool<T>(Func<T> make, Action<T> clear, int capacity = 32)
    where T : class
{
    private static ObjectPool<T>? s_shared;

    private readonly ConcurrentQueue<T> _items = new();
    private T? _first;
    private int _count;

    public static ObjectPool<T> GetShared(Func<T> make, Action<T> clear) =>
        Volatile.Read(ref s_shared) ?? Interlocked.CompareExchange(ref s_shared, new ObjectPool<T>(make, clear), null) ?? s_shared;

    public T Take()
    {
        T? item = _first;
        if (item is not null && Interlocked.CompareExchange(ref _first, null, item) == item)
        {
            return item;
        }

        if (_items.TryDequeue(out item))
        {
            Interlocked.Decrement(ref _count);
            return item;
        }

        return make();
    }

    public void Return(T item)
    {
        clear(item);
        if (_first is null && Interlocked.CompareExchange(ref _first, item, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= capacity)
        {
            _items.Enqueue(item);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public Lease Rent() => new(this, Take());

    public readonly struct Lease(ObjectPool<T> pool, T item) : IDisposable
    {
        public T Item { get; } = item;

        public void Dispose() => pool.Return(Item);
    }
}

/// <summary>A list for each thread, and a pool for all when it is in use. Taken out, so that nobody else finds it.</summary>
public static class ListPool<T>
{
    private static readonly ConcurrentBag<List<T>> Overflow = [];

    [ThreadStatic]
    private static List<T>? t_spare;

    public static List<T> Rent()
    {
        List<T>? list = t_spare;
        if (list is not null)
        {
            t_spare = null;
            return list;
        }

        return Overflow.TryTake(out list) ? list : new List<T>();
    }

    public static void Return(List<T> list)
    {
        list.Clear();
        if (t_spare is null)
        {
            t_spare = list;
        }
        else
        {
            Overflow.Add(list);
        }
    }
}

/// <summary>Users of the pools who await between taking and returning: the object is theirs alone meanwhile.</summary>
public static class Reports
{
    private static readonly ObjectPool<StringBuilder> Builders = new(static () => new StringBuilder(256), static builder => builder.Clear());

    public static async Task<string> WriteAsync(IAsyncEnumerable<string> lines)
    {
        using ObjectPool<StringBuilder>.Lease lease = Builders.Rent();
        await foreach (string line in lines)
        {
            lease.Item.AppendLine(line);
        }

        return lease.Item.ToString();
    }

    public static async Task<int> CountDistinctAsync(IAsyncEnumerable<string> lines)
    {
        List<string> seen = ListPool<string>.Rent();
        try
        {
            await foreach (string line in lines)
            {
                if (!seen.Contains(line))
                {
                    seen.Add(line);
                }
            }

            return seen.Count;
        }
        finally
        {
            ListPool<string>.Return(seen);
        }
    }

    /// <summary>The builder of the thread, with no await between taking it and giving it back.</summary>
    public static async Task<string> TitleAsync(Task<string> name, int number)
    {
        string loaded = await name;
        StringBuilder builder = StringBuilderCache.Acquire(loaded.Length + 16);
        builder.Append(loaded).Append(" (").Append(number).Append(')');
        return StringBuilderCache.GetStringAndRelease(builder);
    }
}

/// <summary>As many connections as are allowed, waited for in turn.</summary>
public sealed class ConnectionPool<TConnection>(Func<CancellationToken, Task<TConnection>> open, int size) : IAsyncDisposable
    where TConnection : class, IAsyncDisposable
{
    private static int s_open;

    private readonly SemaphoreSlim _slots = new(size, size);
    private readonly ConcurrentStack<TConnection> _idle = new();
    private volatile bool _disposed;

    public static int Open => Volatile.Read(ref s_open);

    public async Task<T> UseAsync<T>(Func<TConnection, Task<T>> use, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        TConnection? connection = null;
        try
        {
            connection = await GetAsync(cancellation);
            T result = await use(connection);
            Keep(ref connection);
            return result;
        }
        finally
        {
            _slots.Release();
            if (connection is not null)
            {
                await CloseAsync(connection);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryPop(out TConnection? connection))
        {
            await CloseAsync(connection);
        }
    }

    private async Task<TConnection> GetAsync(CancellationToken cancellation)
    {
        if (_idle.TryPop(out TConnection? idle))
        {
            return idle;
        }

        TConnection opened = await open(cancellation);
        Interlocked.Increment(ref s_open);
        return opened;
    }

    private static async Task CloseAsync(TConnection connection)
    {
        Interlocked.Decrement(ref s_open);
        await connection.DisposeAsync();
    }

    private void Keep([MaybeNull] ref TConnection? connection)
    {
        if (!_disposed)
        {
            _idle.Push(connection!);
            connection = null;
        }
    }
}
