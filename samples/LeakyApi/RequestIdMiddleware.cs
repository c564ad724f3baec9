namespace LeakyApi;

/// <summary>Keeps the id of the request for whoever asks, the log above all.</summary>
/// <remarks>The bug: there is one property and many requests at a time. The last one to arrive names them all.</remarks>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> log)
{
    public static string? RequestId { get; private set; }

    public async Task InvokeAsync(HttpContext context)
    {
        RequestId = context.Request.Headers["X-Request-ID"];
        await next(context);
        log.LogInformation("Request {RequestId} ended with {StatusCode}", RequestId, context.Response.StatusCode);
    }
}
