using ContextVars;

namespace Worker;

/// <summary>What belongs to the work at hand.</summary>
internal static class Current
{
    public static readonly ContextVar<string> Tenant = new("tenant", "none");
    public static readonly ContextVar<string> TraceId = new("trace_id", "none");
    public static readonly ContextVar<int> MessageId = new("message_id", 0);
}
