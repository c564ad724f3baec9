using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>What the calls in one member do to state, as far as they are still followed.</summary>
internal sealed class CallEffects(
    MemberGraph member, StateServices services, StateReferences references, int budget, Dictionary<(FunctionGraph, int), ImmutableArray<Access>> localFunctions)
{
    public ImmutableArray<Access> EffectsOf(IMethodSymbol method)
    {
        var rest = budget - CallBudget.CostOf(method);

        return rest < 0 ? ImmutableArray<Access>.Empty
            : method.MethodKind == MethodKind.LocalFunction ? EffectsOfLocal(method, rest)
            : services.Callees.EffectsOf(method, rest);
    }

    /// <summary>The member whose value a reference or a call brings.</summary>
    public StateMember? StateReadBy(IOperation operation)
    {
        if (references.Resolve(operation) is { } state)
            return state;

        var effects = operation switch
        {
            IPropertyReferenceOperation { Property.GetMethod: { } getter } => EffectsOf(getter),
            IInvocationOperation { TargetMethod: { ReturnsVoid: false, MethodKind: not MethodKind.LocalFunction } method } => EffectsOf(method),
            _ => ImmutableArray<Access>.Empty,
        };

        foreach (var effect in effects)
        {
            if (effect.Kind is AccessKind.Read or AccessKind.LazyInitialization)
                return effect.Member;
        }

        return null;
    }

    /// <summary>The member that a call or a property returns a reference to.</summary>
    public StateMember? StateReferredToBy(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.ReturnsByRef: true } or IPropertyReferenceOperation { Property.ReturnsByRef: true } => StateReadBy(operation),
        _ => null,
    };

    private ImmutableArray<Access> EffectsOfLocal(IMethodSymbol method, int rest)
    {
        if (services.AsyncCode.IsAsync(method) || member.LocalFunction(method) is not { } function || Callees.IsIterator(function.Syntax))
            return ImmutableArray<Access>.Empty;

        if (!localFunctions.TryGetValue((function, rest), out var effects))
        {
            effects = Effects.Of(function, new EventReader(member, services, rest, localFunctions).Read(function, default), default);
            localFunctions[(function, rest)] = effects;
        }

        return effects;
    }
}
