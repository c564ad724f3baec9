using System.Collections;
using System.Globalization;
using System.Text;

namespace ValidCode.Serialization;

/// <summary>Writes an object graph as text. A graph may refer to itself, and ToString of a part may come back here.</summary>
public static class GraphWriter
{
    private const int MaxDepth = 32;

    [ThreadStatic]
    private static int t_depth;

    [ThreadStatic]
    private static HashSet<object>? t_path;

    [ThreadStatic]
    private static StringBuilder? t_text;

    public static async Task WriteAsync(TextWriter writer, IEnumerable<object> graphs, CancellationToken cancellation)
    {
        foreach (object graph in graphs)
        {
            string text = Write(graph);
            await writer.WriteLineAsync(text.AsMemory(), cancellation);
        }
    }

    /// <summary>Synchronous to its end, so the thread's own state is enough, and cheaper than any other.</summary>
    public static string Write(object? value)
    {
        StringBuilder text = Rent();
        try
        {
            Append(text, value);
            return text.ToString();
        }
        finally
        {
            Return(text);
        }
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or char:
                text.Append('"').Append(value).Append('"');
                break;
            case IFormattable formattable:
                text.Append(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary dictionary:
                Nested(text, dictionary, static (text, dictionary) =>
                {
                    foreach (DictionaryEntry entry in dictionary)
                    {
                        Append(text, entry.Key);
                        text.Append(": ");
                        Append(text, entry.Value);
                        text.Append("; ");
                    }
                });
                break;
            case IEnumerable items:
                Nested(text, items, static (text, items) =>
                {
                    foreach (object? item in items)
                    {
                        Append(text, item);
                        text.Append(", ");
                    }
                });
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void Nested<T>(StringBuilder text, T value, Action<StringBuilder, T> append)
        where T : class
    {
        HashSet<object> path = t_path ??= new HashSet<object>(ReferenceEqualityComparer.Instance);
        if (t_depth >= MaxDepth || !path.Add(value))
        {
            text.Append("...");
            return;
        }

        t_depth++;
        try
        {
            text.Append('{');
            append(text, value);
            text.Append('}');
        }
        finally
        {
            t_depth--;
            path.Remove(value);
        }
    }

    private static StringBuilder Rent()
    {
        StringBuilder text = t_text ?? new StringBuilder();
        t_text = null;
        return text.Clear();
    }

    private static void Return(StringBuilder text)
    {
        if (text.Capacity < 4096)
        {
            t_text = text;
        }
    }
}
