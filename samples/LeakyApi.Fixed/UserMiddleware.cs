namespace LeakyApi;

/// <summary>Signs the caller in.</summary>
internal sealed class UserMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var token = CurrentUser.Name.Set(context.Request.Headers["X-User"]);
        try
        {
            await next(context);
        }
        finally
        {
            CurrentUser.Name.Reset(token);
        }
    }
}
