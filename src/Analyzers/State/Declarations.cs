namespace ContextAnalyzers.State;

/// <summary>How a declared member can be named from elsewhere.</summary>
internal enum MemberScope
{
    Instance,
    Static,

    /// <summary>A static method that is called like one of an object.</summary>
    Extension,

    /// <summary>A static member of an interface that types may have their own of: it is named through a type parameter.</summary>
    OfTypeParameter,

    /// <summary>By the name of its type.</summary>
    Type,

    /// <summary>By the name of its type, where an object is made.</summary>
    Constructor,
}

/// <summary>What a declaration can hold, which tells which mentions matter.</summary>
internal enum StateShape
{
    /// <summary>A value of the thread: every mention matters.</summary>
    ThreadBound,

    /// <summary>A value that can be replaced: changes of it matter.</summary>
    Replaceable,

    /// <summary>Always the same collection: changes of it matter.</summary>
    Collection,

    /// <summary>Always the same object: assignments to its parts matter.</summary>
    Object,
}

/// <summary>Who can name a member.</summary>
internal enum MemberAccess
{
    Anybody,
    DerivedTypes,
    OutermostType,
}

/// <param name="Type">The type that declares a member.</param>
/// <param name="Outermost">The type around that which no other is around.</param>
/// <param name="Access">Who can name the member.</param>
internal readonly record struct Owner(string Type, string Outermost, MemberAccess Access);

/// <param name="Name">The name of what can be state.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Scope">How it can be named.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="ValueType">The name of the type of its value.</param>
internal sealed record DeclaredState(string Name, Owner Owner, MemberScope Scope, StateShape Shape, string? ValueType = null)
{
    /// <summary>The value of any ThreadLocal.</summary>
    public static DeclaredState ValueOfThreadLocal { get; } = new("Value", default, MemberScope.Instance, StateShape.ThreadBound);

    /// <summary>A type derived from ThreadLocal, or another name of it; a member of Thread that is of the thread that runs.</summary>
    public static DeclaredState OfThreadLocal(string name) => new(name, default, MemberScope.Type, StateShape.ThreadBound);
}

/// <summary>What runs a body.</summary>
internal enum BodyKind
{
    /// <summary>A call.</summary>
    Method,

    /// <summary>Any use of a property or an indexer.</summary>
    Getter,

    /// <summary>An assignment to a property, an indexer or an event.</summary>
    Setter,

    /// <summary>A <c>using</c>, which names at most the type.</summary>
    Dispose,
}

/// <param name="Name">The name by which the body is reached.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Kind">What runs it.</param>
/// <param name="Scope">How it can be named.</param>
/// <param name="Node">The declaration with the body.</param>
/// <param name="MinArguments">The fewest arguments it can be called with.</param>
/// <param name="MaxArguments">The most.</param>
internal sealed record DeclaredBody(string Name, Owner Owner, BodyKind Kind, MemberScope Scope, SyntaxNode Node, int MinArguments = 0, int MaxArguments = int.MaxValue)
{
    /// <summary>Whether a mention of its name may run it.</summary>
    public bool IsRunBy(Mention mention) => Kind switch
    {
        BodyKind.Method => mention.Arguments >= MinArguments && mention.Arguments <= MaxArguments,
        BodyKind.Setter => mention.Use is MentionUse.Assigned or MentionUse.Changed,
        _ => true,
    };
}
