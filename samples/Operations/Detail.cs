using ContextVars;

namespace Operations;

/// <summary>How much is logged here.</summary>
/// <remarks>An ambient scope without a class of its own: the token is the scope, and who receives it has to dispose of it.</remarks>
public static class Detail
{
    private static readonly ContextVar<int> s_level = new("detail", 0);

    /// <summary>Others can read the level, and set it only by <see cref="More"/>.</summary>
    public static ReadOnlyContextVar<int> Level => s_level.AsReadOnly();

    /// <summary>One level more, until the token is disposed of.</summary>
    public static Token<int> More() => s_level.Set(s_level.Get() + 1);
}
