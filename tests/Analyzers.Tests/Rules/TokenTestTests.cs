using ResetNotOnEveryPath = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using SetWithoutReset = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetWithoutResetAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>Conditions before a reset that ask whether there is a token to reset.</summary>
public class TokenTestTests
{
    [Theory]
    [InlineData("if (token != default) Trace.Reset(token);")]
    [InlineData("if (default != token) Trace.Reset(token);")]
    [InlineData("if (token == default(Token<string>)) Work(); else Trace.Reset(token);")]
    [InlineData("if (token.Variable != null) Trace.Reset(token);")]
    [InlineData("if (token.Variable is not null) Trace.Reset(token);")]
    [InlineData("if (token is { Variable: not null }) Trace.Reset(token);")]
    [InlineData("token.Variable?.Reset(token);")]
    [InlineData("if (!token.IsUsed) Trace.Reset(token);")]
    [InlineData("if (token.IsUsed) return; Trace.Reset(token);", false)]
    public Task Token_that_may_not_have_been_made_is_reset(string reset, bool isFinally = true) => Silent(Method($$"""
        Token<string> token = default;
        try
        {
            token = Trace.Set("a");
            Work{{(isFinally ? "" : "Safely")}}();
        }
        {{(isFinally ? "finally" : "catch (IOException) { }")}}
        {
            {{reset}}
        }
        """.Replace("WorkSafely();", "")));

    [Theory]
    [InlineData("if (token != null) Trace.Reset(token.Value);")]
    [InlineData("if (null != token) Trace.Reset(token.Value);")]
    [InlineData("if (token != default) token.Value.Dispose();")]
    [InlineData("if (!(token is null)) Trace.Reset(token.Value);")]
    [InlineData("if (token.HasValue) Trace.Reset(token.GetValueOrDefault());")]
    [InlineData("if (!token.HasValue) Work(); else Trace.Reset((Token<string>)token);")]
    [InlineData("if (token is Token<string> made) Trace.Reset(made);")]
    [InlineData("if (token is Token<string> made && made != default) Trace.Reset(made);")]
    [InlineData("if (token is not null and var made) Trace.Reset(made.Value);")]
    [InlineData("if (token is var made) Trace.Reset(made!.Value);")]
    [InlineData("switch (token) { case { } made: Trace.Reset(made); break; }")]
    [InlineData("switch (token) { case null: break; case Token<string> made when made.Variable != null: Trace.Reset(made); break; }")]
    public Task Nullable_token_is_reset(string reset) => Silent(Method($$"""
        Token<string>? token = Trace.Set("a");
        try { Work(); } finally { {{reset}} }
        """));

    [Theory]
    [InlineData("if (token.Variable == User) Trace.Reset(token);")]
    [InlineData("if (token == other) Trace.Reset(token);")]
    [InlineData("if (other != default) Trace.Reset(token);")]
    [InlineData("if (!other.IsUsed) Trace.Reset(token);")]
    [InlineData("if (other.Variable is not null) Trace.Reset(token);")]
    [InlineData("if (other is { IsUsed: false }) Trace.Reset(token);")]
    public Task Condition_about_something_else_is_found(string reset) => ResetNotOnEveryPath.Finds(Class($$"""
        void M(Token<string> other)
        {
            var token = [|Trace.Set("a")|];
            try { Work(); } finally { {{reset}} }
        }
        """));

    [Fact]
    public Task Condition_that_is_true_without_a_token_only_is_found() => SetWithoutReset.Finds(Method("""
        var first = [|Trace.Set("a")|];
        try { Work(); } finally { if (first == default) Trace.Reset(first); }

        var second = [|Trace.Set("a")|];
        try { Work(); } finally { if (second.IsUsed) Trace.Reset(second); }

        Token<string>? third = [|Trace.Set("a")|];
        try { Work(); } finally { if (third is null) Trace.Reset(third!.Value); }
        """));

    [Fact]
    public Task Function_that_asks_before_it_resets_is_silent() => SetWithoutReset.Silent(Class("""
        void M()
        {
            Token<string>? token = Trace.Set("a");
            try { Work(); } finally { Undo(); }

            void Undo() { if (token is { } made) Trace.Reset(made); }
        }

        void N()
        {
            Token<string>? token = Trace.Set("a");
            Action undo = () => token?.Dispose();
            try { Work(); } finally { undo(); }
        }

        void O()
        {
            var token = Trace.Set("a");
            try { Work(); } finally { Undo(); }

            void Undo() { var copy = token; Trace.Reset(copy); }
        }
        """));

    [Fact]
    public Task Function_that_only_asks_is_found() => SetWithoutReset.Finds(Class("""
        void M()
        {
            Token<string>? token = [|Trace.Set("a")|];
            try { Work(); } finally { Ask(); }

            void Ask() { if (token is { }) Work(); }
        }
        """));

    private static Task Silent(string source) => Task.WhenAll(ResetNotOnEveryPath.Silent(source), SetWithoutReset.Silent(source));
}
