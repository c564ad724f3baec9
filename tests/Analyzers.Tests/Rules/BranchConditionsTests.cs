using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>A value that is set under a condition, and reset under what is the same condition, or is not.</summary>
public class BranchConditionsTests
{
    [Theory]
    [InlineData("flag", "flag")]
    [InlineData("!flag", "!(flag)")]
    [InlineData("_flag", "this._flag")]
    [InlineData("text == null", "text is null")]
    [InlineData("text != null", "text is not null")]
    [InlineData("text is not null", "!(text is null)")]
    [InlineData("text == \"a\"", "text is \"a\"")]
    [InlineData("null == text", "text == null")]
    [InlineData("flag == other._flag", "other._flag == flag")]
    [InlineData("text?.Length > 0", "text?.Length > 0")]
    [InlineData("n > 1", "n > 1")]
    [InlineData("text is null or \"\"", "text is null or \"\"")]
    [InlineData("maybe == true", "maybe == true")]
    [InlineData("!string.IsNullOrEmpty(text)", "!string.IsNullOrEmpty(text)")]
    [InlineData("text.StartsWith('a')", "text.StartsWith('a')")]
    public Task Same_condition_is_silent(string set, string reset) => Verify.Silent(Source("Trace.Set(\"a\")", set, "", reset));

    [Theory]
    [InlineData("flag", "", "other._flag")]
    [InlineData("_flag", "", "other._flag")]
    [InlineData("flag", "flag = other._flag;", "flag")]
    [InlineData("text == null", "text = Load();", "text is null")]
    [InlineData("!string.IsNullOrEmpty(text)", "text = Load();", "!string.IsNullOrEmpty(text)")]
    [InlineData("!string.IsNullOrEmpty(text)", "", "!string.IsNullOrWhiteSpace(text)")]
    [InlineData("Load() == \"a\"", "", "Load() == \"a\"")]
    [InlineData("Load() != \"a\"", "", "Load() != \"a\"")]
    [InlineData("Load() is null", "", "Load() is null")]
    [InlineData("Load() is not null", "", "Load() is not null")]
    [InlineData("n > 1", "n++;", "n > 1")]
    [InlineData("n > 1", "int.TryParse(text, out n);", "n > 1")]
    [InlineData("n > 1 && flag", "flag = n == 1;", "n > 1 && flag")]
    [InlineData("_flag", "flag = true;", "_flag && flag == other._flag")]
    public Task Other_condition_is_found(string set, string between, string reset) => Verify.Finds(Source("[|Trace.Set(\"a\")|]", set, between, reset));

    [Fact]
    public Task Flag_that_is_set_before_the_value_is_silent() => Verify.Silent(Class("""
        private bool _isSet;

        void Before(bool condition)
        {
            var isSet = false;
            Token<string> token = default;
            if (condition)
            {
                isSet = true;
                token = Trace.Set("a");
            }

            try { Work(); } finally { if (isSet) Trace.Reset(token); }
        }

        void InAField(bool condition)
        {
            this._isSet = false;
            Token<string> token = default;
            if (condition)
            {
                this._isSet = true;
                token = Trace.Set("a");
            }

            try { Work(); } finally { if (_isSet) Trace.Reset(token); }
            if (_isSet) Work();
        }

        void Done()
        {
            var done = false;
            var token = Trace.Set("a");
            try
            {
                Work();
                Trace.Reset(token);
                done = true;
            }
            finally { if (!done) Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Flag_that_has_changed_before_the_value_is_set_is_found() => Verify.Finds(Class("""
        private bool _isSet;

        void InTheSameBlock(bool condition)
        {
            if (condition)
            {
                condition = Load().Length > 1;
                var token = [|Trace.Set("a")|];
                try { Work(); } finally { if (condition) Trace.Reset(token); }
            }
        }

        void InAFinally()
        {
            var isSet = true;
            try { Work(); } finally { isSet = Load().Length > 1; }
            var token = [|Trace.Set("a")|];
            try { Work(); } finally { if (isSet) Trace.Reset(token); }
        }

        void OfAnother(C other)
        {
            var token = [|Trace.Set("a")|];
            other._isSet = true;
            if (_isSet) Trace.Reset(token);
        }

        void AsALocalOfTheSameName()
        {
            var _isSet = true;
            var token = [|Trace.Set("a")|];
            if (this._isSet) Trace.Reset(token);
            if (_isSet && this._isSet) Log("a");
        }
        """));

    private static string Source(string set, string condition, string between, string reset) => Class($$"""
        private bool _flag;

        void M(bool flag, bool? maybe, string? text, int n, C other)
        {
            Token<string> token = default;
            if ({{condition}})
                token = {{set}};

            {{between}}
            try { Work(); } finally { if ({{reset}}) Trace.Reset(token); }
        }
        """);
}
