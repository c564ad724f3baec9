using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>The method or constructor that a lambda is an argument of.</summary>
internal static class Callee
{
    public static IMethodSymbol? Of(IOperation lambda)
    {
        var operation = lambda.Parent;
        while (operation is IDelegateCreationOperation or IConversionOperation)
            operation = operation.Parent;

        return operation switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod,
            IArgumentOperation { Parent: IObjectCreationOperation creation } => creation.Constructor,
            _ => null,
        };
    }
}
