namespace ContextAnalyzers.State;

internal enum AccessKind
{
    Read,

    /// <summary>A new value replaces the old one.</summary>
    Write,

    /// <summary>Clears the member, or puts back what was saved from it: nothing of this flow is left.</summary>
    Restore,

    /// <summary>The new value is made of the old one: <c>+=</c>, <c>++</c>, <c>ref</c> arguments.</summary>
    Update,

    /// <summary>The object that the member holds is changed.</summary>
    Mutation,

    /// <summary>Filled if it was empty, with a value that depends on no caller.</summary>
    LazyInitialization,
}

/// <summary>One access to a state member by one function: here, or in what it calls.</summary>
/// <param name="Member">The state.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="Origin">Of the written value.</param>
/// <param name="Site">The reference, or the call that reaches it.</param>
/// <param name="Target">The access itself, if a callee makes it; otherwise the same as <paramref name="Site"/>.</param>
/// <param name="IsSynchronized">It happens under a lock or semaphore.</param>
internal sealed record Access(
    StateMember Member,
    AccessKind Kind,
    Origin Origin,
    SyntaxNode Site,
    SyntaxNode Target,
    bool IsSynchronized)
{
    public bool IsDirect => Site == Target;

    /// <summary>Here, or through a property that looks like the field.</summary>
    public bool IsVisibleAtSite => IsDirect || Site is not Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax and not Microsoft.CodeAnalysis.CSharp.Syntax.BaseObjectCreationExpressionSyntax;

    /// <summary>The member is written under a condition that asks for the member itself: a guard, or an initialization.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>That condition compares what is there with what the function was given: whatever it was, it fits afterwards.</summary>
    public bool IsCompared { get; init; }

    /// <summary>What the arguments of a call must be for it to happen.</summary>
    public Requirement Requirement { get; init; }

    /// <summary>The new value is made of the old one: a counter, or the next of a ring.</summary>
    public bool IsCounted => Kind == AccessKind.Update || (Kind == AccessKind.Write && Origin.TakenFrom == Member);

    /// <summary>A field or property of the object that the member holds is written.</summary>
    public bool IsPartOfObject { get; init; }

    /// <summary>The object that the member holds is written to, at whatever place of it: the member still holds it.</summary>
    public bool IsOfObject { get; init; }

    public bool ChangesMember => Kind is AccessKind.Write or AccessKind.Update or AccessKind.Mutation;
}
