using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>Tells which functions go on later, or elsewhere, than where they were called.</summary>
internal sealed class AsyncCode(KnownSymbols symbols)
{
    public bool IsAsync(FunctionGraph function) =>
        (function.Function is { } method && IsAsync(method)) || RunsElsewhere(function);

    /// <summary>Async methods, and methods without <c>async</c> that return the task of somebody else.</summary>
    public bool IsAsync(IMethodSymbol method) => method.IsAsync || symbols.IsTaskLike(method.ReturnType);

    /// <summary>A lambda that is handed to the thread pool, a new thread or a timer.</summary>
    public bool RunsElsewhere(FunctionGraph function)
    {
        IOperation? operation = function.Lambda;

        while (operation is IFlowAnonymousFunctionOperation or IDelegateCreationOperation or IConversionOperation)
            operation = operation.Parent;

        return operation is IArgumentOperation { Parent: { } call } && StartsElsewhere(call);
    }

    private bool StartsElsewhere(IOperation call) => call switch
    {
        IInvocationOperation { TargetMethod: var method } =>
            (KnownSymbols.Is(method.ContainingType, symbols.Task) && method.Name is "Run" or "ContinueWith")
            || (KnownSymbols.Is(method.ContainingType, symbols.TaskOfT) && method.Name == "ContinueWith")
            || KnownSymbols.Is(method.ContainingType, symbols.TaskFactory)
            || KnownSymbols.Is(method.ContainingType, symbols.TaskFactoryOfT)
            || KnownSymbols.Is(method.ContainingType, symbols.ThreadPool)
            || KnownSymbols.Is(method.ContainingType, symbols.Parallel),
        IObjectCreationOperation { Type: var type } =>
            KnownSymbols.Is(type, symbols.Thread) || KnownSymbols.Is(type, symbols.ThreadingTimer),
        _ => false,
    };
}
