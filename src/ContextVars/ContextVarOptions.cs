namespace ContextVars;

/// <summary>How a variable treats its values.</summary>
/// <remarks>Fixed when the variable is made, so safe for concurrent use. PEP 567 has no counterpart.</remarks>
[Flags]
public enum ContextVarOptions
{
    /// <summary>A flow keeps the values it has inherited for as long as it lives.</summary>
    None = 0,

    /// <summary>The end of a scope (<see cref="ContextVar{T}.Reset"/>, <see cref="Token{T}.Dispose"/> or the end of
    /// <see cref="ContextVar{T}.With(T, Action)"/>) ends the binding everywhere: a timer, a registration or a forgotten task that has
    /// captured the flow then sees the variable unset, and no longer keeps the value alive.</summary>
    BoundedLifetime = 1,
}
