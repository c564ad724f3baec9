using System.Collections.Concurrent;
using System.Net;
using ContextVars;
using ValidCode.Ambient;
using ValidCode.Workers;

namespace ValidCode.Testing;

// As test frameworks name them: a project of tests gets these from a package.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OneTimeSetUpAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OneTimeTearDownAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class SetUpAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class TearDownAttribute : Attribute;

internal interface IAsyncLifetime
{
    Task InitializeAsync();

    Task DisposeAsync();
}

/// <summary>Answers that a test has prepared, and the requests that came.</summary>
internal sealed class FakeHandler : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpResponseMessage>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();

    public IReadOnlyCollection<string> Requests => _requests;

    public FakeHandler Answer(string path, HttpStatusCode status, string body = "")
    {
        _answers[path] = () => new HttpResponseMessage(status) { Content = new StringContent(body) };
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        string path = request.RequestUri!.AbsolutePath;
        _requests.Enqueue(path);
        return _answers.TryGetValue(path, out Func<HttpResponseMessage>? answer) ? answer() : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}

/// <summary>Time that goes on when a test says so, and fires what is due then.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly PriorityQueue<Action, DateTimeOffset> _due = new();
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_sync)
        {
            return _now;
        }
    }

    public void At(DateTimeOffset time, Action action)
    {
        lock (_sync)
        {
            _due.Enqueue(action, time);
        }
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset until = GetUtcNow() + by;
        while (Next(until) is { } action)
        {
            action();
        }
    }

    private Action? Next(DateTimeOffset until)
    {
        lock (_sync)
        {
            if (_due.TryPeek(out Action? action, out DateTimeOffset at) && at <= until)
            {
                _due.Dequeue();
                _now = at;
                return action;
            }

            _now = until;
            return null;
        }
    }
}

/// <summary>One server for all tests of the class: started before the first, stopped after the last.</summary>
internal sealed class CatalogueTests
{
    private static FakeHandler? s_handler;
    private static HttpClient? s_client;
    private static int s_runs;

    private string _folder = "";

    [OneTimeSetUp]
    public static async Task StartServer()
    {
        var handler = new FakeHandler().Answer("/products/1", HttpStatusCode.OK, "{}");
        await Task.Yield();
        s_handler = handler;
        s_client = new HttpClient(handler) { BaseAddress = new Uri("https://localhost") };
    }

    [OneTimeTearDown]
    public static async Task CloseServer()
    {
        await Task.Yield();
        s_client?.Dispose();
        s_client = null;
        s_handler = null;
    }

    [SetUp]
    public async Task MakeFolder()
    {
        _folder = Path.Combine(Path.GetTempPath(), $"catalogue-{Interlocked.Increment(ref s_runs)}");
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "state"), "new");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    public async Task Product_is_found()
    {
        using HttpResponseMessage response = await s_client!.GetAsync("/products/1");
        Expect.Equal(HttpStatusCode.OK, response.StatusCode);
        Expect.Equal(true, s_handler!.Requests.Contains("/products/1"));
    }

    public async Task Breaker_opens_after_failures()
    {
        CircuitBreaker breaker = CircuitBreaker.For(nameof(Breaker_opens_after_failures));
        for (int attempt = 0; attempt < 5; attempt++)
        {
            await Expect.ThrowsAsync<TimeoutException>(() => breaker.RunAsync<int>(() => throw new TimeoutException()));
        }

        await Expect.ThrowsAsync<CircuitOpenException>(() => breaker.RunAsync(() => Task.FromResult(1)));
    }
}

/// <summary>A fixture that several classes share, made ready once.</summary>
internal sealed class DatabaseFixture : IAsyncLifetime
{
    private static readonly SemaphoreSlim Once = new(1, 1);
    private static string? s_connection;
    private static bool s_migrated;

    public static string Connection => s_connection ?? throw new InvalidOperationException("Not initialized.");

    public async Task InitializeAsync()
    {
        s_connection ??= $"Data Source={Path.GetTempFileName()}";
        await Once.WaitAsync();
        try
        {
            if (!s_migrated)
            {
                await File.WriteAllTextAsync(Connection["Data Source=".Length..], "schema");
                s_migrated = true;
            }
        }
        finally
        {
            Once.Release();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>Tests of ambient values: each runs in a context of its own, so that none leaves anything to the next.</summary>
internal sealed class PriorityTests
{
    private readonly Context _context = new();

    public void Raised_priority_is_seen_by_what_is_called() => _context.Run(() =>
    {
        using (Priority.Raise())
        {
            Expect.Equal(1, Priority.Current);
        }

        Expect.Equal(0, Priority.Current);
    });

    public async Task Tasks_do_not_see_each_other()
    {
        int[] seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(level => Priority.WithAsync(level, "test", force: false, async () =>
        {
            await Task.Delay(1);
            return Priority.Current;
        })));
        Expect.Equal(28, seen.Sum());
    }

    public void Negative_raise_is_refused() => Expect.Throws<ArgumentOutOfRangeException>(() => Priority.Raise(-1));
}

internal static class Expect
{
    private static int s_checked;

    public static int Checked => Volatile.Read(ref s_checked);

    public static void Equal<T>(T expected, T actual)
    {
        Interlocked.Increment(ref s_checked);
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"Expected {expected}, found {actual}.");
        }
    }

    public static void Throws<TException>(Func<object?> action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException)
        {
            Interlocked.Increment(ref s_checked);
            return;
        }

        throw new InvalidOperationException($"No {typeof(TException).Name}.");
    }

    public static async Task ThrowsAsync<TException>(Func<Task> action)
        where TException : Exception
    {
        try
        {
            await action();
        }
        catch (TException)
        {
            Interlocked.Increment(ref s_checked);
            return;
        }

        throw new InvalidOperationException($"No {typeof(TException).Name}.");
    }
}
