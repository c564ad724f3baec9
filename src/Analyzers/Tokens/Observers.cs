using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Code that could read a variable: anything that runs code whose body is not known.</summary>
internal static class Observers
{
    public static bool CanSee(IOperation statement, TokenSymbols symbols)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            var canSee = operation switch
            {
                IInvocationOperation invocation => !symbols.IsSet(invocation.TargetMethod) && !IsOnTask(invocation.TargetMethod, symbols),
                IPropertyReferenceOperation property => !IsOnTask(property.Property, symbols),
                IObjectCreationOperation creation => creation.Constructor is { IsImplicitlyDeclared: false },
                IDelegateCreationOperation or IDynamicInvocationOperation or IEventAssignmentOperation or IFunctionPointerInvocationOperation => true,
                _ => false,
            };
            if (canSee)
                return true;
        }

        return false;
    }

    /// <summary><c>Task.Yield()</c>, <c>Task.CompletedTask</c>, <c>task.ConfigureAwait(false)</c>.</summary>
    private static bool IsOnTask(ISymbol member, TokenSymbols symbols) =>
        member.Name is "Yield" or "Delay" or "CompletedTask" or "ConfigureAwait" or "FromResult" && symbols.Known.IsTaskLike(member.ContainingType);
}
