using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ValidCode.Pooling;

/// <summary>A builder for each thread, taken and put back with no await in between: a cache, not state.</summary>
public static class StringBuilderCache
{
    private const int MaxCapacity = 512;

    [ThreadStatic]
    private static StringBuilder? t_cached;

    public static StringBuilder Acquire(int capacity = 16)
    {
        StringBuilder? cached = t_cached;
        if (cached is null || capacity > cached.Capacity)
        {
            return new StringBuilder(capacity);
        }

        t_cached = null;
        return cached.Clear();
    }

    public static string GetStringAndRelease(StringBuilder builder)
    {
        string text = builder.ToString();
        if (builder.Capacity <= MaxCapacity)
        {
            t_cached = builder;
        }

        return text;
    }
}

public static class Signatures
{
    private static readonly ThreadLocal<HMACSHA256> Hash = new(() => new HMACSHA256([1, 2, 3]));

    [ThreadStatic]
    private static byte[]? t_buffer;

    public static string Sign(string text)
    {
        byte[] buffer = t_buffer ??= new byte[4096];
        if (Encoding.UTF8.GetByteCount(text) > buffer.Length)
        {
            buffer = Encoding.UTF8.GetBytes(text);
        }

        int length = Encoding.UTF8.GetBytes(text, buffer);
        return Convert.ToHexString(Hash.Value!.ComputeHash(buffer, 0, length));
    }

    public static string SignLines(IEnumerable<string> lines)
    {
        StringBuilder builder = StringBuilderCache.Acquire();
        foreach (string line in lines)
        {
            builder.Append(line).Append('\n');
        }

        return Sign(StringBuilderCache.GetStringAndRelease(builder));
    }
}

/// <summary>Rented from a pool for all, kept over an await by the one who rented it.</summary>
public static class Copies
{
    public static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellation)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
