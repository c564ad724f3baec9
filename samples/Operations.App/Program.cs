using Operations;

using (new Operation("import"))
{
    // Both files at the same time. Each has its own flow, which starts with what is set here.
    string[][] logs = await Task.WhenAll(Files.ImportAsync("orders.csv", rows: 2), Files.ImportAsync("prices.csv", rows: 3));
    foreach (string line in logs.SelectMany(lines => lines))
    {
        Console.WriteLine(line);
    }

    Console.WriteLine(Files.Log("done"));
}

Console.WriteLine(Files.Log("nothing to do"));

internal static class Files
{
    public static async Task<string[]> ImportAsync(string file, int rows)
    {
        using var operation = new Operation(file);
        List<string> log = [Log($"{rows} rows")];
        for (int row = 1; row <= rows; row++)
        {
            log.Add(await ImportRowAsync(row));
        }

        return [.. log];
    }

    /// <summary>Knows where and how much to log, and nobody had to tell it.</summary>
    public static string Log(string message) =>
        $"{new string(' ', 2 * Detail.Level.Get())}[{Operation.Current?.Path ?? "no operation"}] {message}";

    private static async Task<string> ImportRowAsync(int row)
    {
        using var operation = new Operation($"row {row}");
        using var _ = Detail.More();
        await Task.Delay(10); // the database
        return Log("stored");
    }
}
