using ContextVars;

namespace LeakyApi;

/// <summary>The trace that the work at hand belongs to.</summary>
internal static class Trace
{
    public static readonly ContextVar<string> Id = new("trace_id", "none");
}

/// <summary>Takes over the trace of the caller. This one is right: what is set is reset.</summary>
internal sealed class TraceMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var _ = Trace.Id.Set(context.Request.Headers["X-Trace-ID"].ToString());
        await next(context);
    }
}
