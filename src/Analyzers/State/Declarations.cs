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

/// <param name="Name">The name of what can be state.</param>
/// <param name="Type">The type that declares it.</param>
/// <param name="Outermost">The outermost type outside which nobody can use it; null if anybody can.</param>
/// <param name="Scope">How it can be named.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="ValueType">The name of the type of its value.</param>
internal sealed record DeclaredState(string Name, string Type, string? Outermost, MemberScope Scope, StateShape Shape, string? ValueType = null)
{
    /// <summary>The value of any ThreadLocal.</summary>
    public static DeclaredState ValueOfThreadLocal { get; } = new("Value", "", null, MemberScope.Instance, StateShape.ThreadBound);

    /// <summary>A type derived from ThreadLocal, or another name of it; a member of Thread that is of the thread that runs.</summary>
    public static DeclaredState OfThreadLocal(string name) => new(name, "", null, MemberScope.Type, StateShape.ThreadBound);
}

/// <param name="Name">The name by which the body is reached.</param>
/// <param name="Type">The type that declares it.</param>
/// <param name="MinArguments">The fewest arguments it can be called with.</param>
/// <param name="MaxArguments">The most.</param>
/// <param name="Node">The declaration with the body.</param>
internal sealed record DeclaredBody(string Name, string Type, MemberScope Scope, int MinArguments, int MaxArguments, SyntaxNode Node);
