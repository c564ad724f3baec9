using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace ValidCode.Web;

public sealed record AccessToken(
    [property: JsonPropertyName("access_token")] string Value,
    [property: JsonPropertyName("expires_in")] int ExpiresInSeconds);

/// <summary>The token of this service itself, which all its requests to others share. One fetches it, the others wait.</summary>
public static class ServiceIdentity
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static volatile Held? s_held;

    public static async ValueTask<string> GetAsync(HttpClient client, TimeProvider time, CancellationToken cancellation)
    {
        if (s_held is { } valid && time.GetUtcNow() < valid.Until)
        {
            return valid.Token;
        }

        await Gate.WaitAsync(cancellation);
        try
        {
            if (s_held is { } other && time.GetUtcNow() < other.Until)
            {
                return other.Token;
            }

            AccessToken fetched = await FetchAsync(client, cancellation);
            s_held = new Held(fetched.Value, time.GetUtcNow() + TimeSpan.FromSeconds(fetched.ExpiresInSeconds - 30));
            return fetched.Value;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Forgets a token that was refused, but not the one that somebody else has fetched since.</summary>
    public static void Refuse(string token)
    {
        Held? held = s_held;
        if (held?.Token == token)
        {
            Interlocked.CompareExchange(ref s_held, null, held);
        }
    }

    private static async Task<AccessToken> FetchAsync(HttpClient client, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        using HttpResponseMessage response = await client.PostAsync("/connect/token", form, cancellation);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<AccessToken>(cancellation)
            ?? throw new InvalidOperationException("The identity provider sent nothing.");
    }

    private sealed record Held(string Token, DateTimeOffset Until);
}

/// <summary>Signs each request, and once more with a fresh token if the first was refused.</summary>
public sealed class AccessTokenHandler(HttpClient identity, TimeProvider time, ILogger<AccessTokenHandler> log) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<bool> Retried = new("access-token-retried");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = await ServiceIdentity.GetAsync(identity, time, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || request.Options.TryGetValue(Retried, out bool retried) && retried)
        {
            return response;
        }

        log.LogInformation("{Uri} refused the token of this service", request.RequestUri);
        response.Dispose();
        ServiceIdentity.Refuse(token);
        request.Options.Set(Retried, true);
        return await SendAsync(request, cancellationToken);
    }
}

/// <summary>Keys that change rarely, refreshed by whoever finds them old; readers never wait.</summary>
public sealed class SigningKeys(HttpClient client, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private Snapshot _snapshot = new([], DateTimeOffset.MinValue);
    private Task? _refresh;

    public async ValueTask<string?> FindAsync(string id, CancellationToken cancellation)
    {
        Snapshot snapshot = Volatile.Read(ref _snapshot);
        if (snapshot.Keys.TryGetValue(id, out string? key))
        {
            if (time.GetUtcNow() - snapshot.Loaded > Fresh)
            {
                _ = RefreshOnceAsync();
            }

            return key;
        }

        await RefreshOnceAsync().WaitAsync(cancellation);
        return Volatile.Read(ref _snapshot).Keys.GetValueOrDefault(id);
    }

    private Task RefreshOnceAsync()
    {
        Task? running = Volatile.Read(ref _refresh);
        if (running is { IsCompleted: false })
        {
            return running;
        }

        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _refresh, start.Task, running) != running)
        {
            return Volatile.Read(ref _refresh)!;
        }

        _ = LoadAsync(start);
        return start.Task;
    }

    private async Task LoadAsync(TaskCompletionSource done)
    {
        try
        {
            Dictionary<string, string>? keys = await client.GetFromJsonAsync<Dictionary<string, string>>("/keys");
            Volatile.Write(ref _snapshot, new Snapshot(keys ?? [], time.GetUtcNow()));
            done.SetResult();
        }
        catch (HttpRequestException exception)
        {
            done.SetException(exception);
        }
    }

    private sealed record Snapshot(Dictionary<string, string> Keys, DateTimeOffset Loaded);
}
