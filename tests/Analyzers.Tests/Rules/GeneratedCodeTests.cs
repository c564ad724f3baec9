using Microsoft.CodeAnalysis;
using ContextAnalyzers.Tests.Robustness;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>What a tool has made nobody can change. The compiler leaves out its files, and each test of a rule asks for that; here it stands beside other code.</summary>
public class GeneratedCodeTests
{
    private const string Members = """
        [ThreadStatic] static string? t_user;
        [ThreadStatic] static AsyncLocal<int>? t_flow;
        static string? s_user;
        static readonly ContextVar<string> Trace = new("trace");
        readonly ContextVar<string> _trace = new("trace");
        public static string? User { get => t_user; set => t_user = value; }
        static async Task RunAsync(string user) { s_user = t_user = user; await Task.Yield(); Use(s_user + t_user); }
        static void Leak(string user) { Trace.Set(user); }
        static Task<Token<string>> ReturnAsync(string user) => Task.Run(() => { var token = Trace.Set(user); Trace.Reset(token); Trace.Reset(token); return token; });
        static void Elsewhere(Token<string> token) => Task.Run(() => Trace.Reset(token));
        static readonly AsyncLocal<List<int>> Numbers = new();
        static void Add() => Numbers.Value!.Add(1);
        static void Use(object? value) { }
        """;

    private static readonly string[] Found = ["CTX001", "CTX003", "CTX006", "CTX007", "CTX101", "CTX105", "CTX106", "CTX201", "CTX202"];

    private static string In(string type) =>
        $$"""
        #nullable enable
        using System;
        using System.CodeDom.Compiler;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;

        {{type}}

        namespace Mine { class GeneratedCodeAttribute : Attribute { } }
        """;

    private static async Task<string[]> FindAsync(string type) => [.. (await AllRules.FindAsync(In(type))).Select(finding => finding.Id).Distinct().Order()];

    [Theory]
    [InlineData("class C { $ }")]
    [InlineData("[Mine.GeneratedCode] class C { $ }")]
    [InlineData("class C { $ } [GeneratedCode(\"tool\", \"1\")] class Other { }")]
    [InlineData("class C { [GeneratedCode(\"tool\", \"1\")] class Inner { } $ }")]
    [InlineData("class C {\n#line hidden\n#line default\n$ }")]
    [InlineData("class C {\n#line 1 \"C.tt\"\n$ }")]
    public async Task Code_beside_what_a_tool_has_made_is_looked_at(string type) => Assert.Equal(Found, await FindAsync(type.Replace("$", Members)));

    [Theory]
    [InlineData("[GeneratedCode(\"tool\", \"1\")] class C { $ }")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCodeAttribute(\"tool\", \"1\")] class C { $ }")]
    [InlineData("[GeneratedCode(\"tool\", \"1\")] class Outer { class C { $ } }")]
    [InlineData("partial class C { $ } [GeneratedCode(\"tool\", \"1\")] partial class C { }")]
    [InlineData("class C {\n#line hidden\n$\n#line default\n }")]
    public async Task What_a_tool_has_made_is_not_looked_at(string type) => Assert.Empty(await FindAsync(type.Replace("$", Members)));

    /// <summary>Each member by itself; of the fields that the finding is about nothing is said.</summary>
    [Theory]
    [InlineData("static async Task RunAsync(string user) { s_user = user; await Task.Yield(); Use(s_user); }", "CTX001")]
    [InlineData("static void Leak(string user) => Trace.Set(user);", "CTX101")]
    [InlineData("static int Leak { get { Trace.Set(\"a\"); return 1; } }", "CTX101")]
    [InlineData("readonly ContextVar<string> _trace = new(\"trace\");", "CTX201")]
    [InlineData("ContextVar<string> Other { get; } = new(\"trace\");", "CTX201")]
    [InlineData("[ThreadStatic] static AsyncLocal<int>? t_flow;", "CTX006")]
    public async Task Attribute_of_a_member_counts_for_it_alone(string member, string rule)
    {
        const string shared = "static string? s_user; static readonly ContextVar<string> Trace = new(\"trace\"); static void Use(object? value) { }";

        Assert.Equal([rule], await FindAsync($"class C {{ {shared} {member} }}"));
        Assert.Empty(await FindAsync($"class C {{ {shared} [GeneratedCode(\"tool\", \"1\")] {member} }}"));
    }
}
