using System.Globalization;

namespace ValidCode.Parsing;

public enum TokenKind
{
    Number,
    Name,
    Operator,
    End,
}

public readonly record struct Lexeme(TokenKind Kind, string Text, int Position);

/// <summary>A parser that has tokens, sets and resets of its own: names alone mean nothing.</summary>
public sealed class Tokenizer(string text)
{
    private int _position;
    private int _mark;

    public void Set(int position) => _position = position;

    public void Reset() => _position = _mark;

    public void Mark() => _mark = _position;

    public Lexeme Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        if (_position == text.Length)
        {
            return new Lexeme(TokenKind.End, "", _position);
        }

        int start = _position;
        char first = text[_position++];
        if (char.IsAsciiDigit(first))
        {
            while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] == '.'))
            {
                _position++;
            }

            return new Lexeme(TokenKind.Number, text[start.._position], start);
        }

        if (char.IsLetter(first))
        {
            while (_position < text.Length && char.IsLetterOrDigit(text[_position]))
            {
                _position++;
            }

            return new Lexeme(TokenKind.Name, text[start.._position], start);
        }

        return new Lexeme(TokenKind.Operator, text[start.._position], start);
    }
}

public sealed class Calculator
{
    [ThreadStatic]
    private static int t_depth;

    private readonly Dictionary<string, double> _names = new(StringComparer.Ordinal);

    public void Define(string name, double value) => _names[name] = value;

    public async Task<double> EvaluateAsync(TextReader reader, CancellationToken cancellation)
    {
        string text = await reader.ReadToEndAsync(cancellation);
        return Evaluate(text);
    }

    public double Evaluate(string text)
    {
        var tokens = new Tokenizer(text);
        Lexeme current = tokens.Next();
        double value = Sum(tokens, ref current);
        return current.Kind == TokenKind.End ? value : throw new FormatException($"'{current.Text}' at {current.Position} is not expected.");
    }

    private double Sum(Tokenizer tokens, ref Lexeme current)
    {
        double value = Product(tokens, ref current);
        while (current.Text is "+" or "-")
        {
            bool plus = current.Text == "+";
            current = tokens.Next();
            double right = Product(tokens, ref current);
            value = plus ? value + right : value - right;
        }

        return value;
    }

    private double Product(Tokenizer tokens, ref Lexeme current)
    {
        double value = Operand(tokens, ref current);
        while (current.Text is "*" or "/")
        {
            bool times = current.Text == "*";
            current = tokens.Next();
            double right = Operand(tokens, ref current);
            value = times ? value * right : value / right;
        }

        return value;
    }

    // The guard counts on one thread and in one call: no await can come between.
    private double Operand(Tokenizer tokens, ref Lexeme current)
    {
        if (++t_depth > 100)
        {
            t_depth = 0;
            throw new FormatException("Too deep.");
        }

        try
        {
            Lexeme operand = current;
            current = tokens.Next();
            switch (operand.Kind)
            {
                case TokenKind.Number:
                    return double.Parse(operand.Text, CultureInfo.InvariantCulture);
                case TokenKind.Name:
                    return _names[operand.Text];
                default:
                    double value = operand.Text switch
                    {
                        "-" => -Operand(tokens, ref current),
                        "(" => Sum(tokens, ref current),
                        _ => throw new FormatException($"'{operand.Text}' at {operand.Position} is not a value."),
                    };
                    if (operand.Text == "(")
                    {
                        current = tokens.Next();
                    }

                    return value;
            }
        }
        finally
        {
            t_depth--;
        }
    }
}
