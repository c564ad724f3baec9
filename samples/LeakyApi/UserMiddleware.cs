namespace LeakyApi;

/// <summary>Signs the caller in.</summary>
internal sealed class UserMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        CurrentUser.Name = context.Request.Headers["X-User"];
        await next(context);
    }
}
