using System.Globalization;
using ContextVars;

namespace ValidCode.Diagnostics;

/// <summary>A clock that tests may replace for their own flow.</summary>
public static class Clock
{
    private static readonly ContextVar<TimeProvider> Provider = new("clock", TimeProvider.System);

    public static DateTimeOffset UtcNow => Provider.Get().GetUtcNow();

    public static Token<TimeProvider> Use(TimeProvider provider) => Provider.Set(provider);
}

/// <summary>AsyncLocal as it should be: static readonly, saved and restored in one frame.</summary>
public static class Cultures
{
    private static readonly AsyncLocal<CultureInfo?> Override = new();

    public static CultureInfo Current => Override.Value ?? CultureInfo.InvariantCulture;

    public static async Task<T> WithAsync<T>(CultureInfo culture, Func<Task<T>> action)
    {
        CultureInfo? previous = Override.Value;
        Override.Value = culture;
        try
        {
            return await action();
        }
        finally
        {
            Override.Value = previous;
        }
    }
}

/// <summary>Start-up writes statics before anybody reads them.</summary>
public static class Features
{
    private static readonly Lock Sync = new();
    private static bool s_started;

    public static IReadOnlySet<string> Enabled { get; private set; } = new HashSet<string>();

    static Features()
    {
        Enabled = new HashSet<string> { "search" };
    }

    public static void Start()
    {
        lock (Sync)
        {
            if (s_started)
            {
                return;
            }

            s_started = true;
        }
    }

    public static string Describe() => $"{nameof(Enabled)}: {string.Join(", ", Enabled)}";
}
