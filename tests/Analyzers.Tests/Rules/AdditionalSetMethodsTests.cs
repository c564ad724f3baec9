using static ContextAnalyzers.Tests.Rules.TokenSource;
using Leaks = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetWithoutResetAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>Methods of other libraries that users name, because what they return must be disposed of on every path.</summary>
public class AdditionalSetMethodsTests
{
    private const string Option =
        "dotnet_code_quality.CTX101.additional_set_methods = M:LogContext.PushProperty(System.String,System.Object) | M:ILog.BeginScope``1(``0) | M:LogExtensions.BeginScope(ILog,System.String)";

    private const string Library =
        """

        static class LogContext
        {
            public static IDisposable PushProperty(string name, object value) => new MemoryStream();
            public static IDisposable PushOther(string name) => new MemoryStream();
        }

        interface ILog { IDisposable BeginScope<T>(T state); }

        static class LogExtensions
        {
            public static IDisposable BeginScope(this ILog log, string format) => log.BeginScope<string>(format);
        }
        """;

    [Fact]
    public Task Disposable_that_is_dropped_is_found() => Verify.FindsWith(Option, Class("""
        void M(ILog log)
        {
            [|LogContext.PushProperty("a", 1)|];
            [|log.BeginScope(1)|];
            [|log.BeginScope("a")|];
            LogContext.PushOther("a");
        }
        """) + Library);

    [Fact]
    public Task Disposable_that_is_disposed_of_is_silent() => Verify.FindsWith(Option, Class("""
        void M(ILog log)
        {
            using (LogContext.PushProperty("a", 1)) Work();
            using var scope = log.BeginScope(1);
            var last = log.BeginScope("a");
            try { Work(); } finally { last.Dispose(); }
        }
        """) + Library);

    [Fact]
    public Task Disposable_that_an_exception_leaves_is_found() => Leaks.FindsWith(Option, Class("""
        void M()
        {
            var scope = [|LogContext.PushProperty("a", 1)|];
            Work();
            scope.Dispose();
        }
        """) + Library);

    [Fact]
    public Task Methods_that_nobody_names_are_silent() => Verify.Silent(Class("""
        void M() => LogContext.PushProperty("a", 1);
        """) + Library);

    [Theory]
    [InlineData("")]
    [InlineData("M:Missing.Method")]
    [InlineData("|| M: | nonsense")]
    public Task Names_that_mean_nothing_are_no_reason_to_fail(string ids) => Verify.FindsWith(
        $"dotnet_code_quality.CTX101.additional_set_methods = {ids}", Class("""void M() => [|Trace.Set("a")|];"""));

    [Fact]
    public Task Disposable_gets_a_finally() => Verify.FixesWith(
        Option,
        Class("""
            void M()
            {
                [|LogContext.PushProperty("a", 1)|];
                Work();
            }
            """) + Library,
        Class("""
            void M()
            {
                var token = LogContext.PushProperty("a", 1);
                try
                {
                    Work();
                }
                finally
                {
                    token.Dispose();
                }
            }
            """) + Library);
}
