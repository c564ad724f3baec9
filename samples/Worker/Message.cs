using ContextVars;

namespace Worker;

/// <summary>A message and what was set where it was sent.</summary>
/// <param name="Text">What it is about.</param>
/// <param name="Tenant">One value, by name. This is what can be stored, or sent to another process.</param>
/// <param name="Sender">All values, those of other libraries too. This stays within the process.</param>
internal sealed record Message(string Text, string Tenant, Context Sender);
