using ContextVars;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ValidCode.Web;

/// <summary>What the request knows about itself: one variable each, set by the middleware below.</summary>
public static class RequestContext
{
    private static readonly ContextVar<string> RequestIdVariable = new("request_id", "");
    private static readonly ContextVar<string?> TenantVariable = new("tenant", null);

    public static string RequestId => RequestIdVariable.Get();

    public static string? Tenant => TenantVariable.Get();

    /// <summary>Hands the duty to reset to the caller.</summary>
    internal static Token<string> Enter(string requestId) => RequestIdVariable.Set(requestId);

    internal static void Leave(Token<string> token) => RequestIdVariable.Reset(token);

    internal static Token<string?> EnterTenant(string? tenant)
    {
        Token<string?> token = TenantVariable.Set(tenant);
        return token;
    }
}

public sealed class RequestIdMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string id = context.Request.Headers["X-Request-ID"].ToString();
        Token<string> token = RequestContext.Enter(id.Length == 0 ? Guid.NewGuid().ToString("N") : id);
        try
        {
            context.Response.Headers["X-Request-ID"] = RequestContext.RequestId;
            await next(context);
        }
        finally
        {
            RequestContext.Leave(token);
        }
    }
}

public sealed class TenantMiddleware(RequestDelegate next, ILogger<TenantMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using (RequestContext.EnterTenant(context.Request.Host.Host.Split('.')[0]))
        {
            await next(context);
            log.LogDebug("{Tenant} answered", RequestContext.Tenant);
        }
    }
}

/// <summary>Not async, and right all the same: what it sets is taken back before it returns.</summary>
public sealed class PassingMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        using Token<string?> _ = RequestContext.EnterTenant("public");
        return next(context);
    }
}

/// <summary>State that belongs to the request, kept in the request.</summary>
public sealed class ItemsMiddleware(RequestDelegate next)
{
    private static readonly object Key = new();

    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    public static string? UserOf(HttpContext context) => context.Items[Key] as string;

    public async Task InvokeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        context.Items[Key] = context.User.Identity?.Name;
        await next(context);
    }
}
