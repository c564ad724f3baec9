namespace LeakyApi;

/// <summary>Many callers at once, each with a request id, a user and a trace id of its own.</summary>
internal sealed class Callers(Uri service)
{
    private const int Count = 300;

    /// <summary>Sends all requests at the same time and counts the answers that do not name who asked.</summary>
    public async Task<Verdict> CallAsync()
    {
        using var client = new HttpClient { BaseAddress = service };
        Receipt[] receipts = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => OrderAsync(client, i)));
        return new Verdict(
            Count,
            RequestIds: receipts.Where((receipt, i) => receipt.RequestId != Expected(i).RequestId).Count(),
            Users: receipts.Where((receipt, i) => receipt.User != Expected(i).User).Count(),
            TraceIds: receipts.Where((receipt, i) => receipt.TraceId != Expected(i).TraceId).Count(),
            Responses: receipts.Where((receipt, i) => receipt != Expected(i)).Count());
    }

    private static Receipt Expected(int i) => new($"request-{i:000}", $"user-{i:000}", $"trace-{i:000}");

    private static async Task<Receipt> OrderAsync(HttpClient client, int i)
    {
        (string? requestId, string? user, string traceId) = Expected(i);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/orders/tea-{i:000}?quantity={1 + i % 20}");
        request.Headers.Add("X-Request-ID", requestId);
        request.Headers.Add("X-User", user);
        request.Headers.Add("X-Trace-ID", traceId);

        using HttpResponseMessage response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Receipt>() ?? throw new InvalidOperationException("The service sent no receipt.");
    }
}

/// <summary>How many of the responses were wrong, in all and by kind.</summary>
internal sealed record Verdict(int Of, int RequestIds, int Users, int TraceIds, int Responses);
