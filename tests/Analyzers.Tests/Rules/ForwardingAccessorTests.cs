using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyLocal = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadLocalCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyStatic = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.StaticFieldHoldsFlowStateAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using VerifyWrites = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.UnsynchronizedStaticWriteAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>Accessors that only hand on a field are told by their shape. What nearly does so is looked at as ever.</summary>
public class ForwardingAccessorTests
{
    private static string In(string members, string statements) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        class Outer
        {
            [ThreadStatic] protected static string? t_outer;
            protected class Base
            {
                [ThreadStatic] protected static string? t_inherited;
                [ThreadStatic] private static string? t_hidden;
            }

            class C : Base
            {
                [ThreadStatic] static string? t_user;
                static string? s_user;
                string? _user;
                const string Constant = "a";
                static readonly ThreadLocal<string?> s_local = new();
                readonly ThreadLocal<string?> _local = new();
                static readonly Lazy<string> s_lazy = new(() => t_user = "a");
                class Box { public string? Value { get => t_user; set => t_user = value; } }
                static readonly Box s_box = new();
                static Box Current => s_box;
                static string? Direct { get => t_user; set => t_user = value; }
                static string? Keep(string? value) => t_user = value;
                {{members}}
                async Task Run(string user, CancellationToken token) { {{statements}} await Task.Yield(); }
            }
        }
        """;

    [Theory]
    [InlineData("static string? User { set => t_user = value; }")]
    [InlineData("static string? User { set { t_user = value; } }")]
    [InlineData("static string? User { set => t_user = value + \"x\"; }")]
    [InlineData("static string? User { set { t_user = value?.Trim(); } }")]
    [InlineData("static string? User { set => C.t_user = value; }")]
    [InlineData("static string? User { set => t_user += value; }")]
    [InlineData("static string? User { set => Direct = value; }")]
    [InlineData("static string? User { set => Keep(value); }")]
    [InlineData("static string? User { set => Current.Value = value; }")]
    [InlineData("static string? User { set => t_inherited = value; }")]
    [InlineData("static string? User { set => t_outer = value; }")]
    [InlineData("string? User { set { _user = value; t_user = value; } }")]
    [InlineData("string? User { set => _user = t_user = value; }")]
    [InlineData("string? User { set => _user = Keep(value); }")]
    [InlineData("string? User { set { if (value != null) t_user = value; } }")]
    public Task Setter_that_leads_to_the_state_is_found(string member) => Verify.Finds(In(member, "[|User|] = user;"));

    [Theory]
    [InlineData("static string? User { get => t_user; }")]
    [InlineData("static string? User { get { return t_user; } }")]
    [InlineData("static string? User => t_user;")]
    [InlineData("static string? User => Direct;")]
    [InlineData("static string? User => Keep(\"a\");")]
    [InlineData("static string? User => t_user + Constant;")]
    [InlineData("static string? User => t_inherited;")]
    [InlineData("static string? User => t_outer;")]
    [InlineData("static string? User => s_box.Value;")]
    [InlineData("static string? User { get { var user = t_user; return user; } }")]
    public Task Getter_that_leads_to_the_state_is_found(string member) => Verify.Finds(In(member, "await Task.Yield(); _ = [|User|];"));

    [Theory]
    [InlineData("string? User { set => _user = value; }")]
    [InlineData("static string? User { set => s_user = value; }")]
    [InlineData("string? User { set => _local.ToString(); }")]
    [InlineData("new static string? t_inherited; static string? User { set => t_inherited = value; }")]
    [InlineData("static string? t_hidden; static string? User { set => t_hidden = value; }")]
    public Task Setter_that_leads_elsewhere_is_silent(string member) => Verify.Silent(In(member, "User = user;"));

    [Theory]
    [InlineData("static string? User { set => s_local.Value = value; }")]
    [InlineData("static string? User { set => s_local.Value = value + \"x\"; }")]
    [InlineData("static string? User { set { s_local.Value = value; } }")]
    [InlineData("string? User { set => _local.Value = value; }")]
    [InlineData("string? User { set => this._local.Value = value; }")]
    public Task Setter_of_a_ThreadLocal_is_found(string member) => VerifyLocal.Finds(In(member, "[|User|] = user;"));

    [Theory]
    [InlineData("string? this[string t_user] { get => null; set => t_user = value; }")]
    [InlineData("string? this[string s_user] { get => s_user; set { } }")]
    public Task Indexer_with_a_parameter_named_like_a_field_is_silent(string member) => Verify.Silent(In(member, "this[user] = this[user];"));

    [Theory]
    [InlineData("string? this[string t_user] { get => t_user; }", "_ = this[user];")]
    [InlineData("string? this[string t_user] { get { return t_user; } }", "_ = this[user];")]
    [InlineData("string? this[string t_user] => t_user;", "_ = this[user];")]
    [InlineData("string? this[string key] => t_user;", "_ = [|this[user]|];")]
    [InlineData("string? this[string key] { get { return t_user; } }", "_ = [|this[user]|];")]
    public Task Indexer_that_is_read_after_an_await_is_found_where_it_reads_the_state(string member, string read) => Verify.Finds(In(member, $"await Task.Yield(); {read}"));

    [Fact]
    public Task Indexer_that_leads_to_the_state_is_found() => Verify.Finds(In("string? this[string key] { set => t_user = value; }", "[|this[user]|] = user;"));

    [Fact]
    public Task Setter_that_adds_to_a_static_is_found() => VerifyWrites.Finds(In("static string? User { get => s_user; set => s_user += value; }", "await Task.Yield(); [|User|] = user;"));

    /// <summary>A cancellation token is nobody's state, wherever it comes from; what else comes from there is the caller's.</summary>
    [Theory]
    [InlineData("set => s_kept = value;")]
    [InlineData("set { s_kept = value; }")]
    [InlineData("set { s_kept = value; _ = value.ToString(); }")]
    public async Task Setter_of_a_cancellation_token_is_silent(string setter)
    {
        string Kept(string type, string statement) => In($"static {type} s_kept = default!; static {type} Kept {{ {setter} }} async Task Handle(CancellationTokenSource source) {{ {statement} await Task.Yield(); }}", "");

        await VerifyStatic.Silent(Kept("CancellationToken", "Kept = source.Token;"));
        await VerifyStatic.Finds(Kept("WaitHandle", "[|Kept|] = source.Token.WaitHandle;"));
    }

    [Theory]
    [InlineData("set => s_kept = value;")]
    [InlineData("set { s_kept = value; }")]
    public async Task Setter_that_is_given_a_cancellation_token_as_an_object_is_silent(string setter)
    {
        var members = $"static object? s_kept; static object? Kept {{ {setter} }}";

        await VerifyStatic.Silent(In(members, "Kept = token;"));
        await VerifyStatic.Finds(In(members, "[|Kept|] = user;"));
    }
}
