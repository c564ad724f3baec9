namespace ContextAnalyzers.Package.Tests;

/// <summary>The ways to reset a token that we recommend please the analyzers that others wrote, too.</summary>
public sealed class OtherAnalyzersTests(LocalFeed feed)
{
    private const string Scopes = """
        using ContextVars;

        namespace Shop;

        public static class Requests
        {
            private static readonly ContextVar<string> Trace = new("trace", "");

            public static async Task InFinally(Func<Task> next)
            {
                ArgumentNullException.ThrowIfNull(next);
                var token = Trace.Set("a");
                try
                {
                    await next();
                }
                finally
                {
                    Trace.Reset(token);
                }
            }

            public static async Task InUsing(Func<Task> next)
            {
                ArgumentNullException.ThrowIfNull(next);
                using var _ = Trace.Set("a");
                await next();
            }

            public static void InBlock(Action next)
            {
                ArgumentNullException.ThrowIfNull(next);
                using (Trace.Set("a"))
                {
                    next();
                }
            }

            public static void UnderCondition(bool condition, Action next)
            {
                ArgumentNullException.ThrowIfNull(next);
                Token<string> token = default;
                try
                {
                    if (condition)
                    {
                        token = Trace.Set("a");
                    }

                    next();
                }
                finally
                {
                    token.Dispose();
                }
            }
        }

        public sealed class TraceScope(string value) : IDisposable
        {
            private static readonly ContextVar<string> Trace = new("trace", "");
            private readonly Token<string> _token = Trace.Set(value);

            public void Dispose() => Trace.Reset(_token);
        }
        """;

    [Fact]
    public async Task Scopes_please_IDisposableAnalyzers_the_SDK_and_the_code_style()
    {
        var consumer = new Consumer(feed)
            .WithProject(
                """
                <PackageReference Include="ContextAnalyzers" Version="*" />
                <PackageReference Include="IDisposableAnalyzers" Version="4.0.8" PrivateAssets="all" />
                """,
                "<AnalysisLevel>latest-recommended</AnalysisLevel><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>")
            .WithFile(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.CA2000.severity = warning\ndotnet_diagnostic.CA2213.severity = warning\n")
            .WithFile("Scopes.cs", Scopes);

        Assert.Empty(await consumer.Build());
    }
}
