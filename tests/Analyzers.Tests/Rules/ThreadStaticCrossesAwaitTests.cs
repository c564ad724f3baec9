using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ThreadStaticCrossesAwaitAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace ContextAnalyzers.Tests.Rules;

public class ThreadStaticCrossesAwaitTests
{
    private const string CurrentUser =
        """
        using System;
        public sealed class User { public string Name = ""; }
        public static class Current
        {
            [ThreadStatic] private static User? t_user;
            public static User? User { get => t_user; set => t_user = value; }
        }
        """;

    [Fact]
    public Task Value_written_before_and_read_after_an_await_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;

            async Task<string?> Greet(string name)
            {
                [|t_name|] = name;
                await Task.Yield();
                return t_name;
            }
        }
        """);

    [Fact]
    public Task Value_read_only_after_an_await_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;

            static void Enter(string name) => t_name = name;

            async Task<string?> Greet()
            {
                await Task.Yield();
                return [|t_name|];
            }
        }
        """);

    [Fact]
    public Task Middleware_that_sets_a_property_of_another_file_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class Middleware
        {
            async Task Invoke(User user, Func<Task> next)
            {
                [|Current.User|] = user;
                await next();
            }
        }
        """,
        CurrentUser);

    [Fact]
    public Task Lambda_that_sets_a_property_of_another_file_is_found() => Verify.Finds(
        """
        using System;
        using System.Threading.Tasks;
        class App
        {
            void Use(Func<User, Func<Task>, Task> middleware) { }

            void Configure() => Use(async (user, next) =>
            {
                [|Current.User|] = user;
                await next();
            });
        }
        """,
        CurrentUser);

    [Fact]
    public Task Reader_of_a_property_after_an_await_is_found() => Verify.Finds(
        """
        using System.Threading.Tasks;
        class Handler
        {
            async Task<string> Handle()
            {
                await Task.Delay(1);
                return [|Current.User|]?.Name ?? "nobody";
            }

            string HandleNow() => Current.User?.Name ?? "nobody";
        }
        """,
        CurrentUser);

    [Theory]
    [InlineData("var before = t_name; await Task.Yield();")]                                        // read before the first await, never after
    [InlineData("await Task.Yield(); t_name = name; Use(t_name);")]                                 // one side of the await
    [InlineData("t_name = name; Use(t_name); t_name = null; await Task.Yield();")]                  // cleared before it
    [InlineData("var old = t_name; t_name = name; Use(t_name); t_name = old; await Task.Yield();")] // put back before it
    [InlineData("await Task.Yield(); t_name ??= Make(); Use(t_name);")]                             // each thread has its own
    [InlineData("await Task.Yield(); if (t_name == null) t_name = Make(); Use(t_name);")]
    [InlineData("t_name = name; Use(t_name); await Task.CompletedTask;")]                           // does not suspend
    [InlineData("await Task.Yield(); Use(nameof(t_name));")]
    [InlineData("var s = t_name; t_name = null; await Task.Yield(); t_name = s ?? Make(); await Task.Yield();")] // a pool of one
    public Task Value_that_crosses_no_await_is_silent(string body) => Verify.Silent(
        $$"""
        using System;
        using System.Threading.Tasks;
        class C
        {
            [ThreadStatic] static string? t_name;
            static string Make() => "";
            static void Use(string? value) { }

            async Task Run(string name)
            {
                {{body}}
            }
        }
        """);
}
