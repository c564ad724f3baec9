using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ValidCode.Web;

internal sealed record CachedResponse(int StatusCode, string? ContentType, ImmutableArray<byte> Body, string ETag, DateTimeOffset Stored)
{
    public static CachedResponse From(HttpResponse response, byte[] body, TimeProvider time)
    {
        string etag = $"\"{Convert.ToHexString(SHA256.HashData(body).AsSpan(0, 8))}\"";
        return new CachedResponse(response.StatusCode, response.ContentType, ImmutableArray.Create(body), etag, time.GetUtcNow());
    }
}

/// <summary>Whole responses, replaced as one immutable table: readers take no lock.</summary>
internal static class OutputCacheStore
{
    private const int Capacity = 1_000;

    private static readonly object Sync = new();
    private static ImmutableDictionary<string, CachedResponse> s_entries = ImmutableDictionary<string, CachedResponse>.Empty;
    private static ImmutableQueue<string> s_order = ImmutableQueue<string>.Empty;

    public static CachedResponse? Find(string key) => Volatile.Read(ref s_entries).GetValueOrDefault(key);

    public static void Add(string key, CachedResponse response)
    {
        lock (Sync)
        {
            if (!s_entries.ContainsKey(key))
            {
                s_order = s_order.Enqueue(key);
            }

            s_entries = s_entries.SetItem(key, response);
            while (s_entries.Count > Capacity)
            {
                s_order = s_order.Dequeue(out string oldest);
                s_entries = s_entries.Remove(oldest);
            }
        }
    }

    public static void Evict(string prefix) => ImmutableInterlocked.Update(
        ref s_entries,
        static (entries, start) => entries.RemoveRange(entries.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal))),
        prefix);
}

public sealed class OutputCacheMiddleware(RequestDelegate next, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            await next(context);
            return;
        }

        string key = $"{context.Request.Path}{context.Request.QueryString}";
        if (OutputCacheStore.Find(key) is { } cached && time.GetUtcNow() - cached.Stored < Lifetime)
        {
            await SendAsync(context, cached);
            return;
        }

        CachedResponse? made = await RunAsync(context);
        if (made is { StatusCode: StatusCodes.Status200OK })
        {
            OutputCacheStore.Add(key, made);
        }
    }

    private async Task<CachedResponse?> RunAsync(HttpContext context)
    {
        Stream original = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = original;
        }

        byte[] body = buffer.ToArray();
        CachedResponse response = CachedResponse.From(context.Response, body, time);
        context.Response.Headers.ETag = response.ETag;
        await original.WriteAsync(body, context.RequestAborted);
        return response;
    }

    private static async Task SendAsync(HttpContext context, CachedResponse cached)
    {
        context.Response.Headers.ETag = cached.ETag;
        if (context.Request.Headers.IfNoneMatch == cached.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.StatusCode = cached.StatusCode;
        context.Response.ContentType = cached.ContentType;
        await context.Response.Body.WriteAsync(cached.Body.AsMemory(), context.RequestAborted);
    }
}

/// <summary>Reads a body line by line from its pipe, without a copy of the whole.</summary>
public static class Lines
{
    public static async IAsyncEnumerable<byte[]> ReadAsync(PipeReader reader)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            while (TryRead(ref buffer, out byte[] line))
            {
                yield return line;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync();
    }

    private static bool TryRead(ref ReadOnlySequence<byte> buffer, out byte[] line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = [];
            return false;
        }

        line = buffer.Slice(0, end).ToArray();
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }
}
