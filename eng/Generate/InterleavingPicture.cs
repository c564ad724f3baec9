using System.Text;

namespace Generate;

/// <summary>The picture of the README: two requests over one static field, and the same two over a context variable.</summary>
internal static class InterleavingPicture
{
    private const string Alice = "#1f6feb";
    private const string Bob = "#d9730d";
    private const string Wrong = "#cf222e";
    private const string Ink = "#57606a";
    private const int Left = 160;
    private const int Step = 102;
    private const int BoxWidth = 108;

    public static string Draw()
    {
        var svg = new StringBuilder();
        svg.Append("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 400" width="760" height="400" role="img" font-family="ui-monospace, Consolas, monospace" font-size="13">
            <title>Two requests over a static field, where Alice reads what Bob set, and over a context variable, where each reads its own value</title>
            <rect width="760" height="400" rx="6" fill="#ffffff"/>

            """);
        Schedule(svg, top: 0, "static string? User", shared: true);
        Schedule(svg, top: 210, "ContextVar<string?> User", shared: false);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    /// <summary>Alice sets, awaits and reads; Bob sets while she waits.</summary>
    private static void Schedule(StringBuilder svg, int top, string title, bool shared)
    {
        Text(svg, 12, top + 26, title, "#1f2328", bold: true);
        Lane(svg, top + 60, "Alice's request", Alice);
        Lane(svg, top + 160, "Bob's request", Bob);

        const double AliceSets = 0, BobSets = 1.5, AliceReads = 4, BobReads = 4.7;
        Box(svg, AliceSets, top + 60, "User = alice", Alice);
        Waiting(svg, AliceSets, AliceReads, top + 60, Alice);
        Box(svg, AliceReads, top + 60, shared ? "User is bob" : "User is alice", shared ? Wrong : Alice);

        Box(svg, BobSets, top + 160, "User = bob", Bob);
        Waiting(svg, BobSets, BobReads, top + 160, Bob);
        Box(svg, BobReads, top + 160, "User is bob", Bob);

        if (shared)
        {
            Text(svg, 12, top + 115, "one field", Ink);
            Value(svg, AliceSets, BobSets, top + 110, "alice", Alice);
            Value(svg, BobSets, BobReads, top + 110, "bob", Bob);
        }
        else
        {
            Text(svg, 12, top + 115, "one value per flow", Ink);
            Value(svg, AliceSets, AliceReads, top + 97, "alice", Alice);
            Value(svg, BobSets, BobReads, top + 123, "bob", Bob);
        }
    }

    private static void Lane(StringBuilder svg, int y, string name, string color)
    {
        Text(svg, 12, y + 5, name, color);
        svg.Append($"""<line x1="{Left}" y1="{y}" x2="748" y2="{y}" stroke="#d0d7de"/>""").Append('\n');
    }

    private static void Box(StringBuilder svg, double step, int y, string text, string color)
    {
        int x = X(step);
        svg.Append($"""<rect x="{x}" y="{y - 14}" width="{BoxWidth}" height="28" rx="5" fill="{color}"/>""").Append('\n');
        svg.Append($"""<text x="{x + BoxWidth / 2}" y="{y + 4}" fill="#ffffff" font-size="12" text-anchor="middle">{text}</text>""").Append('\n');
    }

    /// <summary>From the end of one box to the begin of another.</summary>
    private static void Waiting(StringBuilder svg, double from, double to, int y, string color)
    {
        int begin = X(from) + BoxWidth;
        svg.Append($"""<line x1="{begin}" y1="{y}" x2="{X(to)}" y2="{y}" stroke="{color}" stroke-width="2" stroke-dasharray="3 5"/>""").Append('\n');
        Text(svg, (begin + X(to)) / 2 - 20, y - 6, "await", Ink);
    }

    /// <summary>From the middle of one box to the middle of another.</summary>
    private static void Value(StringBuilder svg, double from, double to, int y, string text, string color)
    {
        int begin = X(from) + BoxWidth / 2;
        svg.Append($"""<rect x="{begin}" y="{y - 10}" width="{X(to) - X(from)}" height="20" fill="{color}" fill-opacity="0.18"/>""").Append('\n');
        Text(svg, begin + 6, y + 5, text, color);
    }

    private static void Text(StringBuilder svg, int x, int y, string text, string color, bool bold = false)
    {
        string weight = bold ? " font-weight=\"bold\"" : "";
        string escaped = text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        svg.Append($"""<text x="{x}" y="{y}" fill="{color}"{weight}>{escaped}</text>""").Append('\n');
    }

    private static int X(double step) => Left + (int)(step * Step);
}
