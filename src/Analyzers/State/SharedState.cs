namespace ContextAnalyzers.State;

/// <summary>When a static holds what belongs to one flow.</summary>
internal static class SharedState
{
    public static StateFinding? HoldsFlowState(StateUse use)
    {
        var flow = use.Flow;

        // Set and taken back around an await: the code itself says that the value is for the time of this flow.
        if (flow.UndoneAfterSuspension is { } undone && (flow.FlowValueLiveAt ?? flow.OtherValueLiveAt) is { } liveAt
            && use.First(access => IsUnprotectedWrite(access) && access.Site.SpanStart < undone.Site.SpanStart) is { } scoped)
        {
            return new StateFinding(scoped, liveAt);
        }

        if (flow.FlowValueLiveAt is { } awaited
            && use.First(static access => IsUnprotectedWrite(access) && access.Origin.DependsOnFlow) is { } write)
        {
            return new StateFinding(write, awaited);
        }

        return null;
    }

    private static bool IsUnprotectedWrite(Access access) =>
        access is { Kind: AccessKind.Write or AccessKind.Update, IsSynchronized: false, IsGuarded: false };
}
