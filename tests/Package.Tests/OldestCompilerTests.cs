using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ContextAnalyzers.Package.Tests;

/// <summary>What is in the package, in the oldest compiler that it supports. The consumers in the other tests build with the newest, the SDK's own.</summary>
public sealed class OldestCompilerTests(LocalFeed feed)
{
    private const string Leak = """
        class Orders
        {
            static string? s_user;

            async System.Threading.Tasks.Task<string?> PlaceAsync(string user)
            {
                s_user = user;
                await System.Threading.Tasks.Task.Yield();
                return s_user;
            }
        }
        """;

    [Fact]
    public async Task Analyzers_of_the_package_load_and_find()
    {
        var failures = new List<string>();
        var reference = new AnalyzerFileReference(Unpacked("ContextAnalyzers"), new Loader());
        reference.AnalyzerLoadFailed += (_, failure) => failures.Add(failure.Message);
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(Leak, cancellationToken: TestContext.Current.CancellationToken)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        var findings = await compilation.WithAnalyzers(reference.GetAnalyzers(LanguageNames.CSharp)).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new Version(4, 8, 0, 0), typeof(CSharpCompilation).Assembly.GetName().Version);
        Assert.Empty(failures);
        Assert.Equal("CTX001", Assert.Single(findings).Id);
    }

    [Fact]
    public void Fixes_of_the_package_load() =>
        Assert.Contains(new Loader().LoadFromPath(Unpacked("ContextAnalyzers.CodeFixes")).GetTypes(), type => type.IsAssignableTo(typeof(CodeFixProvider)));

    /// <summary>The file of an assembly of the package, which lies where a restore would put it.</summary>
    private string Unpacked(string assembly)
    {
        string directory = Directory.CreateDirectory(Path.Combine(feed.Scratch, Guid.NewGuid().ToString("N"))).FullName;
        using ZipArchive package = feed.Open("ContextAnalyzers");
        package.ExtractToDirectory(directory);
        return Path.Combine(directory, "analyzers", "dotnet", "cs", $"{assembly}.dll");
    }

    /// <summary>Takes the compiler from where this test has it, and leaves no file locked.</summary>
    private sealed class Loader : AssemblyLoadContext, IAnalyzerAssemblyLoader
    {
        private string? _directory;

        public void AddDependencyLocation(string fullPath) { }

        public Assembly LoadFromPath(string fullPath)
        {
            _directory = Path.GetDirectoryName(fullPath);
            using var assembly = new MemoryStream(File.ReadAllBytes(fullPath));
            return LoadFromStream(assembly);
        }

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name == "ContextAnalyzers" ? LoadFromPath(Path.Combine(_directory!, "ContextAnalyzers.dll")) : null;
    }
}
