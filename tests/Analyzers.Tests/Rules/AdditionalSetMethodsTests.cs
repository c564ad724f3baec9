using static ContextAnalyzers.Tests.Rules.TokenSource;
using Leaks = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using Misused = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.TokenMisusedAnalyzer, ContextAnalyzers.CodeFixes.TokenMisusedCodeFix>;
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

    [Fact]
    public Task Disposable_that_is_handed_on_is_silent() => Verify.FindsWith(Option, Class("""
        IDisposable _scope;

        static IDisposable Returned() => LogContext.PushProperty("a", 1);
        static void Collected(List<IDisposable> all) => all.Add(LogContext.PushProperty("a", 1));
        void Begin() => _scope = LogContext.PushProperty("a", 1);
        void End() => _scope.Dispose();
        static async Task Awaits() { using (LogContext.PushProperty("a", 1)) await WorkAsync(); }
        static void Maybe(ILog log) { var scope = log?.BeginScope(1); try { Work(); } finally { scope?.Dispose(); } }
        """) + Library);

    [Fact]
    public Task Other_overloads_and_namesakes_are_silent() => Verify.FindsWith(
        "dotnet_code_quality.CTX101.additional_set_methods = M:LogContext.PushProperty(System.String,System.Object)",
        Class("""
            static class Other { public static IDisposable PushProperty(string name, object value) => new MemoryStream(); }

            void M(ILog log)
            {
                [|LogContext.PushProperty("a", 1)|];
                Other.PushProperty("a", 1);
                log.BeginScope(1);
                log.BeginScope("a");
            }
            """) + Library);

    [Fact]
    public Task Disposing_twice_or_in_any_order_is_silent() => Misused.FindsWith(Option, Class("""
        void M(ILog log)
        {
            var outer = LogContext.PushProperty("a", 1);
            var inner = LogContext.PushProperty("b", 1);
            try { Work(); }
            finally
            {
                outer.Dispose();
                inner.Dispose();
                inner.Dispose();
            }

            LogContext.PushProperty("c", 1).Dispose();
            Work();
        }
        """) + Library);

    [Fact]
    public Task Methods_count_in_a_file_that_names_no_token() => Verify.FindsWith(
        "dotnet_code_quality.CTX101.additional_set_methods = M:LogContext.PushProperty(System.String,System.Object)",
        """
        using System;
        using System.IO;

        class C
        {
            void M() => [|LogContext.PushProperty("a", 1)|];
            void N() { using (LogContext.PushProperty("a", 1)) Console.WriteLine(); }
        }
        """ + Library);

    [Fact]
    public Task Methods_count_in_a_project_that_has_no_tokens() => Verify.FindsWithoutLibrary(
        Option,
        """
        using System;
        using System.IO;

        class C
        {
            void M() => [|LogContext.PushProperty("a", 1)|];
            void N() { using (LogContext.PushProperty("a", 1)) Console.WriteLine(); }
        }
        """ + Library);
}
