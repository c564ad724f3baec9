using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>Reads from a function's graph what happens to state members, block by block, in the order of evaluation.</summary>
internal sealed class EventReader
{
    private readonly MemberGraph _member;
    private readonly StateServices _services;
    private readonly int _budget;
    private readonly ValueOrigins _origins;
    private readonly StateReferences _references;
    private readonly List<FlowEvent> _events = new();
    private readonly List<IOperation> _order = new();
    private readonly Stack<IOperation> _pending = new();
    private Synchronization _synchronization;
    private bool _isDispose;

    /// <param name="member">The member with all its functions.</param>
    /// <param name="services">Shared by the compilation.</param>
    /// <param name="budget">How far calls are still followed.</param>
    public EventReader(MemberGraph member, StateServices services, int budget)
    {
        _member = member;
        _services = services;
        _budget = budget;
        _references = new StateReferences(member, services.Members);
        _origins = new ValueOrigins(member, services.Symbols, StateReadBy);
        _synchronization = new Synchronization(services.Symbols);
    }

    public IReadOnlyList<FlowEvent>[] Read(FunctionGraph function, CancellationToken cancellationToken)
    {
        _synchronization = new Synchronization(_services.Symbols);
        _isDispose = function.Function?.Name is "Dispose" or "DisposeAsync" or "System.IDisposable.Dispose";
        var blocks = new IReadOnlyList<FlowEvent>[function.Graph.Blocks.Length];

        foreach (var block in function.Graph.Blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _events.Clear();

            foreach (var operation in block.Operations)
                ReadInOrder(operation);

            if (block.BranchValue is { } value)
            {
                ReadInOrder(value);
                ReadDisposal(block);

                if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return && _services.AsyncCode.GoesOnAfterReturn(function, value))
                    _events.Add(new FlowEvent(null, value.Syntax, null, IsReturn: true));
            }

            blocks[block.Ordinal] = _events.Count == 0 ? Array.Empty<FlowEvent>() : _events.ToArray();
        }

        return blocks;
    }

    /// <summary>The end of a using statement asks whether there is something to dispose. There is: the path around it does not count.</summary>
    private void ReadDisposal(BasicBlock block)
    {
        if (block is { BranchValue: IIsNullOperation { IsImplicit: true }, EnclosingRegion.Kind: ControlFlowRegionKind.Finally, FallThroughSuccessor.Destination: { } disposal })
        {
            foreach (var operation in disposal.Operations)
                ReadInOrder(operation);
        }
    }

    /// <summary>Operands before operators; without recursion, because expressions can be as deep as they are long.</summary>
    private void ReadInOrder(IOperation root)
    {
        _order.Clear();
        _pending.Push(root);

        while (_pending.Count > 0)
        {
            var operation = _pending.Pop();
            _order.Add(operation);

            foreach (var child in operation.ChildOperations)
                _pending.Push(child);
        }

        for (var i = _order.Count - 1; i >= 0; i--)
            Read(_order[i]);
    }

    private void Read(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation await when !_services.AsyncCode.IsCompleted(await.Operation):
                _events.Add(new FlowEvent(null, await.Syntax, null));
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn }:
                _events.Add(new FlowEvent(null, operation.Syntax, null));
                break;
            case IFlowAnonymousFunctionOperation lambda:
                ReadLambda(lambda);
                break;
            case ISimpleAssignmentOperation { IsRef: true } alias when _references.Resolve(_references.Unwrap(alias.Value)) is { } state:
                Add(state, AccessKind.Update, Origin.Opaque, alias.Value.Syntax);
                break;
            case ISimpleAssignmentOperation assignment:
                ReadAssignment(assignment.Target, AccessKind.Write, assignment.Value);
                break;
            case ICompoundAssignmentOperation compound:
                ReadAssignment(compound.Target, AccessKind.Update, compound.Value);
                break;
            case IIncrementOrDecrementOperation increment:
                ReadAssignment(increment.Target, AccessKind.Update, value: null);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                ReadDeconstruction(deconstruction.Target, deconstruction.Value);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                ReadReferenceArgument(argument);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation when !_references.IsWritten(operation):
                ReadReference(operation);
                break;
            case IInvocationOperation call:
                ReadCall(call);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                AddEffects(constructor, creation.Arguments, null, creation.Syntax);
                break;
        }
    }

    private void ReadLambda(IFlowAnonymousFunctionOperation lambda)
    {
        foreach (var function in _member.Functions)
        {
            if (function.Lambda == lambda && _services.AsyncCode.RunsElsewhere(function))
                _events.Add(new FlowEvent(null, null, function));
        }
    }

    private void ReadReference(IOperation reference)
    {
        if (_references.Resolve(reference) is { } state)
        {
            var kind = Guard.IsTestBeforeInitialization(reference.Syntax, state.Symbol.Name) ? AccessKind.LazyInitialization : AccessKind.Read;
            Add(state, kind, default, reference.Syntax);
        }
        else if (reference is IPropertyReferenceOperation { Property.GetMethod: { } getter } property)
        {
            AddEffects(getter, property.Arguments, null, property.Syntax);
        }
    }

    private void ReadAssignment(IOperation target, AccessKind kind, IOperation? value)
    {
        target = _references.Unwrap(target);

        if (_references.Resolve(target) is { } state)
        {
            Add(state, kind, value is null ? Origin.One : _origins.Of(value), target.Syntax);
            return;
        }

        if (_references.ResolveHolder(target) is { } holder)
        {
            var isPart = target is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false };
            Add(holder, AccessKind.Mutation, _origins.Of(value), target.Syntax, isPart);
            return;
        }

        if (target is not IPropertyReferenceOperation property)
            return;

        if (kind == AccessKind.Update && property.Property.GetMethod is { } getter)
            AddEffects(getter, property.Arguments, null, property.Syntax);

        if (property.Property.SetMethod is { } setter)
            AddEffects(setter, property.Arguments, value, property.Syntax);
    }

    private void ReadDeconstruction(IOperation target, IOperation value)
    {
        if (target is IDeclarationExpressionOperation declaration)
            target = declaration.Expression;

        if (target is not ITupleOperation tuple)
        {
            ReadAssignment(target, AccessKind.Write, value);
            return;
        }

        for (var i = 0; i < tuple.Elements.Length; i++)
            ReadDeconstruction(tuple.Elements[i], MemberGraph.ElementOf(value, i, tuple.Elements.Length));
    }

    private void ReadReferenceArgument(IArgumentOperation argument)
    {
        if (argument.Parent is not IInvocationOperation call || _references.Resolve(_references.Unwrap(argument.Value)) is not { } state)
            return;

        if (_services.Symbols.IsAtomic(call.TargetMethod.ContainingType))
            return;

        var kind = argument.Parameter!.RefKind == RefKind.Out ? AccessKind.Write : AccessKind.Update;
        Add(state, kind, _origins.Of(call), argument.Value.Syntax);
    }

    private void ReadCall(IInvocationOperation call)
    {
        _synchronization.Add(call);

        if (_references.ResolveSlot(call, _services.Symbols) is { } slot)
        {
            if (call.TargetMethod.Name == "SetData")
                Add(slot, AccessKind.Write, _origins.Of(call.Arguments[1].Value), call.Syntax);
            else
                Add(slot, AccessKind.Read, default, call.Syntax);

            return;
        }

        if (_references.ResolveMutation(call) is { } changed)
            Add(changed, AccessKind.Mutation, _origins.Of(call), call.Syntax);

        if (call.TargetMethod.MethodKind == MethodKind.LocalFunction)
        {
            AddLocalFunction(call);
            return;
        }

        if (call is { TargetMethod.Name: "Dispose", Instance: { } resource } && call.Arguments.IsEmpty)
            ReadDispose(call, resource);
        else
            AddEffects(call.TargetMethod, call.Arguments, null, call.Syntax);
    }

    /// <summary>The end of a scope: Dispose of the type if it is known; otherwise what the call that made the scope did is undone.</summary>
    private void ReadDispose(IInvocationOperation call, IOperation resource)
    {
        while (resource is IConversionOperation conversion)
            resource = conversion.Operand;

        if (resource.Type is { TypeKind: not TypeKind.Interface } type)
        {
            var dispose = call.TargetMethod.ContainingType.TypeKind == TypeKind.Interface
                ? type.FindImplementationForInterfaceMember(call.TargetMethod) as IMethodSymbol
                : call.TargetMethod;

            if (dispose is not null)
                AddEffects(dispose, ImmutableArray<IArgumentOperation>.Empty, null, call.Syntax);

            return;
        }

        if (_references.MakerOf(resource) is not { } maker)
            return;

        foreach (var effect in EffectsOf(maker.TargetMethod))
        {
            if (effect.ChangesMember)
                _events.Add(new FlowEvent(effect with { Kind = AccessKind.Restore, Site = call.Syntax }, null, null));
        }
    }

    private void AddLocalFunction(IInvocationOperation call)
    {
        var rest = _budget - CallBudget.CostOf(call.TargetMethod);

        if (rest < 0 || _services.AsyncCode.IsAsync(call.TargetMethod) || _member.LocalFunction(call.TargetMethod) is not { } function)
            return;

        var effects = Effects.Of(function, new EventReader(_member, _services, rest).Read(function, default), default);
        AddEffects(effects, call.TargetMethod, call.Arguments, null, call.Syntax);
    }

    private void AddEffects(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? value, SyntaxNode site) =>
        AddEffects(EffectsOf(method), method, arguments, value, site);

    private ImmutableArray<Access> EffectsOf(IMethodSymbol method)
    {
        var rest = _budget - CallBudget.CostOf(method);
        return rest < 0 ? ImmutableArray<Access>.Empty : _services.Callees.EffectsOf(method, rest);
    }

    private void AddEffects(ImmutableArray<Access> effects, IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? value, SyntaxNode site)
    {
        foreach (var effect in effects)
        {
            var origin = effect.Origin with { Parameters = 0 };

            foreach (var argument in arguments)
            {
                if (argument.Parameter is { } parameter && IsIn(effect.Origin, parameter.Ordinal))
                    origin |= _origins.Of(argument.Value);
            }

            if (value is not null && IsIn(effect.Origin, method.Parameters.Length - 1))
                origin |= _origins.Of(value);

            _events.Add(new FlowEvent(
                effect with
                {
                    Kind = Settled(effect.Member, effect.Kind, origin, IsProtected(site, effect)),
                    Origin = origin,
                    Site = site,
                    IsSynchronized = effect.IsSynchronized || _synchronization.Covers(site),
                    IsGuarded = IsProtected(site, effect),
                },
                null,
                null));
        }
    }

    private static bool IsProtected(SyntaxNode site, Access effect) =>
        effect.IsGuarded || (effect.ChangesMember && Guard.Protects(site, NameAt(site) ?? effect.Member.Symbol.Name));

    /// <summary>The name by which this function knows the state.</summary>
    private static string? NameAt(SyntaxNode site) => site switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsIn(Origin origin, int ordinal) => (origin.Parameters & Origin.OfParameter(ordinal).Parameters) != 0;

    private void Add(StateMember state, AccessKind kind, Origin origin, SyntaxNode site, bool isPart = false)
    {
        var isGuarded = kind is AccessKind.Write or AccessKind.Update && Guard.Protects(site, state.Symbol.Name);
        var access = new Access(state, Settled(state, kind, origin, isGuarded), origin, site, site, _synchronization.Covers(site))
        {
            IsGuarded = isGuarded,
            IsPartOfObject = isPart,
        };
        _events.Add(new FlowEvent(access, null, null));
    }

    /// <summary>A write of nothing clears the member; a write of what was taken from it puts it back; a guarded one that depends on nobody fills it.</summary>
    private AccessKind Settled(StateMember state, AccessKind kind, Origin origin, bool isGuarded)
    {
        if (kind != AccessKind.Write)
            return kind;

        var isPutBack = origin.TakenFrom == state && !origin.DependsOnFlow;
        var isScopeEnd = _isDispose && !origin.DependsOnCaller && (origin.Kinds & OriginKinds.Instance) != 0;

        if (origin.IsDefault || isPutBack || isScopeEnd)
            return AccessKind.Restore;

        return isGuarded && !origin.DependsOnFlow && !origin.IsConstant ? AccessKind.LazyInitialization : AccessKind.Write;
    }

    private StateMember? StateReadBy(IOperation operation)
    {
        if (_references.Resolve(operation) is { } state)
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
}
