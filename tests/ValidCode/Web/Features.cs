using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ValidCode.Web;

public sealed class FeatureFlags
{
    public ImmutableHashSet<string> Enabled { get; init; } = [];

    public ImmutableDictionary<string, int> Percentages { get; init; } = ImmutableDictionary<string, int>.Empty;
}

/// <summary>Flags of the process. A change of the configuration replaces the snapshot; whoever reads it holds on to the one he has.</summary>
public static class Flags
{
    private static FeatureFlags s_current = new();
    private static IDisposable? s_subscription;

    public static FeatureFlags Current => Volatile.Read(ref s_current);

    public static void Configure(IOptionsMonitor<FeatureFlags> monitor)
    {
        s_current = monitor.CurrentValue;
        IDisposable? subscription = monitor.OnChange(flags => Volatile.Write(ref s_current, flags));
        Interlocked.Exchange(ref s_subscription, subscription)?.Dispose();
    }

    public static void Configure(IConfiguration configuration)
    {
        IDisposable subscription = ChangeToken.OnChange(configuration.GetReloadToken, () => ReloadFrom(configuration));
        Interlocked.Exchange(ref s_subscription, subscription)?.Dispose();
        ReloadFrom(configuration);
    }

    public static bool IsOn(string flag, string user)
    {
        FeatureFlags flags = Current;
        return flags.Enabled.Contains(flag)
            || flags.Percentages.TryGetValue(flag, out int percentage) && Bucket(user) < percentage;
    }

    private static void ReloadFrom(IConfiguration configuration)
    {
        var enabled = configuration.GetSection("Flags").GetChildren()
            .Where(flag => string.Equals(flag.Value, "on", StringComparison.OrdinalIgnoreCase))
            .Select(flag => flag.Key)
            .ToImmutableHashSet(StringComparer.Ordinal);
        Volatile.Write(ref s_current, new FeatureFlags { Enabled = enabled });
    }

    private static int Bucket(string user)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in user)
        {
            hash = (hash ^ letter) * 16_777_619;
        }

        return (int)(hash % 100);
    }
}

/// <summary>What belongs to one request, kept in its features: no static holds any of it.</summary>
public interface IShopFeature
{
    string Shop { get; }

    ImmutableArray<string> Experiments { get; set; }
}

public sealed class ShopMiddleware(RequestDelegate next)
{
    private static readonly ImmutableArray<string> Known = ["checkout-2", "search-b", "free-shipping"];

    public async Task InvokeAsync(HttpContext context)
    {
        string user = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.TraceIdentifier;
        var feature = new ShopFeature(context.Request.RouteValues["shop"] as string ?? "main");
        IShopFeature? outer = context.Features.Get<IShopFeature>();
        context.Features.Set<IShopFeature>(feature);
        feature.Experiments = [.. Known.Where(experiment => Flags.IsOn(experiment, user))];
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(outer);
        }
    }

    private sealed class ShopFeature(string shop) : IShopFeature
    {
        public string Shop { get; } = shop;

        public ImmutableArray<string> Experiments { get; set; } = [];
    }
}

/// <summary>For code that has no request in its hands. The accessor is one for the process and asks the flow it runs in.</summary>
public sealed class ShopAccessor(IHttpContextAccessor accessor)
{
    private static ShopAccessor? s_instance;

    public static ShopAccessor Instance => s_instance ?? throw new InvalidOperationException("Not started.");

    public string? Shop => accessor.HttpContext?.Features.Get<IShopFeature>()?.Shop;

    public async Task<string> DescribeAsync(Func<string, CancellationToken, Task<string>> load)
    {
        HttpContext? context = accessor.HttpContext;
        IHttpRequestLifetimeFeature? lifetime = context?.Features.Get<IHttpRequestLifetimeFeature>();
        return Shop is { } shop ? await load(shop, lifetime?.RequestAborted ?? CancellationToken.None) : "no shop";
    }

    public Task InitializeAsync()
    {
        s_instance = this;
        return Task.CompletedTask;
    }
}
