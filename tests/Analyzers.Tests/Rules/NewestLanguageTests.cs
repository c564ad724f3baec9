#if NEWEST_COMPILER
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.StaticFieldHoldsFlowStateAnalyzer, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;
using VerifyAmbient = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.AmbientStateBoundToThreadAnalyzer, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;
using VerifyThread = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticCrossesAwaitAnalyzer, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;
using VerifyWrites = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.UnsynchronizedStaticWriteAnalyzer, ContextAnalyzers.CodeFixes.ConvertStateCodeFix>;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>What the oldest compiler that the package supports cannot read yet.</summary>
public class NewestLanguageTests
{
    private static string Use(string property, string body) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        static class Current
        {
            {{property}}
        }
        class C
        {
            async Task Run(string name)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("public static string? Name { get => field; set => field = value?.Trim(); }")]
    [InlineData("public static string? Name { get; set => field = value?.Trim(); }")]
    [InlineData("public static string? Name { get => field ?? \"nobody\"; set; }")]
    public Task Static_property_with_a_field_of_its_own_is_found_and_left_to_its_author(string property) =>
        Verify.FindsButDoesNotFix(Use(property, "[|Current.Name|] = name; await Task.Yield(); Console.WriteLine(Current.Name);"));

    [Theory]
    [InlineData("public static string? Name { get => field; set => field = value?.Trim(); }", "_ = Current.Name; await Task.Yield(); _ = Current.Name;")]
    [InlineData("public static string Name => field ??= \"made once\";", "_ = Current.Name; await Task.Yield(); _ = Current.Name;")]
    [InlineData("public static string? Name { get; set { lock (typeof(Current)) field = value; } }", "Current.Name = name; await Task.Yield();")]
    [InlineData("public static int Length(int field) => field;", "_ = Current.Length(1); await Task.Yield();")]
    public Task Static_property_with_a_field_that_is_read_filled_or_locked_is_silent(string property, string body) => Verify.Silent(Use(property, body));

    [Fact]
    public Task Property_of_an_object_with_a_field_of_its_own_is_silent() => Verify.Silent(
        """
        using System.Threading.Tasks;
        class Request { public string? Name { get => field; set => field = value?.Trim(); } }
        class C { async Task Run(Request request, string name) { request.Name = name; await Task.Yield(); } }
        """);

    [Fact]
    public Task Field_of_a_property_that_belongs_to_the_thread_is_found() => VerifyThread.FindsButDoesNotFix(
        Use("[field: ThreadStatic] public static string? Name { get; set => field = value?.Trim(); }", "[|Current.Name|] = name; await Task.Yield();"));

    [Fact]
    public Task Property_that_offers_its_field_of_the_thread_is_found() => VerifyAmbient.FindsButDoesNotFix(
        Use("[field: ThreadStatic] public static string? [|Name|] { get; set => field = value?.Trim(); }", "await Task.Yield();"));

    private const string Extensions =
        """
        static class Current { public static string? User; }
        static class Extensions
        {
            extension(C c)
            {
                public void Become(string name) => Current.User = name;
                public string? Who { get => Current.User; set => Current.User = value; }
                public static string? Name { get => Current.User; set => Current.User = value; }
                public string? Nobody { get => null; set { } }
            }
        }
        """;

    [Theory]
    [InlineData("[|this.Become(name)|];")]
    [InlineData("[|this.Who|] = name;")]
    [InlineData("[|C.Name|] = name;")]
    public Task Members_of_an_extension_block_are_followed(string set) => Verify.Finds(
        $$"""using System.Threading.Tasks; class C { async Task Run(string name) { {{set}} await Task.Yield(); } }""", Extensions);

    [Fact]
    public Task Members_of_an_extension_block_that_leave_nothing_behind_are_silent() => Verify.Silent(
        "using System.Threading.Tasks; class C { async Task Run(string name) { this.Nobody = name; _ = this.Who + C.Name; await Task.Yield(); } }", Extensions);

    [Fact]
    public Task Reference_local_in_async_code_is_found() => VerifyWrites.FindsButDoesNotFix(
        Use("public static int Number;", "await Task.Yield(); { ref var number = ref [|Current.Number|]; number = name.Length; }"));
}
#endif
