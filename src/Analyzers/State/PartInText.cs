using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.State;

/// <summary>Tells by characters what may be done to a part of the thing named: <c>Library.Current = x</c>, <c>Library.Current.Value</c>. It may be in a comment.</summary>
internal static class PartInText
{
    /// <summary>Whether a member of it, or one of that, may be assigned to.</summary>
    public static bool MayBeAssigned(SourceText text, TextSpan name) => MayBeAssigned(text, name, orUnwrapped: false);

    /// <summary>Whether that may be done, or the <c>Value</c> of a member used: all that matters of a type out of sight.</summary>
    public static bool MayBeState(SourceText text, TextSpan name) => char.IsUpper(text[name.Start]) && MayBeAssigned(text, name, orUnwrapped: true);

    private static bool MayBeAssigned(SourceText text, TextSpan name, bool orUnwrapped)
    {
        var position = name.End;
        var members = 0;

        for (; Skip(text, ref position, '.'); members++)
        {
            var start = SkipSpace(text, position);
            position = start;

            while (position < text.Length && WordReader.IsPartOfName(text[position]))
                position++;

            if (orUnwrapped && members > 0 && text.ToString(TextSpan.FromBounds(start, position)) == "Value")
                return true;
        }

        return members > 0 && (IsChangedBefore(text, name.Start) || IsChangedAfter(text, SkipSpace(text, position)));
    }

    /// <summary>By <c>++</c>, <c>ref</c> or <c>out</c>.</summary>
    private static bool IsChangedBefore(SourceText text, int position)
    {
        do
            position--;
        while (position > 0 && char.IsWhiteSpace(text[position]));

        return position > 1 && text[position] is '+' or '-' or 'f' or 't' or '&';
    }

    private static bool IsChangedAfter(SourceText text, int position)
    {
        // The end of a tuple that is taken apart.
        if (position < text.Length && text[position] is ',' or ')')
        {
            while (position < text.Length && text[position] is not (')' or ';'))
                position++;

            position = SkipSpace(text, position + 1);
            return position + 1 < text.Length && text[position] == '=' && text[position + 1] is not ('=' or '>');
        }

        // An operator with = at its end, or a doubled one.
        var first = position < text.Length ? text[position] : ' ';
        var second = position + 1 < text.Length ? text[position + 1] : ' ';
        var third = position + 2 < text.Length ? text[position + 2] : ' ';

        return first switch
        {
            '=' => second is not ('=' or '>'),
            '+' or '-' => second == '=' || second == first,
            '*' or '/' or '%' or '&' or '|' or '^' => second == '=',
            '?' or '<' or '>' => second == first && (third is '=' or '>'),
            '!' => second == '.',
            _ => false,
        };
    }

    private static bool Skip(SourceText text, ref int position, char expected)
    {
        var next = SkipSpace(text, position);

        if (next >= text.Length || text[next] != expected)
            return false;

        position = next + 1;
        return true;
    }

    private static int SkipSpace(SourceText text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;

        return position;
    }
}
