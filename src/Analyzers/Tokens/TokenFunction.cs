namespace ContextAnalyzers.Tokens;

/// <summary>A method, accessor, lambda or local function that makes a token, or the initializer of a field or property, which has no method.</summary>
/// <param name="Method">Its symbol.</param>
/// <param name="PassedTo">The method that a lambda is an argument of.</param>
internal record TokenFunction(IMethodSymbol? Method, IMethodSymbol? PassedTo)
{
    public bool IsAsync => Method is { IsAsync: true };

    public bool IsSetter => Method is { MethodKind: MethodKind.PropertySet };

    /// <summary>The function as messages name it.</summary>
    public string Name => Method switch
    {
        null => "the initializer",
        { MethodKind: MethodKind.AnonymousFunction } => "the lambda",
        { MethodKind: MethodKind.Constructor } => $"the constructor of '{Method.ContainingType.Name}'",
        { MethodKind: MethodKind.StaticConstructor } => $"the static constructor of '{Method.ContainingType.Name}'",
        { AssociatedSymbol: { } accessed } => $"'{DisplayName.Of(accessed)}'",
        { MethodKind: MethodKind.Ordinary, CanBeReferencedByName: false } => "the program",
        _ => $"'{DisplayName.Of(Method)}'",
    };
}
