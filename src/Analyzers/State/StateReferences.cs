using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>Which state member an operation of a graph refers to.</summary>
internal sealed class StateReferences(MemberGraph member, StateMembers members)
{
    /// <summary>The graph evaluates parts of an expression ahead and keeps them in captures: what a written capture stands for.</summary>
    public IOperation Unwrap(IOperation target)
    {
        while (true)
        {
            switch (target)
            {
                case IFlowCaptureReferenceOperation capture when member.CapturedBy(capture.Id) is [var value, ..]:
                    target = value;
                    break;
                case IConversionOperation conversion:
                    target = conversion.Operand;
                    break;
                case IDeclarationExpressionOperation declaration:
                    target = declaration.Expression;
                    break;
                default:
                    return target;
            }
        }
    }

    /// <summary>The member that is read by a reference to it.</summary>
    public StateMember? Resolve(IOperation reference) => reference switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true } property } => IsAuto(property.GetMethod) ? members.Of(property) : null,
        _ => ResolveVariable(reference),
    };

    /// <summary>The member that is written by an assignment to a reference to it.</summary>
    public StateMember? ResolveWritten(IOperation reference) => reference switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true } property } => IsAuto(property.SetMethod) ? members.Of(property) : null,
        _ => ResolveVariable(reference),
    };

    /// <summary>What stays the same variable whatever is done to it.</summary>
    private StateMember? ResolveVariable(IOperation reference) => reference switch
    {
        IFieldReferenceOperation { Field.IsStatic: true } field => members.Of(field.Field),
        IPropertyReferenceOperation { Instance: { } instance, Property.Name: "Value" or "IsValueCreated" } property
            when members.IsThreadLocal(property.Property.ContainingType) => Holder(instance) is { } holder ? members.OfThreadLocal(holder) : null,
        IPropertyReferenceOperation { Instance: { } instance } property
            when Only(instance) is IPropertyReferenceOperation { Property: { Name: "CurrentThread", IsStatic: true } } => members.OfCurrentThread(property.Property),
        _ => null,
    };

    /// <summary>The member that holds the object of which a part is written: <c>s_items[i] = x</c>, <c>s_state.User = x</c>.</summary>
    public StateMember? ResolveHolder(IOperation target)
    {
        var instance = target switch
        {
            IArrayElementReferenceOperation element => element.ArrayReference,
            IFieldReferenceOperation field => field.Instance,
            IInlineArrayAccessOperation element => element.Instance,
            IPropertyReferenceOperation property when !InfrastructureTypes.IsKnownName(property.Property.ContainingType.Name) => property.Instance,
            _ => null,
        };

        return instance is not null && Resolve(Viewed(instance)) is { } state ? state : null;
    }

    /// <summary>What a span gives access to.</summary>
    private IOperation Viewed(IOperation value)
    {
        value = Unwrap(value);

        if (value is ILocalReferenceOperation { Type.Name: "Span" })
            value = Only(value);

        return value is IInvocationOperation { TargetMethod.Name: "AsSpan", Arguments: [{ Value: var viewed }, ..] } ? Unwrap(viewed) : value;
    }

    /// <summary>The value of a local that is assigned once.</summary>
    private IOperation Only(IOperation value)
    {
        value = Unwrap(value);
        return value is ILocalReferenceOperation local && member.DefinitionsOf(local.Local) is [var definition] ? Unwrap(definition) : value;
    }

    /// <summary>The collection, or the struct, that a call changes.</summary>
    public StateMember? ResolveMutation(IInvocationOperation call)
    {
        if (call.Instance is not { } instance)
            return null;

        var isCollection = MutableCollections.IsChangedBy(call.TargetMethod);

        if (Resolve(Unwrap(instance)) is { } state)
            return isCollection || IsChangedStruct(call.TargetMethod, state) ? state : null;

        // By the name of a local as well, if it only takes out. What is put in may be nobody's by then: the member may have been cleared since.
        return isCollection && MutableCollections.TakesOut(call.TargetMethod.Name) && Resolve(Only(instance)) is { IsThreadBound: true } held ? held : null;
    }

    /// <summary>Thread.GetData and SetData: the variable that holds the slot.</summary>
    public StateMember? ResolveSlot(IInvocationOperation call, KnownSymbols symbols)
    {
        if (call.TargetMethod.Name is not ("GetData" or "SetData") || !symbols.Thread.Is(call.TargetMethod.ContainingType))
            return null;

        return call.Arguments is [var slot, ..] && Holder(slot.Value) is { } holder ? members.OfThreadLocal(holder) : null;
    }

    /// <summary>The reference stands where its value is replaced, not used.</summary>
    public bool IsWritten(IOperation reference)
    {
        var child = reference;
        var parent = reference.Parent;

        while (parent is ITupleOperation or IDeclarationExpressionOperation)
        {
            child = parent;
            parent = parent.Parent;
        }

        return parent switch
        {
            IAssignmentOperation assignment => assignment.Target == child,
            IIncrementOrDecrementOperation => true,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IFlowCaptureOperation capture => member.IsAssigned(capture.Id),
            _ => false,
        };
    }

    /// <summary>The call that made a value.</summary>
    public IInvocationOperation? MakerOf(IOperation value)
    {
        for (var steps = 0; steps < 8; steps++)
        {
            switch (value)
            {
                case IInvocationOperation call:
                    return call;
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IFlowCaptureReferenceOperation capture when member.CapturedBy(capture.Id) is [var captured, ..]:
                    value = captured;
                    break;
                case ILocalReferenceOperation local when member.DefinitionsOf(local.Local) is [var definition, ..]:
                    value = definition;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private ISymbol? Holder(IOperation instance) => Unwrap(instance) switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } input when PatternInput(input) is { } value => Holder(value),
        IObjectCreationOperation created => member.LocalDefinedBy(created, Unwrap),
        IFieldReferenceOperation field => field.Field,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    private static IOperation? PatternInput(IOperation operation)
    {
        for (IOperation? outer = operation; outer is not null; outer = outer.Parent)
        {
            if (outer is IIsPatternOperation pattern)
                return pattern.Value;
        }

        return null;
    }

    /// <summary>An accessor without a body of its own.</summary>
    private static bool IsAuto(IMethodSymbol? accessor)
    {
        if (accessor is null)
            return true;

        foreach (var reference in accessor.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not Microsoft.CodeAnalysis.CSharp.Syntax.AccessorDeclarationSyntax { Body: null, ExpressionBody: null })
                return accessor.IsImplicitlyDeclared;
        }

        return true;
    }

    private static bool IsChangedStruct(IMethodSymbol method, StateMember state) =>
        !state.IsReadOnly
        && method is { IsReadOnly: false, IsOverride: false, ContainingType: { IsValueType: true, IsReadOnly: false } type }
        && !type.DeclaringSyntaxReferences.IsEmpty;
}
