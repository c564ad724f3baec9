namespace ContextVars;

/// <summary>One write of the current root: what it replaced, and the rules by which it may be undone.</summary>
internal readonly struct Change
{
#if NET
    // Every write makes a new ExecutionContext. Where that is still the current one, nothing at all has changed since, and putting
    // the old one back undoes the write without making a third. Null where the flow is suppressed.
    private readonly ExecutionContext? _contextBefore;
    private readonly ExecutionContext? _contextAfter;
#else
    private readonly Root _after;
#endif

    private Change(Root before, Root after)
    {
        Before = before;
#if NET
        _contextBefore = ExecutionContext.Capture();
        Root.Current = after;
        _contextAfter = ExecutionContext.Capture();
#else
        Root.Current = _after = after;
#endif
    }

    /// <summary>The root that was replaced.</summary>
    public Root Before { get; }

    public static Change Write(Root before, Root after) => new(before, after);

    /// <summary>Undoes the whole write, if nothing has been written since.</summary>
    public bool TryUndo()
    {
#if NET
        if (_contextBefore is null || _contextAfter is null || ExecutionContext.Capture() != _contextAfter)
            return false;

        ExecutionContext.Restore(_contextBefore);
#else
        if (Root.Current != _after)
            return false;

        Root.Current = Before;
#endif
        return true;
    }

    /// <summary>Restores, for the variable of one slot that the write added, what was there before.</summary>
    /// <param name="slot">The slot that the write added.</param>
    /// <param name="end">Whether the binding ends, where its lifetime is bounded.</param>
    public ResetOutcome Undo(Slot slot, bool end = true)
    {
        if (!TryUndo() && UndoAmongOthers(slot, end) is var outcome and not ResetOutcome.Done)
            return outcome;

        slot.MarkUsed();
        if (end)
            slot.End();

        return ResetOutcome.Done;
    }

    private ResetOutcome UndoAmongOthers(Slot slot, bool end)
    {
        var root = Root.Current;
        var current = root.Find(slot.Variable);

        // A flow that has inherited the Set may undo it for itself, so a token that another flow has used still works
        // where its Set is the current one.
        if (current != slot && slot.IsUsed)
            return ResetOutcome.Used;

        if (root.Owner != Before.Owner)
            return ResetOutcome.OtherContext;

        if (current != slot)
        {
            // Sets made on top of ours and never undone are dropped with it. A Set that is not on top of ours is older, or was
            // made where ours was never seen.
            if (current is null || current.Depth - slot.Depth <= 0)
                return ResetOutcome.NotVisible;

            if (end)
                current.End();
        }

        Root.Current = Before.Find(slot.Variable) is { IsEnded: false } previous ? root.With(previous) : root.Without(slot.Variable);
        return ResetOutcome.Done;
    }
}
