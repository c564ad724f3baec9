using System.Collections.Concurrent;
using LeakyApi;

var lines = new ConcurrentQueue<string>();

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.None).AddProvider(new RequestLog(lines));
builder.Services.AddSingleton<Warehouse>().AddSingleton<Orders>();

await using WebApplication app = builder.Build();
app.UseMiddleware<RequestIdMiddleware>();
app.UseMiddleware<UserMiddleware>();
app.UseMiddleware<TraceMiddleware>();
app.MapPost("/orders/{product}", (string product, int quantity, Orders orders) => orders.PlaceAsync(product, quantity));
await app.StartAsync();

Verdict wrong = await new Callers(new Uri(app.Urls.First())).CallAsync();
await app.StopAsync();

Console.WriteLine($"{"request",-12} {"user",-10} {"trace",-22} message");
foreach (string line in lines.Where(line => line.Contains("Ordered")).Take(5))
{
    Console.WriteLine(line);
}

Console.WriteLine();
Console.WriteLine($"{wrong.Responses} of {wrong.Of} responses carried somebody else's id or none:");
Console.WriteLine($"    request id  {wrong.RequestIds}");
Console.WriteLine($"    user        {wrong.Users}");
Console.WriteLine($"    trace id    {wrong.TraceIds}");

if (wrong.Responses > 0)
{
    Console.WriteLine();
    Console.WriteLine("See the warnings:  dotnet build samples/LeakyApi --no-incremental");
    Console.WriteLine("Fix all of them:   dotnet format analyzers samples/LeakyApi");
    Console.WriteLine("Then run it again: dotnet run --project samples/LeakyApi");
}
