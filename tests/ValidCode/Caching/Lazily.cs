using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ValidCode.Caching;

/// <summary>Values made once for everybody. Who comes first does not matter, because they depend on no caller.</summary>
public static partial class Settings
{
    private static readonly Lazy<Task<string>> Banner = new(() => File.ReadAllTextAsync("banner.txt"));
    private static readonly FrozenSet<string> Reserved = new[] { "admin", "root" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly Lock Sync = new();
    private static IReadOnlyDictionary<string, string>? s_values;
    private static string? s_machine;
    private static string[]? s_words;
    private static ImmutableDictionary<string, int> s_hits = ImmutableDictionary<string, int>.Empty;
    private static int s_generation;

    public static int Generation => Volatile.Read(ref s_generation);

    public static string Machine => s_machine ??= Environment.MachineName;

    public static async Task<string> GetBannerAsync() => await Banner.Value;

    public static async Task<IReadOnlyDictionary<string, string>> GetAsync()
    {
        if (s_values is null)
        {
            await using FileStream file = File.OpenRead("settings.json");
            s_values = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(file, Json);
        }

        return s_values ?? FrozenDictionary<string, string>.Empty;
    }

    public static async Task<bool> IsWordAsync(string text)
    {
        s_words ??= await File.ReadAllLinesAsync("words.txt");
        ImmutableInterlocked.AddOrUpdate(ref s_hits, text, 1, (_, hits) => hits + 1);
        return !Reserved.Contains(text) && WordPattern().IsMatch(text) && s_words.Contains(text);
    }

    public static async Task ReloadAsync(IReadOnlyDictionary<string, string> values)
    {
        await Task.Yield();
        lock (Sync)
        {
            s_values = values;
        }

        Interlocked.Increment(ref s_generation);
    }

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex WordPattern();
}

/// <summary>The same for a value that is published atomically.</summary>
public static class Certificates
{
    private static object? s_current;

    public static async Task<object> GetAsync()
    {
        object? current = Volatile.Read(ref s_current);
        if (current is not null)
        {
            return current;
        }

        object loaded = await LoadAsync();
        return Interlocked.CompareExchange(ref s_current, loaded, null) ?? loaded;
    }

    private static async Task<object> LoadAsync()
    {
        await Task.Delay(1);
        return new object();
    }
}
