using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace ContextAnalyzers.Package.Tests;

public sealed class ContentsTests(LocalFeed feed)
{
    private static readonly string[] FoundInEveryCompiler =
    [
        "ContextAnalyzers", "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces",
        "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Collections.Immutable", "System.Composition.AttributedModel",
    ];

    [Fact]
    public void Pack_at_the_root_makes_two_packages() =>
        Assert.Equal(
            ["ContextAnalyzers", "ContextVars"],
            Directory.EnumerateFiles(feed.Packages).Select(file => Path.GetFileName(file).Split('.')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void ContextAnalyzers_holds_analyzers_fixes_and_presets() =>
        Assert.Equal(
            [
                "ContextAnalyzers.nuspec",
                "README.md",
                "analyzers/dotnet/cs/ContextAnalyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/ContextAnalyzers.dll",
                "buildTransitive/ContextAnalyzers.targets",
                "buildTransitive/presets/default.globalconfig",
                "buildTransitive/presets/off.globalconfig",
                "buildTransitive/presets/strict.globalconfig",
                "icon.png",
            ],
            Entries("ContextAnalyzers"));

    [Fact]
    public void ContextVars_holds_the_library_for_each_framework() =>
        Assert.Equal(
            [
                "ContextVars.nuspec",
                "README.md",
                "icon.png",
                "lib/net8.0/ContextVars.dll",
                "lib/net8.0/ContextVars.xml",
                "lib/netstandard2.0/ContextVars.dll",
                "lib/netstandard2.0/ContextVars.xml",
            ],
            Entries("ContextVars"));

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Documentation_is_about_our_own_types(string framework)
    {
        using ZipArchive package = feed.Open("ContextVars");
        using Stream documentation = package.GetEntry($"lib/{framework}/ContextVars.xml")!.Open();
        IEnumerable<string> members = XDocument.Load(documentation).Descendants("member").Select(member => member.Attribute("name")!.Value[2..]);

        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.StartsWith("ContextVars.", member, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ContextAnalyzers")]
    [InlineData("ContextVars")]
    public void Package_says_what_it_is(string id)
    {
        XElement metadata = Metadata(id);

        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotEmpty(Value(metadata, "description"));
        Assert.StartsWith("https://", Element(metadata, "repository").Attribute("url")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ContextAnalyzers_depends_on_ContextVars_of_its_own_version()
    {
        XElement metadata = Metadata("ContextAnalyzers");

        XElement dependency = Assert.Single(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal("ContextVars", dependency.Attribute("id")!.Value);
        Assert.Equal(Value(metadata, "version"), dependency.Attribute("version")!.Value);
    }

    [Fact]
    public void ContextAnalyzers_is_no_development_dependency() =>
        Assert.DoesNotContain(Metadata("ContextAnalyzers").Elements(), element => element.Name.LocalName == "developmentDependency");

    [Fact]
    public void ContextVars_depends_on_nothing() =>
        Assert.DoesNotContain(Metadata("ContextVars").Descendants(), element => element.Name.LocalName == "dependency");

    [Theory]
    [InlineData("ContextAnalyzers")]
    [InlineData("ContextVars")]
    public void Assemblies_are_reproducible_and_bring_their_symbols(string id)
    {
        using ZipArchive package = feed.Open(id);
        foreach (ZipArchiveEntry entry in package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            byte[] assembly = Read(entry);
            using var reader = new PEReader(new MemoryStream(assembly));
            DebugDirectoryEntryType[] debug = [.. reader.ReadDebugDirectory().Select(directory => directory.Type)];

            Assert.Contains(DebugDirectoryEntryType.Reproducible, debug);
            Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, debug);
            using MetadataReaderProvider symbols = reader.ReadEmbeddedPortablePdbDebugDirectoryData(
                reader.ReadDebugDirectory().Single(directory => directory.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
            MetadataReader documents = symbols.GetMetadataReader();
            Assert.All(documents.Documents, handle =>
                Assert.StartsWith("/_/", documents.GetString(documents.GetDocument(handle).Name), StringComparison.Ordinal));
        }
    }

    /// <summary>Of the packages themselves the times of their entries differ: NuGet of this SDK writes the time of packing.</summary>
    [Fact]
    public async Task Packing_again_in_another_folder_gives_the_same_bytes()
    {
        string packages = Path.Combine(feed.Scratch, "again", "feed");
        await LocalFeed.PackAsync(packages, Path.Combine(feed.Scratch, "again", "artifacts"));

        foreach (string id in (string[])["ContextAnalyzers", "ContextVars"])
        {
            using ZipArchive first = feed.Open(id);
            using ZipArchive second = LocalFeed.Open(packages, id);
            Assert.Equal(first.Entries.Select(entry => entry.FullName), second.Entries.Select(entry => entry.FullName));
            Assert.All(first.Entries, entry => Assert.Equal(Read(entry), Read(second.GetEntry(entry.FullName)!)));
        }
    }

    [Fact]
    public void Analyzers_ask_for_nothing_that_the_oldest_supported_compiler_does_not_have()
    {
        using ZipArchive package = feed.Open("ContextAnalyzers");
        IEnumerable<string> references = package.Entries
            .Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal))
            .SelectMany(entry => References(Read(entry)))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.All(references, reference => Assert.Contains(reference.Split(',')[0], FoundInEveryCompiler));
        Assert.All(
            references.Where(reference => reference.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            reference => Assert.EndsWith(", 4.8.0.0", reference, StringComparison.Ordinal));
    }

    private IEnumerable<string> Entries(string id)
    {
        using ZipArchive package = feed.Open(id);
        // The rest is the frame that NuGet puts around every package.
        return
        [
            .. package.Entries.Select(entry => entry.FullName)
                .Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/services/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private XElement Metadata(string id)
    {
        using ZipArchive package = feed.Open(id);
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static XElement Element(XElement parent, string name) => parent.Elements().Single(element => element.Name.LocalName == name);

    private static string Value(XElement parent, string name) => Element(parent, name).Value;

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var memory = new MemoryStream();
        using Stream stream = entry.Open();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static IEnumerable<string> References(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        MetadataReader metadata = reader.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .Select(reference => $"{metadata.GetString(reference.Name)}, {reference.Version}"),
        ];
    }
}
