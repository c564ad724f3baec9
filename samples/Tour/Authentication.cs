using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContextVars.Tour;

internal static class Authentication
{
    // Bounded: work that outlives its request sees nobody.
    private static readonly ContextVar<string?> CurrentUser = ContextVar.Create<string?>(null, ContextVarOptions.BoundedLifetime);

    public static async Task RunAsync(TextWriter output)
    {
        Func<HttpContext, Task> RequireAuth(Func<HttpContext, Task> handler) => async context =>
        {
            if (await AuthenticateAsync(context.Request) is not { } user)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            using (CurrentUser.Set(user))
                await handler(context);
        };

        static Task<string?> AuthenticateAsync(HttpRequest request) => Task.FromResult(request.Headers.Authorization.FirstOrDefault());

        var requestsAreOver = new TaskCompletionSource();
        var forgotten = new List<Task<string?>>();

        async Task ProfileAsync(HttpContext context)
        {
            lock (forgotten)
                forgotten.Add(Task.Run(async () => { await requestsAreOver.Task; return CurrentUser.Get(); }));

            await Task.Delay(Random.Shared.Next(5));
            await context.Response.WriteAsync($"profile of {CurrentUser.Get()}");
        }

        var users = Enumerable.Range(0, 50).Select(i => i % 10 == 0 ? null : $"user{i}").ToArray();
        var answers = await Server.RequestAsync(
            app => app.Run(new RequestDelegate(RequireAuth(ProfileAsync))),
            users.Select(user =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, "/");
                if (user is not null)
                    request.Headers.Authorization = new(user);

                return request;
            }));

        var right = answers.Zip(users).Count(pair => pair.First == (pair.Second is null ? "401" : $"profile of {pair.Second}"));
        output.WriteLine($"{right} of {answers.Length} concurrent requests were answered for their own user");

        requestsAreOver.SetResult();
        var seen = await Task.WhenAll(forgotten);
        output.WriteLine($"{seen.Count(user => user is null)} of {seen.Length} forgotten tasks see nobody");
    }
}
