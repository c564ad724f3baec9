using System.Collections.Concurrent;

namespace LeakyApi;

/// <summary>Puts the request, the user and the trace in front of every line, so that no call has to pass them on.</summary>
internal sealed class RequestLog(ConcurrentQueue<string> lines) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(lines);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{RequestIdMiddleware.RequestId,-12} {CurrentUser.Name.Get(),-10} {Trace.Id.Get(),-22} {formatter(state, exception)}");
    }
}
