using System.Diagnostics;

namespace ContextAnalyzers.Package.Tests;

/// <summary>Runs commands in a directory, as a user does in a terminal.</summary>
internal static class Terminal
{
    /// <summary>What <c>dotnet</c> printed. A test whose command fails fails with all of it.</summary>
    public static async Task<string> Dotnet(string directory, params string[] arguments)
    {
        (int exitCode, string output) = await TryDotnet(directory, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>The exit code of <c>dotnet</c>, and what it printed.</summary>
    public static Task<(int ExitCode, string Output)> TryDotnet(string directory, params string[] arguments) => Run(directory, "dotnet", arguments);

    /// <summary>The exit code of a script, and what it printed.</summary>
    public static Task<(int ExitCode, string Output)> TryBash(string directory, string script) => Run(directory, "bash", ["-euc", script]);

    private static async Task<(int ExitCode, string Output)> Run(string directory, string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A build that is started inside a build takes over its settings, unless they are removed.
        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);

        // Nothing may stay behind that holds the scratch directory.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using Process process = Process.Start(start)!;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output + await error);
    }
}
