using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ContextAnalyzers.CodeFixes;

namespace ContextAnalyzers.Tests.Contracts;

/// <summary>What SECURITY.md promises: inside the user's compiler and editor we read code and report on it, and do nothing else.</summary>
public class SecurityContracts
{
    private static readonly string[] Forbidden =
    [
        "System.IO", "System.Net", "System.Diagnostics.Process", "System.Reflection", "System.Runtime.InteropServices", "System.Runtime.Loader",
        "System.Environment", "System.AppDomain", "System.Activator", "System.Console", "System.Threading.Thread", "System.Threading.ThreadPool", "Microsoft.Win32",
    ];

    /// <summary>What the compiler writes: attributes, and in iterators the test for the thread that began them.</summary>
    private static readonly string[] Allowed = ["System.Reflection.Assembly", "System.Reflection.DefaultMemberAttribute", "System.Environment.get_CurrentManagedThreadId"];

    public static TheoryData<string> Assemblies => [typeof(KnownSymbols).Assembly.Location, typeof(ConvertStateCodeFix).Assembly.Location];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_file_connection_process_or_assembly_can_be_opened(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var members =
            from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind == HandleKind.TypeReference
            let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
            let name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}"
            where Forbidden.Any(name.StartsWith) && !Allowed.Any(name.StartsWith)
            select name;

        Assert.Empty(members);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Only_the_compiler_and_the_framework_are_referenced(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var others = metadata.AssemblyReferences
            .Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))
            .Where(name => name is not ("netstandard" or "ContextAnalyzers") && !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

        Assert.Empty(others);
    }
}
