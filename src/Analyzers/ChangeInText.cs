using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers;

/// <summary>Tells by characters what may be done to the thing named, so that code which only reads costs no node. It may say too much, not too little.</summary>
internal static class ChangeInText
{
    /// <summary>Whether it, an element or a part of it may be changed.</summary>
    public static bool MayChange(string text, TextSpan name)
    {
        var (end, members, _) = Members(text, name);

        return (members > 0 && At(text, end) == '(') || IsConditional(text, end) || MaySpan(text, name.Start) || IsChangedBefore(text, name.Start) || IsChangedAfter(text, end);
    }

    /// <summary>Whether a part of it may be assigned to.</summary>
    public static bool MayChangePart(string text, TextSpan name) => Members(text, name) is (var end, > 0, _) && (IsChangedBefore(text, name.Start) || IsChangedAfter(text, end));

    /// <summary>Whether it may be a type out of sight whose state is used: <c>Library.Current = x</c>, <c>Library.Current.Value</c>.</summary>
    public static bool MayUseStateOf(string text, TextSpan name) => char.IsUpper(text[name.Start]) && (Members(text, name).IsUnwrapped || MayChangePart(text, name));

    /// <summary>Whether <c>as</c> or a comment follows, after which anything may.</summary>
    public static bool IsUntold(string text, int end) => Skip(text, end) is var next && (At(text, next) == '/' || (At(text, next) == 'a' && At(text, next + 1) == 's'));

    /// <summary>Reads the members that follow: where they end, how many they are, and whether one but the first is <c>Value</c>.</summary>
    private static (int End, int Count, bool IsUnwrapped) Members(string text, TextSpan name)
    {
        var end = name.End;
        var count = 0;
        var isUnwrapped = false;

        for (var dot = Skip(text, end, ")!"); At(text, dot) == '.'; dot = Skip(text, end, ")!"), count++)
        {
            var start = Skip(text, dot + 1);

            for (end = start; WordReader.IsPartOfName(At(text, end));)
                end++;

            isUnwrapped |= count > 0 && end - start == 5 && string.CompareOrdinal(text, start, "Value", 0, 5) == 0;
        }

        return (Skip(text, end), count, isUnwrapped);
    }

    private static bool IsConditional(string text, int position) => At(text, position) == '?' && At(text, position + 1) is '.' or '[';

    /// <summary>Of what something is assigned from a span may be made.</summary>
    private static bool MaySpan(string text, int start) => Before(text, start) is var last && At(text, last) == '=' && At(text, last - 1) is not ('=' or '!' or '<' or '>');

    /// <summary>By <c>++</c>, <c>--</c>, <c>ref</c> or <c>out</c>.</summary>
    private static bool IsChangedBefore(string text, int start)
    {
        var last = Before(text, start);
        var (first, second, third) = (At(text, last - 2), At(text, last - 1), At(text, last));

        return third switch
        {
            '+' or '-' => second == third,
            'f' => (first, second) is ('r', 'e'),
            't' => (first, second) is ('o', 'u'),
            _ => false,
        };
    }

    /// <summary>The last character before a name, what qualifies it, and parentheses.</summary>
    private static int Before(string text, int start)
    {
        var position = start - 1;

        while (char.IsWhiteSpace(At(text, position)) || At(text, position) is '(' or '.' or ':')
        {
            if (At(text, position--) is not ('.' or ':'))
                continue;

            // Type arguments, as far as they need no parsing.
            for (var isArgument = At(text, position) == '>'; isArgument; isArgument = position >= 0 && text[position + 1] != '<')
                position--;

            while (WordReader.IsPartOfName(At(text, position)))
                position--;
        }

        return position;
    }

    private static bool IsChangedAfter(string text, int position)
    {
        // The end of parentheses, or of a tuple that is taken apart.
        while (At(text, position) is ')' or ',')
        {
            for (var depth = 1; depth > 0 && position < text.Length && text[position] != ';'; position++)
                depth += text[position] switch { '(' => 1, ')' => -1, _ => 0 };

            position = Skip(text, position);
        }

        // An operator with = at its end, or a doubled one.
        var (first, second, third) = (At(text, position), At(text, position + 1), At(text, position + 2));

        return first switch
        {
            '=' => second is not ('=' or '>'),
            '+' or '-' => second == '=' || second == first,
            '*' or '/' or '%' or '&' or '|' or '^' => second == '=',
            '?' or '<' or '>' => second == first && (third is '=' or '>'),
            '!' => second != '=',
            '[' => true,
            _ => false,
        };
    }

    private static int Skip(string text, int position, string alsoSkipped = "")
    {
        while (char.IsWhiteSpace(At(text, position)) || alsoSkipped.IndexOf(At(text, position)) >= 0)
            position++;

        return position;
    }

    private static char At(string text, int position) => position >= 0 && position < text.Length ? text[position] : '\0';
}
