using ContextVars;

namespace LeakyApi;

/// <summary>Keeps the id of the request for whoever asks, the log above all.</summary>
/// <remarks>The bug: there is one property and many requests at a time. The last one to arrive names them all.</remarks>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> log)
{
    private static readonly ContextVar<string?> s_requestId = new("requestId", default);

    public static string? RequestId => s_requestId.Get();

    public async Task InvokeAsync(HttpContext context)
    {
        var token = s_requestId.Set(context.Request.Headers["X-Request-ID"]);
        try
        {
            await next(context);
            log.LogInformation("Request {RequestId} ended with {StatusCode}", RequestId, context.Response.StatusCode);
        }
        finally
        {
            s_requestId.Reset(token);
        }
    }
}
