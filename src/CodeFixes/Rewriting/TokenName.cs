using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>Names a token: <c>token</c> where it is the only one, otherwise after its variable; never a name that its member uses already.</summary>
internal static class TokenName
{
    public static string For(ExpressionSyntax set)
    {
        var method = NameOf((set as InvocationExpressionSyntax)?.Expression);
        var taken = new HashSet<string>();
        var sets = 0;
        foreach (var token in Function.MemberOf(set).DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken))
                continue;

            taken.Add(token.ValueText);
            if (token.ValueText == method && token.Parent is SimpleNameSyntax name && IsCalled(name))
                sets++;
        }

        var own = (NameOf(VariableOf(set)) is { } variable ? Naming.Stem(variable) : "value") + "Token";
        if (sets <= 1 && !taken.Contains("token"))
            return "token";

        var candidate = own;
        for (var number = 2; taken.Contains(candidate); number++)
            candidate = own + number;

        return candidate;
    }

    /// <summary>A name for a token that nobody reads: <c>_</c>, unless its member has a use for that.</summary>
    public static string ForUsing(ExpressionSyntax set) =>
        Function.MemberOf(set).DescendantTokens().Any(static token => token.ValueText == "_") ? For(set) : "_";

    /// <summary>The expression whose value the call sets: <c>v</c> of <c>v.Set(x)</c>.</summary>
    private static ExpressionSyntax? VariableOf(ExpressionSyntax set) => set switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set" } access } => access.Expression,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => null,
    };

    private static string? NameOf(ExpressionSyntax? expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        ElementAccessExpressionSyntax element => NameOf(element.Expression),
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        _ => null,
    };

    private static bool IsCalled(SimpleNameSyntax name) =>
        name.Parent is InvocationExpressionSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax };
}
