namespace ContextAnalyzers.State;

/// <summary>When a static holds what belongs to one flow, and when flows only change it at the same time.</summary>
internal static class SharedState
{
    public static StateFinding? HoldsFlowState(StateUse use, StateServices services)
    {
        var flow = use.Flow;

        // Set and taken back around an await: the code itself says that the value is for the time of this flow.
        if (flow.UndoneAfterSuspension is { } undone && flow.ValueLiveAt is { } liveAt
            && use.First(access => IsScoped(access) && access.Site.SpanStart < undone.Site.SpanStart) is { } scoped
            && !Lifecycle.IsPartOfProgram(use.Function)
            && !services.Symbols.IsUserInterface)
        {
            return new StateFinding(scoped, liveAt);
        }

        if (flow.FlowValueLiveAt is { } awaited
            && use.First(static access => IsScoped(access) && access.Origin.DependsOnFlow && !access.IsCounted) is { } write
            && !IsForOneFlow(use, services))
        {
            return new StateFinding(write, awaited);
        }

        return null;
    }

    public static StateFinding? IsWrittenWithoutSynchronization(StateUse use, StateServices services)
    {
        if (use.First(access => !access.IsSynchronized && CanConflict(access, use)) is not { } change)
            return null;

        return IsForOneFlow(use, services) ? null : new StateFinding(change, Suspension: null);
    }

    /// <summary>There is no second flow that would write at the same time.</summary>
    private static bool IsForOneFlow(StateUse use, StateServices services) =>
        services.Symbols.IsUserInterface || Lifecycle.IsRunOnce(use.Function, services);

    private static bool IsScoped(Access access) =>
        access is { Kind: AccessKind.Write, IsSynchronized: false, IsGuarded: false };

    private static bool CanConflict(Access access, StateUse use) => access.Kind switch
    {
        // A part of a held object is settings more often than not, unless its value is the caller's.
        AccessKind.Mutation => !access.IsPartOfObject || (access.IsVisibleAtSite && !access.IsGuarded && access.Origin.DependsOnCaller),

        // A single counter is for diagnosis, and what it loses does not matter; one that goes up and down decides something.
        AccessKind.Update => !access.Origin.IsConstant || use.Flow.UndoneAfterSuspension is not null || use.CountsUpAndDown,

        // Who writes last wins, which is all that a cache or a flag asks for. What depends on the caller is another matter,
        // unless it is worked out for him because it was not there yet.
        AccessKind.Write => access.Origin.DependsOnCaller && !(access.IsGuarded && (access.Origin.Kinds & OriginKinds.Opaque) != 0),
        _ => false,
    };
}
