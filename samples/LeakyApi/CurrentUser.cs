namespace LeakyApi;

/// <summary>Who asks.</summary>
/// <remarks>The bug: the value stays on the thread, the request goes on where a thread is free.</remarks>
internal static class CurrentUser
{
    [ThreadStatic]
    private static string? t_name;

    public static string? Name
    {
        get => t_name;
        set => t_name = value;
    }
}
