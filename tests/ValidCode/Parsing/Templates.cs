using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text;

namespace ValidCode.Parsing;

/// <summary>Texts with {places}, parsed once and kept for all who write with them.</summary>
public sealed class Template
{
    private static readonly ConcurrentDictionary<string, Template> Parsed = new(StringComparer.Ordinal);
    private static readonly Func<string, Template> ParseNew = static source => new Template(Parts(source));
    private static Template? s_last;

    private readonly IReadOnlyList<(string Text, string? Place)> _parts;

    private Template(IEnumerable<(string Text, string? Place)> parts) => _parts = [.. parts];

    /// <summary>The last one asked for, for the debugger: whose it was does not matter.</summary>
    public static Template? Last => Volatile.Read(ref s_last);

    public static Template For(string source)
    {
        Template template = Parsed.GetOrAdd(source, ParseNew);
        Volatile.Write(ref s_last, template);
        return template;
    }

    public static async Task<Template> LoadAsync(string file, CancellationToken cancellation) =>
        For(await File.ReadAllTextAsync(file, cancellation));

    public async Task WriteAsync(TextWriter writer, Func<string, ValueTask<string>> resolve)
    {
        foreach ((string text, string? place) in _parts)
        {
            await writer.WriteAsync(text);
            if (place is not null)
            {
                await writer.WriteAsync(await resolve(place));
            }
        }
    }

    public string Write(IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach ((string before, string? place) in _parts)
        {
            text.Append(before).Append(place is null ? "" : values.GetValueOrDefault(place, $"{{{place}}}"));
        }

        return text.ToString();
    }

    private static IEnumerable<(string Text, string? Place)> Parts(string source)
    {
        int start = 0;
        while (source.IndexOf('{', start) is >= 0 and var open)
        {
            int close = source.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"No end of the place at {open}.");
            }

            yield return (source[start..open], source[(open + 1)..close]);
            start = close + 1;
        }

        yield return (source[start..], null);
    }
}

/// <summary>Getters compiled from expressions. Compiling twice costs time and harms nobody.</summary>
public static class Getters<T>
{
    private static readonly ConcurrentDictionary<string, Lazy<Func<T, object?>>> ByPath = new(StringComparer.OrdinalIgnoreCase);
    private static Func<T, string>? s_toText;

    public static Func<T, string> ToText => s_toText ??= Compile();

    public static object? Get(T source, string path) =>
        ByPath.GetOrAdd(path, static path => new Lazy<Func<T, object?>>(() => Compile(path))).Value(source);

    public static async Task<IReadOnlyList<object?>> GetAllAsync(IAsyncEnumerable<T> sources, string path)
    {
        var values = new List<object?>();
        await foreach (T source in sources)
        {
            values.Add(Get(source, path));
        }

        return values;
    }

    private static Func<T, object?> Compile(string path)
    {
        ParameterExpression source = Expression.Parameter(typeof(T), "source");
        Expression value = path.Split('.').Aggregate((Expression)source, static (parent, name) => Expression.PropertyOrField(parent, name));
        return Expression.Lambda<Func<T, object?>>(Expression.Convert(value, typeof(object)), source).Compile();
    }

    private static Func<T, string> Compile()
    {
        string[] names = [.. typeof(T).GetProperties().Select(property => property.Name)];
        return source => string.Join(", ", names.Select(name => $"{name}: {Get(source, name)}"));
    }
}

/// <summary>Rewrites expressions. A visitor of the thread, whose state lives for one call.</summary>
public sealed class ParameterReplacer : ExpressionVisitor
{
    [ThreadStatic]
    private static ParameterReplacer? t_spare;

    private ParameterExpression? _from;
    private Expression? _to;

    public static Expression Replace(Expression body, ParameterExpression from, Expression to)
    {
        ParameterReplacer visitor = t_spare ?? new ParameterReplacer();
        t_spare = null;
        (visitor._from, visitor._to) = (from, to);
        try
        {
            return visitor.Visit(body);
        }
        finally
        {
            (visitor._from, visitor._to) = (null, null);
            t_spare = visitor;
        }
    }

    protected override Expression VisitParameter(ParameterExpression node) => node == _from ? _to! : node;
}
