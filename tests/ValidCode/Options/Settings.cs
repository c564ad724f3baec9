using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ValidCode.Options;

/// <summary>Options that nobody can change once they are made.</summary>
public sealed record ClientOptions
{
    public required Uri Endpoint { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public Func<string, bool> Trace { get; init; } = static _ => false;
}

public sealed class ClientBuilder
{
    private readonly List<Func<ClientOptions, ClientOptions>> _steps = [];
    private Uri? _endpoint;

    public ClientBuilder To(string endpoint)
    {
        _endpoint = new Uri(endpoint, UriKind.Absolute);
        return this;
    }

    public ClientBuilder With(Func<ClientOptions, ClientOptions> step)
    {
        _steps.Add(step);
        return this;
    }

    public ClientBuilder WithHeader(string name, string value) =>
        With(options => options with { Headers = options.Headers.SetItem(name, value) });

    public ClientOptions Build()
    {
        var options = new ClientOptions { Endpoint = _endpoint ?? throw new InvalidOperationException("No endpoint.") };
        return _steps.Aggregate(options, static (made, step) => step(made));
    }
}

/// <summary>The defaults of a library: set by the program while it starts, frozen with the first use.</summary>
public static class Defaults
{
    private static readonly Lock Sync = new();
    private static readonly List<Action<ClientBuilder>> Configured = [];
    private static ClientOptions? s_frozen;
    private static Func<DateTimeOffset> s_now = static () => DateTimeOffset.UtcNow;

    public static bool IsFrozen => Volatile.Read(ref s_frozen) is not null;

    /// <summary>Tests put a clock of their own here, before they start what they test.</summary>
    internal static Func<DateTimeOffset> Now
    {
        get => Volatile.Read(ref s_now);
        set => Volatile.Write(ref s_now, value);
    }

    public static void Configure(Action<ClientBuilder> configure)
    {
        lock (Sync)
        {
            if (s_frozen is not null)
            {
                throw new InvalidOperationException("In use already.");
            }

            Configured.Add(configure);
        }
    }

    public static ClientOptions Get()
    {
        if (Volatile.Read(ref s_frozen) is { } frozen)
        {
            return frozen;
        }

        lock (Sync)
        {
            if (s_frozen is null)
            {
                var builder = new ClientBuilder().To("https://localhost");
                Configured.ForEach(configure => configure(builder));
                s_frozen = builder.Build();
            }

            return s_frozen;
        }
    }

    public static async Task<string> SendAsync(string path, Func<Uri, CancellationToken, Task<string>> send)
    {
        ClientOptions options = Get();
        using var limit = new CancellationTokenSource(options.Timeout);
        DateTimeOffset started = Now();
        string answer = await send(new Uri(options.Endpoint, path), limit.Token);
        if (options.Trace(path))
        {
            Console.Error.WriteLine($"{path}: {Now() - started}");
        }

        return answer;
    }
}

/// <summary>Found by the runtime before any other code of the assembly runs.</summary>
internal static class Startup
{
    private static string? s_product;
    private static bool s_verbose;

    public static string Product => s_product!;

    public static bool IsVerbose => s_verbose;

#pragma warning disable CA2255 // This is what a program does, and the file is about it.
    [ModuleInitializer]
    internal static void Initialize()
    {
        s_product = typeof(Startup).Assembly.GetName().Name;
        s_verbose = Environment.GetEnvironmentVariable("VALID_VERBOSE") == "1";
        AppContext.SetSwitch("ValidCode.Started", true);
    }
#pragma warning restore CA2255

    public static async Task ReloadAsync(string file)
    {
        string[] lines = await File.ReadAllLinesAsync(file);
        s_verbose = lines.Contains("verbose");
        s_product = lines.FirstOrDefault(line => line.StartsWith("product=", StringComparison.Ordinal))?[8..] ?? s_product;
    }
}
