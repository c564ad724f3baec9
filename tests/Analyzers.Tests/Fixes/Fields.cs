using ContextAnalyzers.CodeFixes;

namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Sources about one static field of a handler: each test shows its method alone.</summary>
internal static class Fields
{
    public const string Id = "private static string? {|CTX001:s_id|};";
    public const string ContextVarOfId = "private static readonly ContextVar<string?> s_id = new(\"id\", default);";
    public const string AsyncLocalOfId = "private static readonly AsyncLocal<string?> s_id = new();";

    public static Task BecomesContextVar(string members, string fixedMembers) => BecomesContextVar(Id, members, ContextVarOfId, fixedMembers);

    public static Task BecomesContextVar(string field, string members, string fixedField, string fixedMembers) =>
        Verify<StateMarker, ConvertStateCodeFix>.Fixes(Handler(field, members), Handler(fixedField, fixedMembers, "ContextVars"));

    public static Task BecomesAsyncLocal(string members, string fixedMembers) =>
        Verify<StateMarker, ConvertStateCodeFix>.Fixes(Handler(Id, members), Handler(AsyncLocalOfId, fixedMembers), "ConvertToAsyncLocal");

    public static Task IsRefused(string members, string field = Id) => Verify<StateMarker, ConvertStateCodeFix>.FindsButDoesNotFix(Handler(field, members));

    private static string Handler(string field, string members, string? @namespace = null) =>
        "using System;\nusing System.Collections.Generic;\nusing System.Threading;\nusing System.Threading.Tasks;\n" + (@namespace is null ? "" : $"using {@namespace};\n")
        + $"\nclass Handler\n{{\n    {field}\n\n{Indented(members)}\n}}\n";

    private static string Indented(string members) => string.Join("\n", members.Split('\n').Select(line => line.Length == 0 ? "" : "    " + line));
}
