namespace ContextAnalyzers.Package.Tests;

/// <summary>The one property that chooses how strict the rules are.</summary>
public sealed class PresetTests(LocalFeed feed)
{
    private const string Leak = """
        class Orders
        {
            static string? s_user;

            async Task<string?> PlaceAsync(string user)
            {
                s_user = user;
                await Task.Yield();
                return s_user;
            }
        }
        """;

    [Fact]
    public async Task Default_is_what_each_rule_says() =>
        Assert.Contains("warning CTX001", await Project("<ContextAnalyzersMode>default</ContextAnalyzersMode>").Run("build", "--nologo"), StringComparison.Ordinal);

    [Fact]
    public async Task Strict_makes_an_error_of_a_warning()
    {
        (int exitCode, string output) = await Project("<ContextAnalyzersMode>Strict</ContextAnalyzersMode>").TryRun("build", "--nologo");

        Assert.Equal(1, exitCode);
        Assert.Contains("error CTX001", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Off_reports_nothing() =>
        Assert.Empty(await Project("<ContextAnalyzersMode>Off</ContextAnalyzersMode>").Build());

    [Theory]
    [InlineData(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.CTX001.severity = warning\n")]
    [InlineData(".globalconfig", "is_global = true\ndotnet_diagnostic.CTX001.severity = warning\n")]
    public async Task Own_configuration_comes_before_the_preset(string name, string text)
    {
        Consumer consumer = Project("<ContextAnalyzersMode>Strict</ContextAnalyzersMode>").WithFile(name, text);

        Assert.Equal(["CTX001 Orders.cs: s_user = user;"], await consumer.Build());
    }

    [Fact]
    public async Task Unknown_mode_is_an_error_that_names_the_three()
    {
        (int exitCode, string output) = await Project("<ContextAnalyzersMode>Relaxed</ContextAnalyzersMode>").TryRun("build", "--nologo");

        Assert.Equal(1, exitCode);
        Assert.Contains("ContextAnalyzersMode is 'Relaxed'. It can be Default, Strict or Off.", output, StringComparison.Ordinal);
    }

    private Consumer Project(string properties) => new Consumer(feed).WithProject(properties: properties).WithFile("Orders.cs", Leak);
}
