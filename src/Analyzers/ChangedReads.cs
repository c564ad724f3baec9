using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Where a file changes what it has just read from something's <c>Get()</c> or <c>Value</c>: <c>Numbers.Get().Add(1)</c>, <c>Map.Value["a"] = 1</c>. Told by syntax alone.</summary>
internal static class ChangedReads
{
    private static readonly NamesInText Reads = new(["Get", "Value"]);

    /// <summary>The calls, assignments and increments; of a tuple that is assigned to, the element.</summary>
    public static IEnumerable<ExpressionSyntax> In(SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var name in Reads.In(tree, cancellationToken, MayBeChanged))
        {
            if (ReadBy(name) is { } read && PartOf(read) is { } part && ChangeOf(part) is { } change)
                yield return change;
        }
    }

    /// <summary>It may say too much, not too little.</summary>
    private static bool MayBeChanged(string text, TextSpan name)
    {
        var end = name.End;

        // What is done to the result of Get stands behind its parentheses.
        if (text[name.Start] == 'G')
        {
            if (string.CompareOrdinal(text, end, "()", 0, 2) != 0)
                return true;

            end += 2;
        }

        return ChangeInText.MayChange(text, TextSpan.FromBounds(name.Start, end)) || ChangeInText.IsUntold(text, end);
    }

    private static ExpressionSyntax? ReadBy(SyntaxToken name)
    {
        if (name.Parent!.Parent is not ((MemberAccessExpressionSyntax or MemberBindingExpressionSyntax) and ExpressionSyntax access))
            return null;

        return name.ValueText == "Get" ? access.Parent as InvocationExpressionSyntax : access;
    }

    /// <summary>The member or the element of what is read.</summary>
    private static ExpressionSyntax? PartOf(ExpressionSyntax read)
    {
        while (read.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression })
        {
            read = (ExpressionSyntax)read.Parent;
        }

        return read.Parent switch
        {
            MemberAccessExpressionSyntax access => access,
            ElementAccessExpressionSyntax access => access,
            ConditionalAccessExpressionSyntax access when access.Expression == read => access.WhenNotNull.DescendantNodesAndSelf()
                .FirstOrDefault(static node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax) as ExpressionSyntax,
            _ => null,
        };
    }

    private static ExpressionSyntax? ChangeOf(ExpressionSyntax part) => part.Parent switch
    {
        InvocationExpressionSyntax call when call.Expression == part && MutableTypes.Changes(NameOf(part)) => call,
        AssignmentExpressionSyntax assignment when assignment.Left == part => assignment,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } when IsAssignedTo(tuple) => part,
        PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => (ExpressionSyntax)part.Parent,
        _ => null,
    };

    private static bool IsAssignedTo(TupleExpressionSyntax tuple)
    {
        while (tuple.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax outer })
            tuple = outer;

        return tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;
    }

    private static string NameOf(ExpressionSyntax part) => part switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "",
    };
}
