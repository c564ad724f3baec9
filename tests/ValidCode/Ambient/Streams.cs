using System.Runtime.CompilerServices;
using ContextVars;

namespace ValidCode.Ambient;

public sealed record Row(int Number, string Text, string Source);

/// <summary>Iterators, which give the flow back at each element: a scope ends before.</summary>
public sealed class RowReader(TextReader reader)
{
    private static readonly ContextVar<string> SourceVariable = new("source", "");
    private static readonly ContextVar<int> LineVariable = new("line", 0);

    public static string Position => $"{SourceVariable.Get()}({LineVariable.Get()})";

    public async IAsyncEnumerable<Row> ReadAsync(string source, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (int number = 1; ; number++)
        {
            Row row;
            using (ContextScope.Set(SourceVariable, source, LineVariable, number))
            {
                if (await reader.ReadLineAsync(cancellation) is not { } line)
                {
                    yield break;
                }

                row = Parse(line);
            }

            yield return row;
        }
    }

    /// <summary>The library sets the value anew for each element.</summary>
    public IAsyncEnumerable<Row> ReadSteadily(string source) => ReadPlainAsync().WithContext(SourceVariable, source);

    public IEnumerable<Row> ReadAll(string source)
    {
        for (int number = 1; ; number++)
        {
            Row? row = ReadOne(source, number);
            if (row is null)
            {
                yield break;
            }

            yield return row;
        }
    }

    /// <summary>A list is made at once, within the scope.</summary>
    public IReadOnlyList<Row> ReadList(string source)
    {
        Token<string> token = SourceVariable.Set(source);
        try
        {
            var rows = new List<Row>();
            for (int number = 1; reader.ReadLine() is { } line; number++)
            {
                using var position = LineVariable.Set(number);
                rows.Add(Parse(line));
            }

            return rows;
        }
        finally
        {
            SourceVariable.Reset(token);
        }
    }

    public static async Task<int> CountAsync(IAsyncEnumerable<Row> rows, string source)
    {
        int count = 0;
        using var _ = SourceVariable.Set(source);
        await foreach (Row row in rows)
        {
            using (LineVariable.Set(row.Number))
            {
                count += await IsWantedAsync(row) ? 1 : 0;
            }
        }

        return count;
    }

    private static async ValueTask<bool> IsWantedAsync(Row row)
    {
        await Task.Yield();
        return row.Text.Length > 0 && Position.Length > 0;
    }

    private static Row Parse(string line) => new(LineVariable.Get(), line.Trim(), SourceVariable.Get());

    private Row? ReadOne(string source, int number)
    {
        using var _ = SourceVariable.Set(source);
        using var __ = LineVariable.Set(number);
        return reader.ReadLine() is { } line ? Parse(line) : null;
    }

    private async IAsyncEnumerable<Row> ReadPlainAsync()
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            yield return Parse(line);
        }
    }
}
