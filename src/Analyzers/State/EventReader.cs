using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>Reads from a function's graph what happens to state members, block by block, in the order of evaluation.</summary>
internal sealed class EventReader
{
    private readonly MemberGraph _member;
    private readonly StateServices _services;
    private readonly ValueOrigins _origins;
    private readonly StateReferences _references;
    private readonly List<IOperation> _order = new();
    private readonly Stack<IOperation> _pending = new();
    private readonly CallEffects _calls;
    private FlowEventRecorder _recorder = null!;

    /// <param name="member">The member with all its functions.</param>
    /// <param name="services">Shared by the compilation.</param>
    /// <param name="budget">How far calls are still followed.</param>
    public EventReader(MemberGraph member, StateServices services, int budget)
        : this(member, services, budget, new Dictionary<(FunctionGraph, int), ImmutableArray<Access>>())
    {
    }

    /// <param name="member">The member with all its functions.</param>
    /// <param name="services">Shared by the compilation.</param>
    /// <param name="budget">How far calls are still followed.</param>
    /// <param name="localFunctions">What is known of the local functions of the member.</param>
    public EventReader(MemberGraph member, StateServices services, int budget, Dictionary<(FunctionGraph, int), ImmutableArray<Access>> localFunctions)
    {
        _member = member;
        _services = services;
        _references = new StateReferences(member, services.Members);
        _calls = new CallEffects(member, services, _references, budget, localFunctions);
        _origins = new ValueOrigins(member, services.Symbols, _calls.StateReadBy);
    }

    public FlowEvent[][] Read(FunctionGraph function, CancellationToken cancellationToken)
    {
        _recorder = new FlowEventRecorder(function, _origins, new Synchronization(_services.Symbols));
        var blocks = new FlowEvent[function.Graph.Blocks.Length][];

        foreach (var block in function.Graph.Blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();

            foreach (var operation in block.Operations)
                ReadInOrder(operation);

            if (block.BranchValue is { } value)
            {
                ReadInOrder(value);
                ReadDisposal(block);

                if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return && _services.AsyncCode.GoesOnAfterReturn(function, value))
                    _recorder.Suspend(value.Syntax, isReturn: true);
            }

            blocks[block.Ordinal] = _recorder.Take();
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
                _recorder.Suspend(await.Syntax);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn }:
                _recorder.Suspend(operation.Syntax);
                break;
            case IFlowAnonymousFunctionOperation lambda:
                ReadLambda(lambda);
                break;
            case ISimpleAssignmentOperation { IsRef: true } alias:
                ReadAlias(alias);
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
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var @event } } subscription
                when (subscription.Adds ? @event.AddMethod : @event.RemoveMethod) is { } accessor:
                AddEffects(accessor, ImmutableArray<IArgumentOperation>.Empty, subscription.HandlerValue, subscription.EventReference.Syntax);
                break;
            case IMethodReferenceOperation method when _services.AsyncCode.RunsElsewhere(method):
                _recorder.AddElsewhere(_calls.EffectsOf(method.Method), method.Syntax);
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
                _recorder.Fork(function);
        }
    }

    /// <summary>What is assigned to a reference is assigned to what it refers to.</summary>
    private void ReadAlias(ISimpleAssignmentOperation alias)
    {
        if (alias.Target is ILocalReferenceOperation { Local.Name: var name }
            && !Guard.AssignsUnguarded(alias.Syntax.FirstAncestorOrSelf<BlockSyntax>() ?? alias.Syntax.SyntaxTree.GetRoot(), name))
        {
            return;
        }

        var value = _references.Unwrap(alias.Value);

        if ((_references.Resolve(value) ?? _calls.StateReferredToBy(value)) is { } state)
            _recorder.Add(state, AccessKind.Update, Origin.Opaque, alias.Value.Syntax);
        else if (_references.ResolveHolder(value) is { } holder)
            _recorder.Add(holder, AccessKind.Mutation, Origin.Opaque, alias.Value.Syntax, IsPart(value));
    }

    private void ReadReference(IOperation reference)
    {
        if (_references.Resolve(reference) is { } state)
        {
            var kind = Guard.IsTestBeforeInitialization(reference.Syntax, state.Symbol.Name) ? AccessKind.LazyInitialization : AccessKind.Read;
            _recorder.Add(state, kind, default, reference.Syntax);
        }
        else if (reference is IPropertyReferenceOperation { Property.GetMethod: { } getter } property)
        {
            AddEffects(getter, property.Arguments, null, property.Syntax);
        }
    }

    private void ReadAssignment(IOperation target, AccessKind kind, IOperation? value)
    {
        target = _references.Unwrap(target);

        if ((_references.ResolveWritten(target) ?? _calls.StateReferredToBy(target)) is { } state)
        {
            _recorder.Add(state, kind, value is null ? Origin.One : _origins.Of(value), target.Syntax);
            return;
        }

        if (_references.ResolveHolder(target) is { } holder)
        {
            if (target is IArrayElementReferenceOperation && kind == AccessKind.Write)
                _recorder.AddElement(holder, _origins.Of(value), target.Syntax);
            else
                _recorder.Add(holder, AccessKind.Mutation, _origins.Of(value), target.Syntax, IsPart(target));

            return;
        }

        if (target is not IPropertyReferenceOperation property)
            return;

        if (kind == AccessKind.Update && property.Property.GetMethod is { } getter)
            AddEffects(getter, property.Arguments, null, property.Syntax);

        if (property.Property.SetMethod is { } setter)
            AddEffects(setter, property.Arguments, value, property.Syntax);
    }

    private static bool IsPart(IOperation target) => target is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false };

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
        if (argument.Parameter is not { } parameter || _references.Resolve(_references.Unwrap(argument.Value)) is not { } state)
            return;

        if (_services.Symbols.IsAtomic(parameter.ContainingType))
            return;

        var kind = parameter.RefKind == RefKind.Out ? AccessKind.Write : IsOnlyRead(parameter) ? AccessKind.Read : AccessKind.Update;
        _recorder.Add(state, kind, _origins.Of(argument.Parent), argument.Value.Syntax);
    }

    /// <summary>Passed by reference to save a copy, or to be changed atomically: the body is at hand and never assigns it by other means.</summary>
    private static bool IsOnlyRead(IParameterSymbol parameter)
    {
        // A struct may be changed by a call on it.
        if (parameter.Type is { IsReferenceType: false, SpecialType: SpecialType.None } || parameter.ContainingSymbol.DeclaringSyntaxReferences.IsEmpty)
            return false;

        foreach (var declaration in parameter.ContainingSymbol.DeclaringSyntaxReferences)
        {
            SyntaxNode? body = declaration.GetSyntax() switch
            {
                BaseMethodDeclarationSyntax method => method.Body ?? (SyntaxNode?)method.ExpressionBody,
                LocalFunctionStatementSyntax local => local.Body ?? (SyntaxNode?)local.ExpressionBody,
                _ => null,
            };

            if (body is null || Guard.AssignsUnguarded(body, parameter.Name))
                return false;
        }

        return true;
    }

    private void ReadCall(IInvocationOperation call)
    {
        _recorder.NoteCall(call);

        if (_references.ResolveSlot(call, _services.Symbols) is { } slot)
        {
            if (call.TargetMethod.Name == "SetData")
                _recorder.Add(slot, AccessKind.Write, _origins.Of(call.Arguments[1].Value), call.Syntax);
            else
                _recorder.Add(slot, AccessKind.Read, default, call.Syntax);

            return;
        }

        if (_references.ResolveMutation(call) is { } changed)
            _recorder.AddChange(changed, call);

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

        if (_references.MakerOf(resource) is { } maker)
            _recorder.Undo(_calls.EffectsOf(maker.TargetMethod), call.Syntax);
    }

    private void AddEffects(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? value, SyntaxNode site) =>
        _recorder.AddEffects(_calls.EffectsOf(method), method, arguments, value, site);
}
