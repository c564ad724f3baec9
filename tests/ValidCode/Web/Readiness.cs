using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ValidCode.Web;

/// <summary>Whether the process can take requests: one answer for everybody.</summary>
public static class Readiness
{
    private static readonly TaskCompletionSource WarmedUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static volatile bool s_draining;
    private static long s_lastRequest;
    private static int s_running;

    public static bool IsReady => WarmedUp.Task.IsCompletedSuccessfully && !s_draining;

    public static TimeSpan Quiet => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref s_lastRequest));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/live", () => Results.Ok());
        endpoints.MapGet("/ready", async (HttpContext context) =>
        {
            await Task.WhenAny(WarmedUp.Task, Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted));
            return IsReady ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        });
        endpoints.MapPost("/drain", async (CancellationToken cancellation) =>
        {
            s_draining = true;
            await DrainedAsync(cancellation);
            return Results.NoContent();
        });
    }

    public static void Done() => WarmedUp.TrySetResult();

    public static async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Exchange(ref s_lastRequest, Environment.TickCount64);
        Interlocked.Increment(ref s_running);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref s_running);
        }
    }

    private static async Task DrainedAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Volatile.Read(ref s_running) > 1 && await timer.WaitForNextTickAsync(cancellation))
        {
        }
    }
}

/// <summary>Written while the host starts, before there is a request.</summary>
public sealed class WarmUp(HttpClient catalogue, ILogger<WarmUp> log) : IHostedLifecycleService
{
    private static string[] s_currencies = [];
    private static string? s_region;
    private static DateTimeOffset s_started;

    public static IReadOnlyList<string> Currencies => s_currencies;

    public static string Region => s_region ?? "none";

    public static TimeSpan UpTime => DateTimeOffset.UtcNow - s_started;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        s_started = DateTimeOffset.UtcNow;
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string currencies = await catalogue.GetStringAsync("/currencies", cancellationToken);
        s_currencies = currencies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        s_region = await catalogue.GetStringAsync("/region", cancellationToken);
        log.LogInformation("{Count} currencies in {Region}", s_currencies.Length, s_region);
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Readiness.Done();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Asks the neighbours, at most once in five seconds for the whole process.</summary>
public sealed class NeighbourCheck(HttpClient client) : IHealthCheck
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static HealthCheckResult s_result = HealthCheckResult.Degraded("not asked yet");
    private static long s_asked = long.MinValue;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!await OneAtATime.WaitAsync(TimeSpan.FromSeconds(2), cancellationToken))
        {
            return HealthCheckResult.Degraded("too busy to ask");
        }

        try
        {
            if (Environment.TickCount64 - s_asked < 5_000)
            {
                return s_result;
            }

            using HttpResponseMessage response = await client.GetAsync("/live", cancellationToken);
            s_result = response.IsSuccessStatusCode ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus, $"{response.StatusCode}");
            s_asked = Environment.TickCount64;
            return s_result;
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
