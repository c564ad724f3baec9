using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ValidCode.Web;

public sealed record Product(string Id, decimal Price);

/// <summary>A catalogue with everything static that a service may have: clients, instruments, caches for all.</summary>
public static class Catalogue
{
    private static readonly HttpClient Client = new() { BaseAddress = new Uri("https://catalogue.example") };
    private static readonly ActivitySource Source = new("catalogue");
    private static readonly Meter Meter = new("catalogue");
    private static readonly Counter<long> Misses = Meter.CreateCounter<long>("misses");
    private static readonly ConcurrentDictionary<string, Product> Known = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static long s_requests;
    private static volatile bool s_stopping;
    private static DateTimeOffset s_refreshed;
    private static IReadOnlyList<Product> s_popular = [];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/products/{id}", (string id, CancellationToken cancellation) => FindAsync(id, cancellation));
        endpoints.MapGet("/popular", async (CancellationToken cancellation) => Results.Ok(await PopularAsync(cancellation)));
        endpoints.MapPost("/stop", () =>
        {
            s_stopping = true;
            return Results.Accepted();
        });
    }

    private static async Task<IResult> FindAsync(string id, CancellationToken cancellation)
    {
        Interlocked.Increment(ref s_requests);
        if (s_stopping)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        using Activity? activity = Source.StartActivity("find");
        if (!Known.TryGetValue(id, out Product? product))
        {
            Misses.Add(1);
            product = await Client.GetFromJsonAsync<Product>($"/{Uri.EscapeDataString(id)}", cancellation);
            if (product is null)
            {
                return Results.NotFound();
            }

            Known[id] = product;
        }

        activity?.SetTag("price", product.Price);
        return Results.Ok(product);
    }

    /// <summary>One loads, the others wait: the semaphore makes the writes safe.</summary>
    private static async Task<IReadOnlyList<Product>> PopularAsync(CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            if (DateTimeOffset.UtcNow - s_refreshed > TimeSpan.FromMinutes(5))
            {
                s_popular = await Client.GetFromJsonAsync<Product[]>("/popular", cancellation) ?? [];
                s_refreshed = DateTimeOffset.UtcNow;
            }

            return s_popular;
        }
        finally
        {
            Gate.Release();
        }
    }
}
