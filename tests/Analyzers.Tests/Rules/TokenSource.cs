namespace ContextAnalyzers.Tests.Rules;

/// <summary>Test sources for the token rules: members of a class that has variables to set and work to do.</summary>
internal static class TokenSource
{
    public static string Class(string members) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics.CodeAnalysis;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using ContextVars;

        class C
        {
            static readonly ContextVar<string> Trace = new("trace", "");
            static readonly ContextVar<string> User = new("user", "");

            static void Work() { }
            static void Log(string text) { }
            static string Load() => "";
            static Task WorkAsync() => Task.CompletedTask;

        {{Indent(members)}}
        }
        """;

    /// <summary>The statements as the body of a synchronous method with a condition to test.</summary>
    public static string Method(string statements) => Class($"void M(bool condition)\n{{\n{Indent(statements)}\n}}");

    private static string Indent(string text) => string.Join("\n", text.Split('\n').Select(line => line.Length > 0 && line[0] != '#' ? "    " + line : line));
}
