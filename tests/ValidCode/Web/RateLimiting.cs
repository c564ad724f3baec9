using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ValidCode.Web;

public sealed class RateLimitOptions
{
    public int Burst { get; set; } = 20;

    public double PerSecond { get; set; } = 5;

    public TimeSpan Forget { get; set; } = TimeSpan.FromMinutes(10);
}

/// <summary>What one client has left. All its requests share it, so it locks itself.</summary>
internal sealed class TokenBucket(RateLimitOptions options, TimeProvider time)
{
    private readonly Lock _sync = new();
    private double _tokens = options.Burst;
    private long _filled = time.GetTimestamp();

    public TimeSpan Idle
    {
        get
        {
            lock (_sync)
            {
                return time.GetElapsedTime(_filled);
            }
        }
    }

    /// <summary>Zero if the request may go on, else how long the client should wait.</summary>
    public TimeSpan Take()
    {
        lock (_sync)
        {
            long now = time.GetTimestamp();
            _tokens = Math.Min(options.Burst, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * options.PerSecond));
            _filled = now;
            if (_tokens < 1)
            {
                return TimeSpan.FromSeconds((1 - _tokens) / options.PerSecond);
            }

            _tokens--;
            return TimeSpan.Zero;
        }
    }
}

/// <summary>One bucket for each client of the process. Statics here mean all requests, and are made for it.</summary>
public sealed class RateLimitMiddleware(RequestDelegate next, IOptions<RateLimitOptions> options, TimeProvider time)
{
    private const int SweepEvery = 1_000;

    private static readonly ConcurrentDictionary<string, TokenBucket> Buckets = new(StringComparer.Ordinal);
    private static long s_rejected;
    private static int s_untilSweep = SweepEvery;
    private static int s_sweeping;

    public static long Rejected => Interlocked.Read(ref s_rejected);

    public async Task InvokeAsync(HttpContext context)
    {
        string client = ClientOf(context);
        TokenBucket bucket = Buckets.GetOrAdd(client, static (_, made) => new TokenBucket(made.Options, made.Time), (Options: options.Value, Time: time));
        TimeSpan wait = bucket.Take();
        if (Interlocked.Decrement(ref s_untilSweep) == 0)
        {
            Sweep(options.Value.Forget);
        }

        if (wait > TimeSpan.Zero)
        {
            Interlocked.Increment(ref s_rejected);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await context.Response.WriteAsync("Too many requests.", context.RequestAborted);
            return;
        }

        await next(context);
    }

    private static string ClientOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { } name } ? $"user:{name}" : $"address:{context.Connection.RemoteIpAddress}";

    /// <summary>Only one request at a time sweeps; the others do not wait for it.</summary>
    private static void Sweep(TimeSpan forget)
    {
        if (Interlocked.Exchange(ref s_sweeping, 1) == 1)
        {
            return;
        }

        try
        {
            foreach ((string client, TokenBucket bucket) in Buckets)
            {
                if (bucket.Idle > forget)
                {
                    Buckets.TryRemove(KeyValuePair.Create(client, bucket));
                }
            }

            Volatile.Write(ref s_untilSweep, SweepEvery);
        }
        finally
        {
            Volatile.Write(ref s_sweeping, 0);
        }
    }
}

/// <summary>How many requests run at a time, for all endpoints together.</summary>
public static class Concurrency
{
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount * 4);
    private static int s_waiting;
    private static int s_peak;

    public static int Waiting => Volatile.Read(ref s_waiting);

    public static int Peak => Volatile.Read(ref s_peak);

    public static IApplicationBuilder UseConcurrencyLimit(this IApplicationBuilder app, int maxWaiting) => app.Use(async (context, next) =>
    {
        if (Interlocked.Increment(ref s_waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref s_waiting);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        NotePeak();
        try
        {
            await Slots.WaitAsync(context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref s_waiting);
        }

        try
        {
            await next(context);
        }
        finally
        {
            Slots.Release();
        }
    });

    private static void NotePeak()
    {
        int waiting = Volatile.Read(ref s_waiting);
        int peak;
        while ((peak = Volatile.Read(ref s_peak)) < waiting && Interlocked.CompareExchange(ref s_peak, waiting, peak) != peak)
        {
            waiting = Volatile.Read(ref s_waiting);
        }
    }
}
