using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticOnFlowVariableAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class ThreadStaticOnFlowVariableTests
{
    [Theory]
    [InlineData("[ThreadStatic] static AsyncLocal<int>? [|s_value|];")]
    [InlineData("[ThreadStatic] static readonly AsyncLocal<int> [|s_value|] = new();")]
    [InlineData("[ThreadStatic] static ThreadLocal<int>? [|s_value|];")]
    [InlineData("[ThreadStatic] static ContextVars.ContextVar<int>? [|s_value|];")]
    [InlineData("[ThreadStaticAttribute] static AsyncLocal<int>? [|s_value|];")]
    [InlineData("[Bound] static AsyncLocal<int>? [|s_value|];")]
    [InlineData("[Obsolete] [System.ThreadStatic] static AsyncLocal<int>? [|s_value|], [|s_other|];")]
    [InlineData("[field: ThreadStatic] static AsyncLocal<int>? [|Value|] { get; set; }")]
    public Task Flow_variable_with_ThreadStatic_is_found(string member) => Verify.Finds(In(member));

    [Theory]
    [InlineData("[ThreadStatic] static int s_value;")]
    [InlineData("static readonly AsyncLocal<int> s_value = new();")]
    [InlineData("[ThreadStatic] readonly AsyncLocal<int> _value = new();")] // of no meaning on an instance field
    [InlineData("[Mine] static AsyncLocal<int>? s_value;")]
    [InlineData("[ThreadStatic] static Other.AsyncLocal<int>? s_value;")]
    public Task Other_fields_are_silent(string member) => Verify.Silent(In(member));

    [Fact]
    public Task Attribute_may_have_another_name_in_all_files() => Verify.Finds(
        "class C { [Bound] static System.Threading.AsyncLocal<int>? [|s_value|]; }",
        "global using Bound = System.ThreadStaticAttribute;");

    private static string In(string member) =>
        $$"""
        using System;
        using System.Threading;
        using Bound = System.ThreadStaticAttribute;
        class MineAttribute : ThreadStaticAttribute { }
        class C { {{member}} }
        namespace Other { class AsyncLocal<T> { } }
        """;
}
