using System.Text.RegularExpressions;

namespace ContextAnalyzers.Package.Tests;

/// <summary>A project of somebody who uses the packages.</summary>
internal sealed partial class Consumer
{
    private const string Package = """<PackageReference Include="ContextAnalyzers" Version="*" />""";

    public Consumer(LocalFeed feed, string name = "Consumer")
    {
        Directory = Path.Combine(feed.Scratch, Guid.NewGuid().ToString("N")[..8], name);
        System.IO.Directory.CreateDirectory(Directory);
    }

    public string Directory { get; }

    /// <summary>Writes a project file that has these items and properties.</summary>
    /// <remarks>Packages are unpacked into a folder that starts empty: the machine's may hold the same version of an older source.</remarks>
    public Consumer WithProject(string items = Package, string properties = "", string framework = "net10.0", string sdk = "Microsoft.NET.Sdk") =>
        WithFile($"{Path.GetFileName(Directory)}.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)../../packages</RestorePackagesPath>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);

    public Consumer WithFile(string path, string text)
    {
        string file = Path.Combine(Directory, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>Builds everything anew and returns each warning as "ID file: the line of code it is on".</summary>
    public async Task<IReadOnlyList<string>> Build(params string[] arguments) =>
        Findings(await Terminal.Dotnet(Directory, ["build", "--no-incremental", "--nologo", .. arguments]));

    public Task<string> Run(params string[] arguments) => Terminal.Dotnet(Directory, arguments);

    public Task<(int ExitCode, string Output)> TryRun(params string[] arguments) => Terminal.TryDotnet(Directory, arguments);

    /// <summary>The warnings and errors in a build's output, each once, in the order of their text.</summary>
    public static IReadOnlyList<string> Findings(string output) =>
    [
        .. Finding().Matches(output)
            .Select(match => match.Groups["file"].Success
                ? $"{match.Groups["id"].Value} {Path.GetFileName(match.Groups["file"].Value)}: {Line(match)}"
                : match.Groups["id"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static string Line(Match match) =>
        File.ReadLines(match.Groups["file"].Value).ElementAt(int.Parse(match.Groups["line"].Value, null) - 1).Trim();

    [GeneratedRegex(@"^\s*(?:(?<file>[^\r\n(]+\.cs)\((?<line>\d+),\d+\)|[^\r\n]*?)\s*: (?:warning|error) (?<id>[A-Z]+\d+)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Finding();
}
