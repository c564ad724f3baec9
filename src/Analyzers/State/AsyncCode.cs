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

    /// <summary>The same by the name of what is returned.</summary>
    public static bool IsTaskName(string? type) => type is "Task" or "ValueTask";

    /// <summary>A lambda that is handed to the thread pool, a new thread or a timer.</summary>
    public bool RunsElsewhere(FunctionGraph function) => StarterOf(function.Lambda) is not null;

    /// <summary>A method that is handed to one of these by its name.</summary>
    public bool RunsElsewhere(IMethodReferenceOperation method) => StarterOf(method) is not null;

    /// <summary>The same, and only once: not a timer, not a loop in parallel.</summary>
    public bool RunsElsewhereOnce(FunctionGraph function) =>
        StarterOf(function.Lambda) is { } starter && !symbols.Parallel.Is(starter.ContainingType) && !symbols.ThreadingTimer.Is(starter.ContainingType);

    private IMethodSymbol? StarterOf(IOperation? operation)
    {
        while (operation is IFlowAnonymousFunctionOperation or IMethodReferenceOperation or IDelegateCreationOperation or IConversionOperation
            or IArrayInitializerOperation or IArrayCreationOperation)
        {
            operation = operation.Parent;
        }

        var called = (operation as IArgumentOperation)?.Parent switch
        {
            IInvocationOperation { TargetMethod: var method } => method,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            _ => null,
        };
        return called is not null && symbols.StartsFlow(called) ? called : null;
    }

    /// <summary>A method without <c>async</c> hands out a task that goes on after it has returned.</summary>
    public bool GoesOnAfterReturn(FunctionGraph function, IOperation value) =>
        function.Function is { IsAsync: false } method && symbols.IsTaskLike(method.ReturnType) && !IsCompleted(value);

    /// <summary>Awaiting it suspends nothing.</summary>
    public bool IsCompleted(IOperation awaited)
    {
        while (awaited is IConversionOperation conversion)
            awaited = conversion.Operand;

        return awaited switch
        {
            IPropertyReferenceOperation { Property: { Name: "CompletedTask", ContainingType: var type } } => symbols.IsTaskLike(type),
            IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled", ContainingType: var type } } => symbols.IsTaskLike(type),
            IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => IsCompleted(task),
            IDefaultValueOperation => symbols.IsTaskLike(awaited.Type),
            IObjectCreationOperation { Type: var type, Arguments: [{ Parameter.Type: var argument }] } =>
                symbols.IsTaskLike(type) && !symbols.IsTaskLike(argument) && argument.TypeKind != TypeKind.Interface,
            _ => false,
        };
    }
}
