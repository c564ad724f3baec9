namespace ContextAnalyzers.State;

/// <summary>When thread-bound state is lost at a suspension point, and when the thread only keeps it.</summary>
internal static class ThreadBoundState
{
    /// <summary>Written before and live at a suspension point, or read after one without having been written again.</summary>
    public static StateFinding? CrossesAwait(StateUse use, StateServices services) =>
        FindCrossing(use, services) is { } found && !(use.First(static access => access.IsVisibleAtSite) is null && services.Roles.IsMemo(use.Member)) ? found : null;

    private static StateFinding? FindCrossing(StateUse use, StateServices services)
    {
        var flow = use.Flow;

        if (IsLeftToThread(use) is { } left)
            return left;

        if (flow.ReadElsewhere is { } elsewhere)
            return new StateFinding(elsewhere, Suspension: null);

        if (flow.ReadAfterSuspension is not { } read)
            return null;

        var isMeantForReader = use.StartsElsewhere || use.First(access => IsMeantForOthers(access, use)) is not null || services.Roles.IsAmbient(use.Member);
        return isMeantForReader ? new StateFinding(read, flow.FirstSuspension) : null;
    }

    /// <summary>Written before, and live at, a suspension point.</summary>
    public static StateFinding? IsLeftToThread(StateUse use) =>
        use.Flow.ValueLiveAt is { } liveAt
        && use.First(access => IsMeantForOthers(access, use) && !IsSetUpOfThread(access, use)) is { } write
            ? new StateFinding(write, liveAt)
            : null;

    /// <summary>Changed in async code, but not across a suspension point. What a called method does within itself is its own affair.</summary>
    public static StateFinding? StaysOnThread(StateUse use) =>
        use.First(static access => (access.ChangesMember || access.Kind == AccessKind.Restore) && access.IsVisibleAtSite) is { } change
            ? new StateFinding(change, Suspension: null)
            : null;

    /// <summary>A method that counts, for itself, how often the thread came by is none of its caller's business.</summary>
    private static bool IsMeantForOthers(Access access, StateUse use) =>
        access.ChangesMember && (access.IsVisibleAtSite || !access.IsCounted || (access.Kind == AccessKind.Update && use.CountsUpAndDown));

    /// <summary>A constant under a guard, never taken back: done once per thread.</summary>
    private static bool IsSetUpOfThread(Access write, StateUse use) =>
        write is { IsGuarded: true, Origin.IsConstant: true } && use.Flow.UndoneAfterSuspension is null;
}
