using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContextVars.Tour;

internal static class TracingAndLogging
{
    private static readonly ContextVar<string> TraceId = new("trace_id", "no-trace");

    public static async Task RunAsync(TextWriter output)
    {
        static async Task HandleRequestAsync(HttpContext context, ILogger<Logs> logger)
        {
            using var _ = TraceId.Set(context.Request.Query["trace"].ToString());
            logger.LogInformation("Starting request");
            await DoWorkAsync(logger);
            logger.LogInformation("Request complete");
        }

        static async Task DoWorkAsync(ILogger logger)
        {
            await Task.Delay(Random.Shared.Next(5));
            logger.LogInformation("Working");
        }

        using var logs = new Logs();
        await Server.RequestAsync(
            app => app.MapGet("/", HandleRequestAsync),
            Enumerable.Range(0, 50).Select(i => new HttpRequestMessage(HttpMethod.Get, $"/?trace=t{i}")),
            logs);

        var traces = logs.Lines.Where(line => line.Category == typeof(Logs).FullName!.Replace('+', '.')).ToLookup(line => line.Trace, line => line.Message);
        string[] expected = ["Starting request", "Working", "Request complete"];
        output.WriteLine($"{traces.Count(trace => trace.SequenceEqual(expected))} of {traces.Count} traces have their three lines, in order");
        output.WriteLine($"Outside of a request: {TraceId.Get()}");
    }

    /// <summary>Adds the trace id to every line, as Python's logging.Filter does.</summary>
    internal sealed class Logs : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, string Trace, string Message)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Logs logs, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
                logs.Lines.Enqueue((category, TraceId.Get(), format(state, exception)));
        }
    }
}
