namespace ContextAnalyzers.Package.Tests;

/// <summary>Projects that take the packages as projects do.</summary>
public sealed class ConsumerTests(LocalFeed feed)
{
    private const string Leak = """
        namespace Shop;

        public class Orders
        {
            private static string? s_user;

            public async System.Threading.Tasks.Task<string?> PlaceAsync(string user)
            {
                s_user = user;
                await System.Threading.Tasks.Task.Yield();
                return s_user;
            }
        }
        """;

    private const string Found = "CTX001 Orders.cs: s_user = user;";

    private const string UseOfTheLibrary = """
        namespace Shop;

        public static class Current
        {
            public static readonly ContextVars.ContextVar<string> User = new("user", "nobody");
        }
        """;

    [Fact]
    public async Task Package_alone_brings_warnings_and_library()
    {
        Consumer consumer = new Consumer(feed).WithProject().WithFile("Orders.cs", Leak).WithFile("Current.cs", UseOfTheLibrary);

        Assert.Equal([Found], await consumer.Build());
    }

    [Fact]
    public async Task Application_runs_with_what_a_library_took_in()
    {
        Consumer library = new Consumer(feed, "Library").WithProject().WithFile("Current.cs", UseOfTheLibrary);
        Consumer app = new Consumer(feed, "App")
            .WithProject(items: $"""<ProjectReference Include="{library.Directory}/Library.csproj" />""", properties: "<OutputType>Exe</OutputType>")
            .WithFile("Program.cs", "Console.WriteLine(Shop.Current.User.Get());");

        Assert.Equal("nobody", (await app.Run("run")).Trim());
    }

    [Fact]
    public async Task Application_is_analyzed_with_a_library_that_took_the_package_in()
    {
        Consumer library = new Consumer(feed, "Library").WithProject();
        Consumer app = AppOver(library);

        Assert.Equal([Found], await app.Build());
        Assert.Empty(await app.Build("-p:ContextAnalyzersMode=Off"));
    }

    [Fact]
    public async Task Application_is_not_analyzed_with_a_library_that_kept_the_package_private()
    {
        Consumer library = new Consumer(feed, "Library")
            .WithProject(items: """<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="all" />""");

        Assert.Empty(await AppOver(library).Build());
    }

    [Fact]
    public async Task Private_package_warns_as_well()
    {
        Consumer consumer = new Consumer(feed)
            .WithProject(items: """<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="all" />""")
            .WithFile("Orders.cs", Leak);

        Assert.Equal([Found], await consumer.Build());
    }

    [Theory]
    [InlineData("AsyncLocal<string?> s_user = new();", """<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="All" />""")]
    [InlineData("ContextVar<string?> s_user = new(\"user\", default);", """<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="All" /><PackageReference Include="ContextVars" Version="*" />""")]
    public async Task Private_package_is_repaired_without_the_library_unless_that_is_referenced_too(string declaration, string items)
    {
        Consumer consumer = new Consumer(feed).WithProject(items).WithFile("Orders.cs", Leak);

        await consumer.Run("format", "analyzers");

        Assert.Contains($"static readonly {declaration}", await File.ReadAllTextAsync(Path.Combine(consumer.Directory, "Orders.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(await consumer.Build());
    }

    [Fact]
    public async Task Private_package_says_at_pack_that_the_library_would_be_missing()
    {
        Consumer consumer = new Consumer(feed)
            .WithProject(items: """<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="all" />""")
            .WithFile("Current.cs", UseOfTheLibrary);

        Assert.Contains("CTXPKG02", Consumer.Findings(await consumer.Run("pack")));
    }

    [Theory]
    [InlineData("""<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="all" />""", "class Nothing;")]
    [InlineData("""<PackageReference Include="ContextAnalyzers" Version="*" />""", UseOfTheLibrary)]
    [InlineData("""<PackageReference Include="ContextAnalyzers" Version="*" PrivateAssets="all" /><PackageReference Include="ContextVars" Version="*" />""", UseOfTheLibrary)]
    public async Task Pack_says_nothing_where_nothing_is_missing(string items, string source)
    {
        Consumer consumer = new Consumer(feed).WithProject(items).WithFile("Source.cs", source);

        Assert.Empty(Consumer.Findings(await consumer.Run("pack")));
    }

    [Fact]
    public async Task Central_package_management_gives_the_version()
    {
        Consumer consumer = new Consumer(feed)
            .WithProject(items: """<PackageReference Include="ContextAnalyzers" />""")
            .WithFile("Directory.Packages.props", """
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                    <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
                    <CentralPackageFloatingVersionsEnabled>true</CentralPackageFloatingVersionsEnabled>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="ContextAnalyzers" Version="*" />
                  </ItemGroup>
                </Project>
                """)
            .WithFile("Orders.cs", Leak)
            .WithFile("Current.cs", UseOfTheLibrary);

        Assert.Equal([Found], await consumer.Build());
    }

    /// <summary>Central package management for all projects at once. It makes the package private, and hides the library from the compiler.</summary>
    [Fact]
    public async Task Global_package_reference_warns_is_configured_and_is_repaired_without_the_library()
    {
        Consumer consumer = new Consumer(feed)
            .WithProject(items: "")
            .WithFile("Directory.Packages.props", """
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                    <CentralPackageFloatingVersionsEnabled>true</CentralPackageFloatingVersionsEnabled>
                  </PropertyGroup>
                  <ItemGroup>
                    <GlobalPackageReference Include="ContextAnalyzers" Version="*" />
                  </ItemGroup>
                </Project>
                """)
            .WithFile("Orders.cs", Leak);

        Assert.Equal([Found], await consumer.Build());
        Assert.Empty(await consumer.Build("-p:ContextAnalyzersMode=Off"));
        await consumer.Run("format", "analyzers");

        Assert.Contains("static readonly AsyncLocal<string?> s_user = new();", await File.ReadAllTextAsync(Path.Combine(consumer.Directory, "Orders.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(await consumer.Build());
    }

    [Fact]
    public async Task Every_target_framework_compiles_with_the_library_and_is_analyzed()
    {
        Consumer consumer = new Consumer(feed)
            .WithProject(
                properties: "<TargetFramework /><TargetFrameworks>net10.0;net8.0;netstandard2.0;net48;net462</TargetFrameworks><LangVersion>latest</LangVersion><ImplicitUsings>disable</ImplicitUsings>",
                items: """
                <PackageReference Include="ContextAnalyzers" Version="*" />
                <PackageReference Include="Microsoft.NETFramework.ReferenceAssemblies" Version="1.0.3" PrivateAssets="all" />
                """)
            .WithFile("Orders.cs", Leak)
            .WithFile("Current.cs", UseOfTheLibrary);

        string output = await consumer.Run("build", "--nologo");

        Assert.Equal([Found], Consumer.Findings(output));
        Assert.All(
            new[] { "net10.0", "net8.0", "netstandard2.0", "net48", "net462" },
            framework => Assert.Contains($"TargetFramework={framework}]", output, StringComparison.Ordinal));
    }

    private Consumer AppOver(Consumer library) => new Consumer(feed, "App")
        .WithProject(items: $"""<ProjectReference Include="{library.Directory}/Library.csproj" />""")
        .WithFile("Orders.cs", Leak);
}
