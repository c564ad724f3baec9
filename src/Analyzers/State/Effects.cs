namespace ContextAnalyzers.State;

/// <summary>What a call of a function does to state members, as its caller sees it.</summary>
internal static class Effects
{
    public static ImmutableArray<Access> Of(FunctionGraph function, FlowEvent[][] events, CancellationToken cancellationToken)
    {
        var accesses = ByMember(events);

        if (accesses.Count == 0)
            return ImmutableArray<Access>.Empty;

        var effects = ImmutableArray.CreateBuilder<Access>();

        foreach (var (member, all) in accesses)
        {
            var flow = SuspensionFlow.Run(function, events, member, MemberContent.Untouched, cancellationToken);

            if (First(all, AccessKind.LazyInitialization) is { } initialization && !all.Exists(static a => a.ChangesMember))
                effects.Add(initialization);
            else if (flow.ReadOfEntryValue is { } read)
                effects.Add(read);

            var change = Changes(all);
            var isOfObject = change is { Kind: AccessKind.Mutation };

            if (change is not null && ((isOfObject && !member.IsThreadBound) || change.IsSynchronized || (flow.AtExit & MemberContent.Written) != 0))
                effects.Add(change);
            else if (!isOfObject && First(all, AccessKind.Restore) is { } restore) // what is put into a collection and taken out again leaves there what was there before
                effects.Add(restore);
        }

        return effects.ToImmutable();
    }

    /// <summary>In the order in which the members first occur, so that results do not depend on hashing.</summary>
    public static List<(StateMember Member, List<Access> Accesses)> ByMember(FlowEvent[][] events)
    {
        var result = new List<(StateMember, List<Access>)>();

        foreach (var block in events)
        {
            foreach (var step in block)
            {
                if (step.Access is not { } access)
                    continue;

                AccessesOf(access.Member, result).Add(access);
            }
        }

        return result;
    }

    private static List<Access> AccessesOf(StateMember member, List<(StateMember Member, List<Access> Accesses)> known)
    {
        foreach (var (other, accesses) in known)
        {
            if (other == member)
                return accesses;
        }

        var added = new List<Access>();
        known.Add((member, added));

        return added;
    }

    /// <summary>All changes in one: made of everything that any of them writes, safe only if all are.</summary>
    private static Access? Changes(List<Access> accesses)
    {
        Access? result = null;

        foreach (var access in accesses)
        {
            if (!access.ChangesMember)
                continue;

            result = result is null ? access : result with
            {
                Kind = result.Kind == AccessKind.Write ? AccessKind.Write : access.Kind,
                Origin = result.Origin | access.Origin,
                IsSynchronized = result.IsSynchronized && access.IsSynchronized,
                IsGuarded = result.IsGuarded && access.IsGuarded,
                Requirement = result.Requirement & access.Requirement,
            };
        }

        return result;
    }

    private static Access? First(List<Access> accesses, AccessKind kind) => accesses.Find(access => access.Kind == kind);
}
