using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ValidCode.Workers;

/// <summary>Work on many threads that share nothing but what is made to be shared.</summary>
public static class Checksums
{
    private static readonly ThreadLocal<long> BytesOfThread = new(trackAllValues: true);

    [ThreadStatic]
    private static byte[]? t_block;

    private static long s_files;

    public static long Files => Interlocked.Read(ref s_files);

    public static long Bytes => BytesOfThread.Values.Sum();

    public static IReadOnlyDictionary<string, string> Compute(IEnumerable<string> files)
    {
        var sums = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(files, file => sums[file] = Compute(file));
        return sums;
    }

    public static async Task<IReadOnlyDictionary<string, string>> ComputeAsync(IEnumerable<string> files, CancellationToken cancellation)
    {
        var sums = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(files, cancellation, async (file, stop) =>
        {
            byte[] content = await File.ReadAllBytesAsync(file, stop);
            sums[file] = Convert.ToHexString(SHA256.HashData(content));
            Interlocked.Increment(ref s_files);
        });

        return sums;
    }

    /// <summary>On one thread from beginning to end: its buffer and its counter are nobody else's.</summary>
    private static string Compute(string file)
    {
        byte[] block = t_block ??= new byte[64 * 1024];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream stream = File.OpenRead(file);
        int read;
        while ((read = stream.Read(block)) > 0)
        {
            hash.AppendData(block, 0, read);
            BytesOfThread.Value += read;
        }

        Interlocked.Increment(ref s_files);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

/// <summary>Each worker counts for itself; the sums meet once.</summary>
public static class WordCount
{
    public static IReadOnlyDictionary<string, int> Count(IReadOnlyList<string> lines)
    {
        var total = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var sync = new Lock();
        Parallel.For(
            0,
            lines.Count,
            () => new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase),
            (index, _, counts) =>
            {
                foreach (string word in lines[index].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    counts[word] = counts.GetValueOrDefault(word) + 1;
                }

                return counts;
            },
            counts =>
            {
                lock (sync)
                {
                    foreach ((string word, int count) in counts)
                    {
                        total[word] = total.GetValueOrDefault(word) + count;
                    }
                }
            });

        return total;
    }
}

/// <summary>A thread of its own for a device that allows no other; callers await what it did.</summary>
public sealed class DeviceThread : IDisposable
{
    [ThreadStatic]
    private static bool t_isDevice;

    private readonly BlockingCollection<Action> _work = new(boundedCapacity: 64);
    private readonly Thread _thread;

    public DeviceThread(string name)
    {
        _thread = new Thread(Loop) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Asks which thread this is, which is what the field is about.</summary>
    public static bool IsCurrent => t_isDevice;

    public Task<T> InvokeAsync<T>(Func<T> action)
    {
        if (IsCurrent)
        {
            return Task.FromResult(action());
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        if (!IsCurrent)
        {
            _thread.Join();
        }

        _work.Dispose();
    }

    private void Loop()
    {
        t_isDevice = true;
        foreach (Action action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
