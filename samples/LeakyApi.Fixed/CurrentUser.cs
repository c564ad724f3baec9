using ContextVars;

namespace LeakyApi;

/// <summary>Who asks.</summary>
/// <remarks>The bug: the value stays on the thread, the request goes on where a thread is free.</remarks>
internal static class CurrentUser
{
    public static ContextVar<string?> Name { get; } = new("name", default);
}
