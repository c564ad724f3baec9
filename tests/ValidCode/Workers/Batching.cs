using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace ValidCode.Workers;

/// <summary>Collects items until there are enough of them, or until the oldest has waited long enough.</summary>
public sealed class Batcher<T>(int size, TimeSpan patience, Func<IReadOnlyList<T>, CancellationToken, Task> flush) : IAsyncDisposable
{
    private readonly Channel<T> _items = Channel.CreateBounded<T>(new BoundedChannelOptions(size * 4) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;
    private long _flushed;

    public long Flushed => Interlocked.Read(ref _flushed);

    public ValueTask AddAsync(T item, CancellationToken cancellation)
    {
        LazyInitializer.EnsureInitialized(ref _loop, () => Task.Run(LoopAsync, CancellationToken.None));
        return _items.Writer.WriteAsync(item, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _items.Writer.TryComplete();
        if (_loop is { } loop)
        {
            await loop;
        }

        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var batch = new List<T>(size);
        while (await _items.Reader.WaitToReadAsync(_stop.Token))
        {
            using (var full = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
            {
                full.CancelAfter(patience);
                await FillAsync(batch, full.Token);
            }

            await flush(batch, _stop.Token);
            Interlocked.Add(ref _flushed, batch.Count);
            batch.Clear();
        }
    }

    private async Task FillAsync(List<T> batch, CancellationToken enough)
    {
        try
        {
            while (batch.Count < size && await _items.Reader.WaitToReadAsync(enough))
            {
                while (batch.Count < size && _items.Reader.TryRead(out T? item))
                {
                    batch.Add(item);
                }
            }
        }
        catch (OperationCanceledException) when (batch.Count > 0)
        {
        }
    }
}

public sealed record Reading(string Sensor, double Value, DateTimeOffset At);

/// <summary>Readings from many senders, written by one worker. The channel is static, because the senders have no host.</summary>
public sealed class ReadingWriter(Func<IReadOnlyList<Reading>, CancellationToken, Task> store) : BackgroundService
{
    private static readonly Channel<Reading> Pending = Channel.CreateUnbounded<Reading>(new UnboundedChannelOptions { SingleReader = true });
    private static readonly Meter Meter = new("readings");
    private static readonly Counter<long> Received = Meter.CreateCounter<long>("readings.received");
    private static readonly Histogram<double> WriteTime = Meter.CreateHistogram<double>("readings.write", "ms");
    private static long s_dropped;

    static ReadingWriter()
    {
        Meter.CreateObservableGauge("readings.pending", () => Pending.Reader.Count);
        Meter.CreateObservableCounter("readings.dropped", () => Interlocked.Read(ref s_dropped));
    }

    public static bool Send(Reading reading)
    {
        Received.Add(1, KeyValuePair.Create<string, object?>("sensor", reading.Sensor));
        if (Pending.Writer.TryWrite(reading))
        {
            return true;
        }

        Interlocked.Increment(ref s_dropped);
        return false;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Pending.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var batcher = new Batcher<Reading>(500, TimeSpan.FromSeconds(1), WriteAsync);
        await foreach (Reading reading in Pending.Reader.ReadAllAsync(CancellationToken.None))
        {
            await batcher.AddAsync(reading, stoppingToken);
        }
    }

    private async Task WriteAsync(IReadOnlyList<Reading> readings, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            await store(readings, cancellation);
        }
        catch (TimeoutException)
        {
            Interlocked.Add(ref s_dropped, readings.Count);
        }
        finally
        {
            WriteTime.Record(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}

/// <summary>Steps that hand on to one another, each with its own number of workers.</summary>
public static class Stages
{
    public static ChannelReader<TResult> Then<T, TResult>(this ChannelReader<T> source, int workers, Func<T, ValueTask<TResult>> step)
    {
        var results = Channel.CreateBounded<TResult>(workers * 2);
        int left = workers;
        Exception? failure = null;
        for (int worker = 0; worker < workers; worker++)
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    await foreach (T item in source.ReadAllAsync())
                    {
                        await results.Writer.WriteAsync(await step(item));
                    }
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref failure, exception, null);
                }
                finally
                {
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        results.Writer.Complete(failure);
                    }
                }
            });
        }

        return results.Reader;
    }
}
