namespace ContextAnalyzers.State;

/// <summary>All that one function of async code does to one state member, and how that lies to its suspension points.</summary>
internal sealed class StateUse(ISymbol owner, FunctionGraph function, StateMember member, List<Access> accesses, SuspensionFlow flow, bool startsElsewhere)
{
    /// <summary>The member that the function is, or stands in.</summary>
    public ISymbol Owner { get; } = owner;

    public FunctionGraph Function { get; } = function;

    public StateMember Member { get; } = member;

    /// <summary>In the order of evaluation.</summary>
    public List<Access> Accesses { get; } = accesses;

    public SuspensionFlow Flow { get; } = flow;

    /// <summary>The function is a lambda that runs elsewhere, and the member was written before it was handed over.</summary>
    public bool StartsElsewhere { get; } = startsElsewhere;

    /// <summary>The function counts more than once: a depth, which decides something, and not a number of times.</summary>
    public bool CountsUpAndDown => Accesses.Count(static access => access.Kind == AccessKind.Update) > 1;

    /// <summary>The first access, in the source, of which something is true.</summary>
    public Access? First(Func<Access, bool> predicate)
    {
        Access? first = null;

        foreach (var access in Accesses)
        {
            if (predicate(access) && (first is null || access.Site.SpanStart < first.Site.SpanStart))
                first = access;
        }

        return first;
    }
}
