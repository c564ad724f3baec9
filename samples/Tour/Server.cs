using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ContextVars.Tour;

/// <summary>Kestrel on a free port, for as long as it takes to send it some requests at a time.</summary>
internal static class Server
{
    public static async Task<string[]> RequestAsync(
        Action<WebApplication> configure, IEnumerable<HttpRequestMessage> requests, ILoggerProvider? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs);

        await using var app = builder.Build();
        configure(app);
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        return await Task.WhenAll(requests.Select(async request =>
        {
            using var response = await client.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : ((int)response.StatusCode).ToString();
        }));
    }
}
