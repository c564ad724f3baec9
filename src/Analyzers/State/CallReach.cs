using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>The question after <see cref="StateNames"/>, still without a graph: do the members that are really called change state? Of the many with one name most are others.</summary>
internal sealed class CallReach(Compilation compilation, StateServices services)
{
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Budget), bool> _changes = new();

    public bool LeadsToChange(IOperation body, int budget)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (IsChange(operation, budget))
                return true;
        }

        return false;
    }

    private bool IsChange(IOperation operation, int budget) => operation switch
    {
        IInvocationOperation call => IsChange(call.TargetMethod, budget),
        IObjectCreationOperation creation => IsChange(creation.Constructor, budget),
        IPropertyReferenceOperation { Property: var property } => IsChange(property.GetMethod, budget) || IsChange(property.SetMethod, budget),
        IEventReferenceOperation { Event: var @event } => IsChange(@event.AddMethod, budget) || IsChange(@event.RemoveMethod, budget),
        IUsingOperation @using => IsChangeAtEnd(@using.Resources, budget),
        IUsingDeclarationOperation @using => IsChangeAtEnd(@using.DeclarationGroup, budget),
        _ => false,
    };

    private bool IsChangeAtEnd(IOperation resources, int budget)
    {
        foreach (var resource in resources.DescendantsAndSelf())
        {
            for (var type = resource is IVariableDeclaratorOperation { Symbol.Type: var declared } ? declared : resource.Type; type is not null; type = type.BaseType)
            {
                // What is compiled elsewhere has no body here: most that is disposed of is.
                if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
                    continue;

                foreach (var member in type.GetMembers())
                {
                    if (member is IMethodSymbol method && IsDispose(method.Name) && method.Parameters.IsEmpty && IsChange(method, budget))
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>An explicit implementation has the name of its interface before its own. What is awaited is async code, which does nothing to its caller.</summary>
    private static bool IsDispose(string name) => name.EndsWith(nameof(IDisposable.Dispose), StringComparison.Ordinal);

    private bool IsChange(IMethodSymbol? method, int budget)
    {
        if (method is null)
            return false;

        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;

        return !method.DeclaringSyntaxReferences.IsEmpty && !services.AsyncCode.IsAsync(method) && _changes.GetOrAdd((method, budget - CallBudget.CostOf(method)), Compute);
    }

    private bool Compute((IMethodSymbol Method, int Budget) callee)
    {
        var body = callee.Method.DeclaringSyntaxReferences[0].GetSyntax();

        if (!compilation.ContainsSyntaxTree(body.SyntaxTree))
            return false;

        return services.Names.OfCall(body, callee.Budget) switch
        {
            StateReach.None => false,
            StateReach.Direct => true,
            _ => services.Callees.ModelOf(body.SyntaxTree).GetOperation(body) is { } operation && LeadsToChange(operation, callee.Budget),
        };
    }
}
