using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContextVars.Tour;

internal sealed class RequestIdMiddleware(RequestDelegate next)
{
    private static readonly ContextVar<string?> RequestIdVar = new("request_id", null);

    /// <summary>For everybody else: to read, not to set.</summary>
    public static ReadOnlyContextVar<string?> RequestId => RequestIdVar.AsReadOnly();

    public async Task InvokeAsync(HttpContext context)
    {
        var token = RequestIdVar.Set(context.Request.Headers["X-Request-ID"]);
        try
        {
            await next(context);
        }
        finally
        {
            RequestIdVar.Reset(token);
        }
    }

    public static async Task RunAsync(TextWriter output)
    {
        // No need to pass the id through every function.
        static async Task<string> ProcessAsync()
        {
            await Task.Delay(Random.Shared.Next(5));
            return $"processed {RequestId.Get()}";
        }

        var answers = await Server.RequestAsync(
            app =>
            {
                app.UseMiddleware<RequestIdMiddleware>();
                app.MapGet("/", ProcessAsync);
            },
            Enumerable.Range(0, 100).Select(i => new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Request-ID", $"r{i}" } } }));

        var own = answers.Where((answer, i) => answer == $"processed r{i}").Count();
        output.WriteLine($"{own} of {answers.Length} concurrent requests were answered with their own id");
    }
}
