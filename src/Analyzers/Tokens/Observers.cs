using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Code that could read a variable: anything that runs code whose body is not known.</summary>
internal static class Observers
{
    public static bool CanSee(IOperation statement, TokenSymbols symbols)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (RunsCode(operation, symbols))
                return true;
        }

        return false;
    }

    /// <summary>Whether a call is an argument of another, which then runs with the value.</summary>
    public static bool CanSeeArgument(IOperation set, TokenSymbols symbols)
    {
        for (var operation = set.Parent; operation is not null; operation = operation.Parent)
        {
            if (RunsCode(operation, symbols))
                return true;
        }

        return false;
    }

    private static bool RunsCode(IOperation operation, TokenSymbols symbols) => operation switch
    {
        IInvocationOperation invocation => !symbols.IsSet(invocation.TargetMethod) && !IsOnTask(invocation.TargetMethod, symbols),
        IPropertyReferenceOperation property => !IsOnTask(property.Property, symbols) && !symbols.IsToken(property.Property.ContainingType),
        IObjectCreationOperation creation => creation.Constructor is { IsImplicitlyDeclared: false },
        IDelegateCreationOperation or IDynamicInvocationOperation or IEventAssignmentOperation or IFunctionPointerInvocationOperation => true,
        _ => false,
    };

    /// <summary><c>Task.Yield()</c>, <c>Task.CompletedTask</c>, <c>task.ConfigureAwait(false)</c>.</summary>
    private static bool IsOnTask(ISymbol member, TokenSymbols symbols) =>
        member.Name is "Yield" or "Delay" or "CompletedTask" or "ConfigureAwait" or "FromResult" && symbols.Known.IsTaskLike(member.ContainingType);
}
