namespace ContextAnalyzers;

/// <summary>The table of contents: every rule, in the order of its ID.</summary>
/// <remarks>
/// CTX0xx: state in the wrong place. CTX1xx: tokens. CTX2xx: declarations. An ID is never reused.
/// The severity states certainty: a warning is right, what may be wrong is Info.
/// </remarks>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor StaticFieldHoldsFlowState = Create(
        "CTX001",
        "Static field holds the state of one flow",
        "'{0}' is shared by all flows, but '{1}' sets it to the value of one and awaits: concurrent flows overwrite each other; use ContextVar<T>",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ThreadStaticCrossesAwait = Create(
        "CTX003",
        "[ThreadStatic] value crosses an await",
        "'{0}' belongs to the thread, and '{1}' may continue on another one after an await: the value is lost here and left to whoever runs there; use ContextVar<T>",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor SetWithoutReset = Create(
        "CTX101",
        "Set without Reset",
        "The value of '{0}' is never reset: {1}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ResetNotOnEveryPath = Create(
        "CTX102",
        "Reset is not reached on every path",
        "The value of '{0}' stays set when {1}; reset it in the finally of a try that begins right after",
        DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) => new(
        id,
        title,
        message,
        category: "ContextAnalyzers",
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/ContextAnalyzers/ContextAnalyzers/blob/main/docs/rules/{id}.md");
}
