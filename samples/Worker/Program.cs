using ContextVars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Worker;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSingleton<MessageQueue>().AddHostedService<MessageWorker>();

using IHost host = builder.Build();
await host.StartAsync();

MessageQueue queue = host.Services.GetRequiredService<MessageQueue>();
await RequestAsync("red", "trace-1", "welcome");
await RequestAsync("blue", "trace-2", "goodbye");
queue.Complete();

await host.Services.GetServices<IHostedService>().OfType<MessageWorker>().Single().ExecuteTask!;
await host.StopAsync();

// What a web service does for each request.
async Task RequestAsync(string tenant, string traceId, string text)
{
    using ContextScope _ = ContextScope.Set(Current.Tenant, tenant, Current.TraceId, traceId);
    await queue.SendAsync(text);
}
