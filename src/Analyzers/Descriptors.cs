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

    public static readonly DiagnosticDescriptor UnsynchronizedStaticWrite = Create(
        "CTX002",
        "Static state is written in async code without synchronization",
        "'{0}' is shared by all flows, and '{1}' changes it without synchronization: concurrent changes are lost or break it; lock it, or use a concurrent or immutable type",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ThreadStaticCrossesAwait = Create(
        "CTX003",
        "[ThreadStatic] value crosses an await",
        "'{0}' belongs to the thread, and '{1}' may continue on another one after an await: the value is lost here and left to whoever runs there; use ContextVar<T>",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ThreadLocalCrossesAwait = Create(
        "CTX004",
        "ThreadLocal<T> value crosses an await",
        "'{0}' has one value per thread, and '{1}' may continue on another thread after an await: the value is lost here and left to whoever runs there; use ContextVar<T>",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ThreadBoundStateInAsyncCode = Create(
        "CTX005",
        "Thread-bound state is used in async code",
        "'{0}' belongs to the thread: '{1}' {2}",
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor ThreadStaticOnFlowVariable = Create(
        "CTX006",
        "[ThreadStatic] on a flow variable",
        "'{0}' carries its value from thread to thread itself: with [ThreadStatic] all threads but one find null here; remove the attribute",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor AmbientStateBoundToThread = Create(
        "CTX007",
        "Ambient state is bound to the thread",
        "'{0}' offers a value to others and keeps it in the thread: callers in async code lose it at their first await; use ContextVar<T>",
        DiagnosticSeverity.Info);

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

    public static readonly DiagnosticDescriptor ValueLostOnReturn = Create(
        "CTX103",
        "Value set in an async method is lost when it returns",
        "The value of '{0}' is lost: {1} is async, nothing in it sees the value, and its caller never does; set it in the caller, or in a method that is not async",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor SetSpansYield = Create(
        "CTX104",
        "Set spans a yield",
        "The value of '{0}' is set across a yield: {1}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor TokenMisused = Create(
        "CTX105",
        "Token is used wrongly",
        "The token of '{0}' {1}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ResetInOtherFlow = Create(
        "CTX106",
        "Reset runs in another flow",
        "The token of '{0}' is reset in another flow than the value was set in: {1}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor FlowVariableNotStaticReadonly = Create(
        "CTX201",
        "Flow variable is not static readonly",
        "'{0}' is {1}; declare it as a static readonly field",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor MutableObjectSharedByFlows = Create(
        "CTX202",
        "Mutable object is shared by all flows",
        "'{0}' is changed by one flow and seen by all that have inherited it: {1}",
        DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) => new(
        id,
        title,
        message,
        category: "ContextAnalyzers",
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/ContextAnalyzers/ContextAnalyzers/blob/main/docs/rules/{id}.md");
}
