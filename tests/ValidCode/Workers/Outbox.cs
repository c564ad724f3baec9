using System.Text.Json;
using System.Threading.Channels;
using ContextVars;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ValidCode.Workers;

public sealed record Envelope(string Id, string Kind, string Body, string Trace, string? Tenant);

/// <summary>What a message and the request that sent it have in common.</summary>
public static class Correlation
{
    private static readonly ContextVar<string> TraceVariable = new("trace", "");
    private static readonly ContextVar<string?> TenantVariable = new("tenant", null);

    public static string Trace => TraceVariable.Get();

    public static string? Tenant => TenantVariable.Get();

    /// <summary>Both at once, for as long as the returned scope is open.</summary>
    public static ContextScope Enter(string trace, string? tenant) => ContextScope.Set(TraceVariable, trace, TenantVariable, tenant);

    public static void Run(Envelope envelope, Action action)
    {
        var context = new Context();
        context.Run(() =>
        {
            TraceVariable.Set(envelope.Trace);
            TenantVariable.Set(envelope.Tenant);
            action();
        });
    }

    /// <summary>Before anything else can see it, so nobody has to take it back.</summary>
    public static void StartUnder(string trace) => Context.CopyCurrent().Run(() =>
    {
        using (TraceVariable.Set(trace))
        {
            _ = Task.Run(static () => Console.Error.WriteLine($"trace {Trace} started"));
        }
    });
}

/// <summary>Sends what a request left behind, under the trace and the tenant of that request.</summary>
public sealed class Outbox(Func<Envelope, CancellationToken, Task> send, ILogger<Outbox> log) : BackgroundService
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Channel<Envelope> _pending = Channel.CreateUnbounded<Envelope>();

    public void Post<T>(T message)
    {
        string body = JsonSerializer.Serialize(message, Json);
        var envelope = new Envelope(Guid.NewGuid().ToString("N"), typeof(T).Name, body, Correlation.Trace, Correlation.Tenant);
        if (!_pending.Writer.TryWrite(envelope))
        {
            throw new InvalidOperationException("The outbox is closed.");
        }
    }

    /// <summary>For callbacks that come on threads of others: they run with what is current now.</summary>
    public Action<string> Callback() => Context.Wrap<string>(text => Post(new { text, Correlation.Trace }));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (Envelope envelope in _pending.Reader.ReadAllAsync(stoppingToken))
        {
            using ContextScope scope = Correlation.Enter(envelope.Trace, envelope.Tenant);
            using IDisposable? logScope = log.BeginScope("{Trace}", envelope.Trace);
            await SendAsync(envelope, stoppingToken);
        }
    }

    private async Task SendAsync(Envelope envelope, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await send(envelope, limit.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("{Kind} {Id} is late and comes again", envelope.Kind, envelope.Id);
            Correlation.Run(envelope, () => Requeue(envelope));
        }
    }

    private void Requeue(Envelope envelope) => _pending.Writer.TryWrite(envelope with { Id = $"{envelope.Id}+{Correlation.Trace}" });
}
