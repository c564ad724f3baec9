using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace ValidCode.Diagnostics;

[EventSource(Name = "ValidCode-Orders")]
internal sealed class OrderEvents : EventSource
{
    public static readonly OrderEvents Log = new();

    private long _started;
    private long _failed;
    private PollingCounter? _failures;
    private IncrementingPollingCounter? _rate;

    [Event(1, Level = EventLevel.Informational)]
    public void Started(string order)
    {
        Interlocked.Increment(ref _started);
        WriteEvent(1, order);
    }

    [Event(2, Level = EventLevel.Error)]
    public void Failed(string order, string error)
    {
        Interlocked.Increment(ref _failed);
        WriteEvent(2, order, error);
    }

    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command == EventCommand.Enable)
        {
            _failures ??= new PollingCounter("failed", this, () => Volatile.Read(ref _failed));
            _rate ??= new IncrementingPollingCounter("rate", this, () => Volatile.Read(ref _started));
        }
    }
}

/// <summary>Instruments are static, as their documentation says; what they measure is the process.</summary>
public static class Telemetry
{
    public const string Name = "validcode.orders";

    private static readonly ActivitySource Source = new(Name, "1.0");
    private static readonly Meter Meter = new(Name, "1.0");
    private static readonly Counter<long> Orders = Meter.CreateCounter<long>("orders");
    private static readonly UpDownCounter<int> Running = Meter.CreateUpDownCounter<int>("orders.running");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("orders.duration", unit: "s");
    private static readonly ConcurrentDictionary<string, StrongBox<long>> ByShop = new(StringComparer.Ordinal);
    private static readonly DiagnosticListener Listener = new(Name);
    private static double s_sampling = 1;

    static Telemetry()
    {
        Meter.CreateObservableCounter("orders.by_shop", static () => ByShop.Select(static shop =>
            new Measurement<long>(Volatile.Read(ref shop.Value.Value), KeyValuePair.Create<string, object?>("shop", shop.Key))));
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                Random.Shared.NextDouble() < Volatile.Read(ref s_sampling) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
        });
    }

    public static void ConfigureSampling(double share) => Volatile.Write(ref s_sampling, Math.Clamp(share, 0, 1));

    public static async Task<T> RunAsync<T>(string shop, string order, Func<Activity?, Task<T>> action)
    {
        using Activity? activity = Source.StartActivity("order", ActivityKind.Internal);
        activity?.SetTag("shop", shop).SetTag("order", order).SetBaggage("shop", shop);
        long start = Stopwatch.GetTimestamp();
        OrderEvents.Log.Started(order);
        Running.Add(1);
        try
        {
            T result = await action(activity);
            activity?.SetStatus(ActivityStatusCode.Ok);
            return result;
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            OrderEvents.Log.Failed(order, exception.GetType().Name);
            throw;
        }
        finally
        {
            Running.Add(-1);
            Orders.Add(1, new TagList { { "shop", shop } });
            Interlocked.Increment(ref ByShop.GetOrAdd(shop, static _ => new StrongBox<long>()).Value);
            Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (Listener.IsEnabled("order.done"))
            {
                Listener.Write("order.done", new { shop, order });
            }
        }
    }

    /// <summary>Goes on in the trace of a message that came from elsewhere, and back to the old one at the end.</summary>
    public static async Task ContinueAsync(string? parent, Func<Task> action)
    {
        Activity? before = Activity.Current;
        bool known = ActivityContext.TryParse(parent, null, out ActivityContext context);
        using Activity? activity = known ? Source.StartActivity("message", ActivityKind.Consumer, context) : Source.StartActivity("message");
        try
        {
            await action();
        }
        finally
        {
            activity?.Stop();
            Activity.Current = before;
        }
    }
}

/// <summary>Counters that every part of the program may have, found by name.</summary>
public sealed class Tally
{
    private static readonly ConcurrentDictionary<string, Tally> All = new(StringComparer.Ordinal);

    private long _value;

    private Tally()
    {
    }

    public long Value => Interlocked.Read(ref _value);

    public static Tally Of(string name) => All.GetOrAdd(name, static _ => new Tally());

    public static IReadOnlyDictionary<string, long> Snapshot() => All.ToDictionary(tally => tally.Key, tally => tally.Value.Value);

    public async Task<T> CountAsync<T>(Task<T> task)
    {
        T result = await task;
        Interlocked.Increment(ref _value);
        return result;
    }
}
