using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.SetSpansYieldAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class SetSpansYieldTests
{
    [Fact]
    public Task Async_iterator_is_found() => Verify.Finds(Class("""
        static async IAsyncEnumerable<int> M()
        {
            var token = [|Trace.Set("a")|];
            try
            {
                await WorkAsync();
                yield return 1;
                Work();
            }
            finally { Trace.Reset(token); }
        }
        """));

    [Fact]
    public Task Iterator_is_found_with_using_too() => Verify.Finds(Class("""
        static IEnumerable<int> M()
        {
            using var _ = [|Trace.Set("a")|];
            yield return 1;
        }

        static IEnumerator<int> N()
        {
            using (User.Set("b")) Work();
            using ([|Trace.Set("a")|])
            {
                foreach (var i in new[] { 1, 2 }) yield return i;
            }
        }
        """));

    [Fact]
    public Task Set_without_reset_is_found_here_alone() => Verify.Finds(Class("""
        static IEnumerable<int> M()
        {
            [|Trace.Set("a")|];
            yield return 1;
        }
        """));

    [Fact]
    public Task Local_functions_are_found() => Verify.Finds(Method("""
        IEnumerable<int> Numbers()
        {
            using var _ = [|Trace.Set("a")|];
            yield return 1;
        }

        foreach (var number in Numbers()) Work();
        """));

    [Fact]
    public Task Scope_between_two_yields_is_silent() => Verify.Silent(Class("""
        static async IAsyncEnumerable<int> M()
        {
            yield return 0;
            using (Trace.Set("a")) await WorkAsync();
            yield return 1;
            var token = Trace.Set("b");
            try { Work(); } finally { Trace.Reset(token); }
            yield return 2;
            Trace.Set("c").Dispose();
            yield break;
        }
        """));

    [Fact]
    public Task Consumer_that_sets_around_the_loop_is_silent() => Verify.Silent(Class("""
        static IEnumerable<int> Numbers() { yield return 1; }

        static void M()
        {
            using var _ = Trace.Set("a");
            foreach (var number in Numbers()) Work();
        }
        """));
}
