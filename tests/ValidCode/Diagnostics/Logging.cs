using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ValidCode.Diagnostics;

/// <summary>A logger of our own, whose scopes follow the flow, and whose writing is done by one thread.</summary>
public sealed class FileLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private static int s_providers;

    private readonly ConcurrentDictionary<string, FileLogger> _loggers = new(StringComparer.Ordinal);
    private readonly BlockingCollection<string> _lines = new(10_000);
    private readonly Thread _writer;
    private IExternalScopeProvider _scopes = new FlowScopes();
    private LogLevel _minimum = LogLevel.Information;
    private long _lost;

    public FileLoggerProvider(string path)
    {
        int number = Interlocked.Increment(ref s_providers);
        _writer = new Thread(() => Write(path)) { Name = $"log {number}", IsBackground = true };
        _writer.Start();
    }

    public long Lost => Interlocked.Read(ref _lost);

    public LogLevel Minimum
    {
        get => _minimum;
        set => _minimum = value;
    }

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, name => new FileLogger(this, name));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        _lines.CompleteAdding();
        _writer.Join(TimeSpan.FromSeconds(5));
        _lines.Dispose();
    }

    private void Write(string path)
    {
        using var file = new StreamWriter(path, append: true);
        foreach (string line in _lines.GetConsumingEnumerable())
        {
            file.WriteLine(line);
            if (_lines.Count == 0)
            {
                file.Flush();
            }
        }
    }

    private sealed class FileLogger(FileLoggerProvider provider, string category) : ILogger
    {
        // A formatter that logs would come back here on the same thread, within the same call.
        [ThreadStatic]
        private static bool t_formatting;

        [ThreadStatic]
        private static StringBuilder? t_builder;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider._minimum && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || t_formatting)
            {
                return;
            }

            t_formatting = true;
            try
            {
                string line = Format(logLevel, eventId, formatter(state, exception), exception);
                if (!provider._lines.TryAdd(line))
                {
                    Interlocked.Increment(ref provider._lost);
                }
            }
            finally
            {
                t_formatting = false;
            }
        }

        private string Format(LogLevel level, EventId id, string message, Exception? exception)
        {
            StringBuilder builder = t_builder ??= new StringBuilder(512);
            builder.Clear();
            builder.Append(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:O} {level} {category}[{id.Id}] {message}");
            provider._scopes.ForEachScope(static (scope, text) => text.Append(" => ").Append(scope), builder);
            if (Activity.Current is { } activity)
            {
                builder.Append(" #").Append(activity.TraceId.ToHexString());
            }

            if (exception is not null)
            {
                builder.AppendLine().Append(exception);
            }

            return builder.ToString();
        }
    }
}

/// <summary>Scopes as a chain in an AsyncLocal: a new link for each, and the old one again at its end.</summary>
internal sealed class FlowScopes : IExternalScopeProvider
{
    private static readonly AsyncLocal<Link?> Current = new();

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        Report(Current.Value);

        void Report(Link? link)
        {
            if (link is not null)
            {
                Report(link.Parent);
                callback(link.State, state);
            }
        }
    }

    public IDisposable Push(object? state)
    {
        var link = new Link(Current.Value, state);
        Current.Value = link;
        return link;
    }

    private sealed class Link(Link? parent, object? state) : IDisposable
    {
        private int _disposed;

        public Link? Parent { get; } = parent;

        public object? State { get; } = state;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Current.Value = Parent;
            }
        }
    }
}
