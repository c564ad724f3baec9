namespace ContextVars;

internal enum ResetOutcome
{
    Done,
    NoToken,
    OtherVariable,
    Used,
    OtherContext,
    NotVisible,
}
