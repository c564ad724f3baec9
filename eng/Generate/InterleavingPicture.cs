using System.Text;

namespace Generate;

/// <summary>The picture of the README: two requests over one static field, and the same two over a context variable.</summary>
internal static class InterleavingPicture
{
    private const string Alice = "#1f6feb";
    private const string Bob = "#d9730d";
    private const string Wrong = "#cf222e";
    private const string Ink = "#57606a";
    private const int Left = 150;
    private const int Step = 105;

    public static string Draw()
    {
        var svg = new StringBuilder();
        svg.Append("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 420" width="760" height="420" font-family="ui-monospace, Consolas, monospace" font-size="13">
            <rect width="760" height="420" fill="#ffffff"/>

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

        Box(svg, 0, top + 60, "User = alice", Alice);
        Waiting(svg, 1, 3, top + 60, Alice);
        Box(svg, 4, top + 60, shared ? "User is bob" : "User is alice", shared ? Wrong : Alice);

        Box(svg, 1.5, top + 160, "User = bob", Bob);
        Waiting(svg, 2.5, 4, top + 160, Bob);
        Box(svg, 4.7, top + 160, "User is bob", Bob);

        if (shared)
        {
            Text(svg, 12, top + 115, "one field", Ink);
            Value(svg, 0.5, 2, top + 110, "alice", Alice);
            Value(svg, 2, 5.6, top + 110, "bob", Bob);
        }
        else
        {
            Text(svg, 12, top + 115, "one value per flow", Ink);
            Value(svg, 0.5, 4.9, top + 97, "alice", Alice);
            Value(svg, 2, 5.6, top + 123, "bob", Bob);
        }
    }

    private static void Lane(StringBuilder svg, int y, string name, string color)
    {
        Text(svg, 12, y + 5, name, color);
        svg.Append($"""<line x1="{Left}" y1="{y}" x2="748" y2="{y}" stroke="#d0d7de"/>""").Append('\n');
    }

    private static void Box(StringBuilder svg, double step, int y, string text, string color)
    {
        double x = X(step);
        svg.Append($"""<rect x="{x}" y="{y - 14}" width="104" height="28" rx="5" fill="{color}"/>""").Append('\n');
        svg.Append($"""<text x="{x + 52}" y="{y + 5}" fill="#ffffff" text-anchor="middle">{text}</text>""").Append('\n');
    }

    private static void Waiting(StringBuilder svg, double from, double to, int y, string color)
    {
        svg.Append($"""<line x1="{X(from)}" y1="{y}" x2="{X(to) + Step}" y2="{y}" stroke="{color}" stroke-width="2" stroke-dasharray="3 5"/>""").Append('\n');
        Text(svg, (X(from) + X(to) + Step) / 2 - 20, y - 6, "await", Ink);
    }

    private static void Value(StringBuilder svg, double from, double to, int y, string text, string color)
    {
        svg.Append($"""<rect x="{X(from)}" y="{y - 10}" width="{X(to) - X(from)}" height="20" fill="{color}" fill-opacity="0.18"/>""").Append('\n');
        Text(svg, X(from) + 6, y + 5, text, color);
    }

    private static void Text(StringBuilder svg, double x, int y, string text, string color, bool bold = false)
    {
        string weight = bold ? " font-weight=\"bold\"" : "";
        string escaped = text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        svg.Append($"""<text x="{x}" y="{y}" fill="{color}"{weight}>{escaped}</text>""").Append('\n');
    }

    private static double X(double step) => Left + step * Step;
}
