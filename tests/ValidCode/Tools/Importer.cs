using ContextVars;

namespace ValidCode.Tools;

/// <summary>A tool for the command line: one run, one set of options, statics for what all of it asks for.</summary>
internal static class Importer
{
    private static readonly ContextVar<string> FileVariable = new("file", "");
    private static readonly CancellationTokenSource Stop = new();
    private static bool s_verbose;
    private static string s_target = "out";
    private static TextWriter s_log = Console.Error;
    private static int s_files;
    private static int s_failed;

    public static async Task<int> Main(string[] args)
    {
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            Stop.Cancel();
        };
        if (!await ReadOptionsAsync(args))
        {
            await Console.Error.WriteLineAsync("usage: importer [-v] [-o folder] files");
            return 2;
        }

        FileVariable.Set("(start)");
        await Parallel.ForEachAsync(args.Where(File.Exists), Stop.Token, ImportAsync);
        await s_log.WriteLineAsync($"{s_files} files, {s_failed} failed");
        return s_failed == 0 ? 0 : 1;
    }

    private static async Task<bool> ReadOptionsAsync(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "-v":
                    s_verbose = true;
                    break;
                case "-o" when i + 1 < args.Length:
                    s_target = args[++i];
                    break;
                case "-l" when i + 1 < args.Length:
                    s_log = new StreamWriter(args[++i]) { AutoFlush = true };
                    await s_log.WriteLineAsync("started");
                    break;
                case ['-', ..]:
                    return false;
            }
        }

        Directory.CreateDirectory(s_target);
        return args.Length > 0;
    }

    private static async ValueTask ImportAsync(string file, CancellationToken cancellation)
    {
        using var _ = FileVariable.Set(file);
        try
        {
            string content = await File.ReadAllTextAsync(file, cancellation);
            await File.WriteAllTextAsync(Path.Combine(s_target, Path.GetFileName(file)), Convert(content), cancellation);
            Interlocked.Increment(ref s_files);
            Trace("done");
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            Interlocked.Increment(ref s_failed);
            await s_log.WriteLineAsync($"{FileVariable.Get()}: {exception.Message}");
        }
    }

    private static string Convert(string content)
    {
        string[] lines = content.ReplaceLineEndings("\n").Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            lines[line] = lines[line].TrimEnd();
        }

        Trace($"{lines.Length} lines");
        return string.Join('\n', lines);
    }

    private static void Trace(string message)
    {
        if (s_verbose)
        {
            s_log.WriteLine($"{FileVariable.Get()}: {message}");
        }
    }
}
