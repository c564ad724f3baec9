using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.Bench;

/// <summary>Source code to analyze. Every measurement of a build gets a compilation and trees of its own, as a compiler that starts does: analyzers keep things with both.</summary>
internal sealed class Subject(string name, CSharpCompilation compilation)
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    public string Name => name;
    public int Files => compilation.SyntaxTrees.Length;
    public int Lines { get; } = compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count);

    /// <summary>The same code, parsed again, with no symbol bound yet.</summary>
    /// <param name="isConcurrent">Whether the compiler may bind on several threads.</param>
    public CSharpCompilation Fresh(bool isConcurrent = true) => CSharpCompilation.Create(
        compilation.AssemblyName,
        compilation.SyntaxTrees.Select(static tree => CSharpSyntaxTree.ParseText(tree.GetText(), ParseOptions, tree.FilePath)),
        compilation.References,
        compilation.Options.WithConcurrentBuild(isConcurrent));

    /// <summary>Code that uses what every rule is about, in files as services have them: one in ten touches flow state.</summary>
    public static Subject Generated(int files) => Create(
        $"generated, {files} files",
        Enumerable.Range(0, files).Select(file => (
            Path: $"File{file}.cs",
            Text: (file % 10 == 0 ? GeneratedCode.FlowState : GeneratedCode.Plain).Replace("{n}", file.ToString(CultureInfo.InvariantCulture)))));

    /// <summary>The C# files of a folder, as one compilation. What their packages would bring stays unresolved.</summary>
    public static Subject Folder(string path) => Create(
        Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
        from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        select (file, File.ReadAllText(file)));

    private static Subject Create(string name, IEnumerable<(string Path, string Text)> sources)
    {
        var trees = sources.Prepend(("Usings.cs", GeneratedCode.Usings)).Select(source => CSharpSyntaxTree.ParseText(source.Item2, ParseOptions, source.Item1));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

        return new Subject(name, CSharpCompilation.Create("Subject", trees, References, options));
    }

    private static readonly MetadataReference[] References =
    [
        .. Directory.EnumerateFiles(ReferencePack, "*.dll").Select(file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(ContextVars.ContextVar<>).Assembly.Location),
    ];

    private static string ReferencePack => typeof(Subject).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ReferencePack")
        .Value!;
}
