using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ContextAnalyzers.State;

/// <summary>Something that happens in a block, in the order of evaluation: an access, a suspension point, or a lambda that starts elsewhere.</summary>
/// <param name="Access">An access to state.</param>
/// <param name="Suspension">The suspension point.</param>
/// <param name="Fork">The lambda.</param>
/// <param name="IsReturn">The suspension point is the return of somebody else's task: this thread goes on with the caller.</param>
/// <param name="ReadElsewhere">A read in a method that starts elsewhere.</param>
internal readonly record struct FlowEvent(Access? Access, SyntaxNode? Suspension, FunctionGraph? Fork, bool IsReturn = false, Access? ReadElsewhere = null);

/// <summary>What may be in a state member: nothing of ours, the value of this flow, another value; and whether the function was suspended since.</summary>
[Flags]
internal enum MemberContent : byte
{
    None = 0,
    Untouched = 1,
    UntouchedSuspended = 2,
    FlowValue = 4,
    FlowValueSuspended = 8,
    OtherValue = 16,
    OtherValueSuspended = 32,

    Written = FlowValue | FlowValueSuspended | OtherValue | OtherValueSuspended,
    Suspended = UntouchedSuspended | FlowValueSuspended | OtherValueSuspended,
}

/// <summary>Forward data flow of one state member through one function: is it written and live at a suspension point, is it read after one?</summary>
/// <remarks>
/// A may-analysis: all contents that some path can bring are kept side by side in one byte, so a block is visited at most seven times.
/// Roslyn's graph leaves exceptional edges implicit: whatever a try block may have left behind reaches its handlers, and the end of
/// a finally block goes on wherever a branch ran through it.
/// </remarks>
internal sealed class SuspensionFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly FlowEvent[][] _events;
    private readonly StateMember _member;
    private readonly MemberContent[] _entry;
    private readonly Queue<int> _work = new();
    private Dictionary<ControlFlowRegion, HashSet<int>>? _continuations;

    private SuspensionFlow(ControlFlowGraph graph, FlowEvent[][] events, StateMember member)
    {
        _graph = graph;
        _events = events;
        _member = member;
        _entry = new MemberContent[graph.Blocks.Length];
    }

    /// <summary>The first suspension point, in the source, that finds the value of this flow in the member.</summary>
    public SyntaxNode? FlowValueLiveAt { get; private set; }

    /// <summary>The same for whatever value the function wrote.</summary>
    public SyntaxNode? ValueLiveAt { get; private set; }

    /// <summary>The first read that may see what the thread, or another flow, left there while this one was suspended.</summary>
    public Access? ReadAfterSuspension { get; private set; }

    /// <summary>A read, by a method that starts elsewhere, of what was written before it was started.</summary>
    public Access? ReadElsewhere { get; private set; }

    /// <summary>What was written before a suspension point is cleared or put back after it.</summary>
    public Access? UndoneAfterSuspension { get; private set; }

    /// <summary>A read that sees what the caller left.</summary>
    public Access? ReadOfEntryValue { get; private set; }

    /// <summary>The first suspension point that the function can reach.</summary>
    public SyntaxNode? FirstSuspension { get; private set; }

    public MemberContent AtExit => _entry[_graph.Blocks.Length - 1];

    /// <summary>What is in the member where a lambda is started elsewhere; null if none is.</summary>
    public Dictionary<FunctionGraph, MemberContent>? AtForks { get; private set; }

    public static SuspensionFlow Run(
        FunctionGraph function, FlowEvent[][] events, StateMember member, MemberContent entry, CancellationToken cancellationToken)
    {
        var flow = new SuspensionFlow(function.Graph, events, member);
        flow.Enter(0, entry);

        while (flow._work.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            flow.Visit(flow._graph.Blocks[flow._work.Dequeue()]);
        }

        return flow;
    }

    private void Enter(int block, MemberContent content)
    {
        if ((_entry[block] | content) == _entry[block])
            return;

        _entry[block] |= content;
        _work.Enqueue(block);
    }

    private void Visit(BasicBlock block)
    {
        var content = _entry[block.Ordinal];
        var seen = content;

        foreach (var step in _events[block.Ordinal])
        {
            content = Apply(step, content);
            seen |= content;
        }

        Follow(block.FallThroughSuccessor, content);
        Follow(block.ConditionalSuccessor, content);

        // The graph of a nested function ends at its own root, although the regions of the outer graph go on.
        for (var region = block.EnclosingRegion; region.Kind != ControlFlowRegionKind.Root; region = region.EnclosingRegion!)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
                EnterHandlers(region, seen);
        }
    }

    private void EnterHandlers(ControlFlowRegion tryRegion, MemberContent content)
    {
        foreach (var sibling in tryRegion.EnclosingRegion!.NestedRegions)
        {
            if (sibling != tryRegion)
                Enter(sibling.FirstBlockOrdinal, content);
        }
    }

    private void Follow(ControlFlowBranch? branch, MemberContent content)
    {
        if (branch is null)
            return;

        if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            FollowEndOfFinally(branch.Source, content);
            return;
        }

        if (branch.Destination is not { } destination)
            return;

        var next = destination.Ordinal;

        for (var i = branch.FinallyRegions.Length - 1; i >= 0; i--)
        {
            var region = branch.FinallyRegions[i];

            _continuations ??= new();

            if (!_continuations.TryGetValue(region, out var targets))
                _continuations.Add(region, targets = new HashSet<int>());

            if (targets.Add(next))
                _work.Enqueue(region.LastBlockOrdinal);

            next = region.FirstBlockOrdinal;
        }

        Enter(next, content);
    }

    private void FollowEndOfFinally(BasicBlock source, MemberContent content)
    {
        for (var region = source.EnclosingRegion; region.Kind != ControlFlowRegionKind.Root; region = region.EnclosingRegion!)
        {
            if (region.Kind != ControlFlowRegionKind.Finally)
                continue;

            if (_continuations is not null && _continuations.TryGetValue(region, out var targets))
            {
                foreach (var target in targets)
                    Enter(target, content);
            }

            return;
        }
    }

    private MemberContent Apply(FlowEvent step, MemberContent content)
    {
        if (step.Suspension is { } suspension)
            return step.IsReturn && _member.IsThreadBound ? content : Suspend(suspension, content);

        if (step.Fork is { } lambda)
        {
            AtForks ??= new();
            AtForks.TryGetValue(lambda, out var known);
            AtForks[lambda] = known | content;
            return content;
        }

        if (step.ReadElsewhere is { } read && read.Member == _member && (content & MemberContent.Written) != 0)
            ReadElsewhere = Earlier(ReadElsewhere, read);

        return step.Access is { } access && access.Member == _member ? Apply(access, content) : content;
    }

    private MemberContent Apply(Access access, MemberContent content)
    {
        switch (access.Kind)
        {
            case AccessKind.Read:
                if ((content & MemberContent.Suspended) != 0)
                    ReadAfterSuspension = Earlier(ReadAfterSuspension, access);

                if ((content & (MemberContent.Untouched | MemberContent.UntouchedSuspended)) != 0)
                    ReadOfEntryValue = Earlier(ReadOfEntryValue, access);

                return content;

            case AccessKind.Restore:
                if ((content & (MemberContent.FlowValueSuspended | MemberContent.OtherValueSuspended)) != 0)
                    UndoneAfterSuspension = Earlier(UndoneAfterSuspension, access);

                return MemberContent.Untouched;

            case AccessKind.LazyInitialization:
                return Resumed(content);

            // A static that others may not touch meanwhile, or the object behind a shared reference: not the value of one flow.
            case var _ when !_member.IsThreadBound && (access.IsSynchronized || access.Kind == AccessKind.Mutation):
                return content;

            default:
                return access.Origin.DependsOnFlow ? MemberContent.FlowValue : MemberContent.OtherValue;
        }
    }

    private MemberContent Suspend(SyntaxNode suspension, MemberContent content)
    {
        FirstSuspension = Earlier(FirstSuspension, suspension);

        if ((content & (MemberContent.FlowValue | MemberContent.FlowValueSuspended)) != 0)
            FlowValueLiveAt = Earlier(FlowValueLiveAt, suspension);

        if ((content & MemberContent.Written) != 0)
            ValueLiveAt = Earlier(ValueLiveAt, suspension);

        var suspended = content & MemberContent.Suspended;

        if ((content & MemberContent.Untouched) != 0)
            suspended |= MemberContent.UntouchedSuspended;

        if ((content & MemberContent.FlowValue) != 0)
            suspended |= MemberContent.FlowValueSuspended;

        if ((content & MemberContent.OtherValue) != 0)
            suspended |= MemberContent.OtherValueSuspended;

        return suspended;
    }

    private static MemberContent Resumed(MemberContent content)
    {
        var resumed = content & ~MemberContent.Suspended;

        if ((content & MemberContent.UntouchedSuspended) != 0)
            resumed |= MemberContent.Untouched;

        if ((content & MemberContent.FlowValueSuspended) != 0)
            resumed |= MemberContent.FlowValue;

        if ((content & MemberContent.OtherValueSuspended) != 0)
            resumed |= MemberContent.OtherValue;

        return resumed;
    }

    private static Access Earlier(Access? known, Access found) =>
        known is null || found.Site.SpanStart < known.Site.SpanStart ? found : known;

    private static SyntaxNode Earlier(SyntaxNode? known, SyntaxNode found) =>
        known is null || found.SpanStart < known.SpanStart ? found : known;
}
