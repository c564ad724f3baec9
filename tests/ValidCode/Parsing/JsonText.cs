using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ValidCode.Parsing;

public abstract record Node
{
    private protected Node()
    {
    }

    public abstract T Accept<T>(INodeVisitor<T> visitor);
}

public sealed record Text(string Value) : Node
{
    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}

public sealed record Number(double Value) : Node
{
    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}

public sealed record Items(ImmutableArray<Node> Values) : Node
{
    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}

public sealed record Fields(ImmutableArray<KeyValuePair<string, Node>> Values) : Node
{
    public override T Accept<T>(INodeVisitor<T> visitor) => visitor.Visit(this);
}

public interface INodeVisitor<out T>
{
    T Visit(Text text);

    T Visit(Number number);

    T Visit(Items items);

    T Visit(Fields fields);
}

/// <summary>Recursive descent over a string that is all there: asynchronous only up to the reading of it.</summary>
public ref struct JsonParser
{
    private const int MaxDepth = 64;

    private static readonly FrozenDictionary<char, char> Escapes = new Dictionary<char, char>
    {
        ['n'] = '\n', ['t'] = '\t', ['r'] = '\r', ['"'] = '"', ['\\'] = '\\', ['/'] = '/',
    }.ToFrozenDictionary();

    [ThreadStatic]
    private static StringBuilder? t_text;

    private static long s_parsed;

    private readonly ReadOnlySpan<char> _source;
    private int _position;
    private int _depth;

    private JsonParser(ReadOnlySpan<char> source) => _source = source;

    public static long Parsed => Interlocked.Read(ref s_parsed);

    public static async Task<ImmutableArray<Node>> ParseLinesAsync(TextReader reader, CancellationToken cancellation)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            nodes.Add(Parse(line));
        }

        return nodes.ToImmutable();
    }

    public static Node Parse(string source)
    {
        var parser = new JsonParser(source);
        Node node = parser.Value();
        parser.SkipSpace();
        Interlocked.Increment(ref s_parsed);
        return parser._position == source.Length ? node : throw parser.Error("the end");
    }

    private Node Value()
    {
        SkipSpace();
        switch (Peek())
        {
            case '"':
                return new Text(String());
            case '[':
                return List();
            case '{':
                return Object();
            default:
                return NumberValue();
        }
    }

    private Items List()
    {
        Enter();
        var values = ImmutableArray.CreateBuilder<Node>();
        Expect('[');
        while (!TryTake(']'))
        {
            values.Add(Value());
            _ = TryTake(',');
        }

        _depth--;
        return new Items(values.ToImmutable());
    }

    private Fields Object()
    {
        Enter();
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, Node>>();
        Expect('{');
        while (!TryTake('}'))
        {
            SkipSpace();
            string name = String();
            Expect(':');
            values.Add(KeyValuePair.Create(name, Value()));
            _ = TryTake(',');
        }

        _depth--;
        return new Fields(values.ToImmutable());
    }

    private Number NumberValue()
    {
        int start = _position;
        while (_position < _source.Length && (char.IsAsciiDigit(_source[_position]) || "+-.eE".Contains(_source[_position], StringComparison.Ordinal)))
        {
            _position++;
        }

        return double.TryParse(_source[start.._position], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? new Number(value)
            : throw Error("a value");
    }

    // The builder belongs to the thread. A string contains no other string, so nobody else wants it meanwhile.
    private string String()
    {
        Expect('"');
        StringBuilder text = t_text ??= new StringBuilder();
        text.Clear();
        while (Peek() is var next and not '"')
        {
            _position++;
            if (next == '\\')
            {
                char escape = Peek();
                _position++;
                next = Escapes.TryGetValue(escape, out char meant) ? meant : throw Error("an escape");
            }

            text.Append(next);
        }

        _position++;
        return text.ToString();
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"at most {MaxDepth} levels");
        }
    }

    private void SkipSpace()
    {
        while (_position < _source.Length && char.IsWhiteSpace(_source[_position]))
        {
            _position++;
        }
    }

    private readonly char Peek() => _position < _source.Length ? _source[_position] : throw Error("more");

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Error($"'{expected}'");
        }
    }

    private readonly FormatException Error(string expected) => new($"Expected {expected} at {_position}.");
}

/// <summary>A visitor that has no state, and so needs one instance only.</summary>
public sealed class JsonWriter : INodeVisitor<string>
{
    private JsonWriter()
    {
    }

    public static JsonWriter Instance { get; } = new();

    public string Visit(Text text) => $"\"{text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public string Visit(Number number) => number.Value.ToString("R", CultureInfo.InvariantCulture);

    public string Visit(Items items) => $"[{string.Join(", ", items.Values.Select(value => value.Accept(this)))}]";

    public string Visit(Fields fields) => $"{{{string.Join(", ", fields.Values.Select(field => $"\"{field.Key}\": {field.Value.Accept(this)}"))}}}";
}
