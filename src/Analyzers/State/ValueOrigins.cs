using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>Follows a value through locals, conversions and calls to where it comes from.</summary>
/// <remarks>A local stands for everything that is assigned to it anywhere in the member: the order does not matter for the question.</remarks>
internal sealed class ValueOrigins(MemberGraph member, KnownSymbols symbols, Func<IOperation, StateMember?> stateReadBy)
{
    private const int DepthLimit = 24;

    private readonly HashSet<ISymbol> _visited = new(SymbolEqualityComparer.Default);
    private readonly HashSet<CaptureId> _visitedCaptures = new();

    public Origin Of(IOperation? value)
    {
        _visited.Clear();
        _visitedCaptures.Clear();
        return Of(value, DepthLimit);
    }

    private Origin Of(IOperation? value, int depth)
    {
        if (value is null || depth == 0)
            return Origin.Opaque;

        if (value.ConstantValue is { HasValue: true, Value: var constant })
            return new Origin(IsDefault(constant) ? OriginKinds.Default : OriginKinds.Constant);

        if (stateReadBy(value) is { } state)
            return new Origin(OriginKinds.None, TakenFrom: state);

        return value switch
        {
            IDefaultValueOperation => new Origin(OriginKinds.Default),
            IParameterReferenceOperation parameter => OfParameter(parameter.Parameter),
            IInstanceReferenceOperation => new Origin(OriginKinds.This),
            ILocalReferenceOperation local => OfLocal(local.Local, depth),
            IFlowCaptureReferenceOperation capture => OfCapture(capture.Id, depth),
            IFieldReferenceOperation field => OfMember(field.Instance, depth),
            IPropertyReferenceOperation property => OfMember(property.Instance, depth) | OfArguments(property.Arguments, depth),
            IInvocationOperation call => OfCall(call, depth),
            IObjectCreationOperation creation => OfCreation(creation, depth),
            IArrayCreationOperation array => OfArray(array, depth),
            IFlowAnonymousFunctionOperation or IDelegateCreationOperation or IMethodReferenceOperation => Origin.Opaque,
            IAwaitOperation await => Of(await.Operation, depth - 1),
            IConversionOperation conversion => Of(conversion.Operand, depth - 1),
            IInvalidOperation => WithoutInstance(OfParts(value, depth)),
            _ => OfParts(value, depth),
        };
    }

    /// <summary>What a function is given. A cancellation token is nobody's state.</summary>
    public static Origin OfOwn(IParameterSymbol parameter, KnownSymbols symbols) =>
        symbols.CancellationToken.Is(parameter.Type) ? Origin.Opaque : Origin.Of(parameter);

    private Origin OfParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction }
        || SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, member.Root.Function)
        || symbols.CancellationToken.Is(parameter.Type)
            ? OfOwn(parameter, symbols)
            : new Origin(OriginKinds.Caller);

    private Origin OfLocal(ILocalSymbol local, int depth) =>
        _visited.Add(local) ? Union(member.DefinitionsOf(local), depth) : default;

    private Origin OfCapture(CaptureId id, int depth) =>
        _visitedCaptures.Add(id) ? Union(member.CapturedBy(id), depth) : default;

    /// <summary>A part of an object is as much the caller's as the object.</summary>
    private Origin OfMember(IOperation? instance, int depth)
    {
        if (instance is null)
            return Origin.Opaque;

        var origin = Of(instance, depth - 1);
        return (origin.Kinds & OriginKinds.This) == 0 ? origin : origin with { Kinds = (origin.Kinds & ~OriginKinds.This) | OriginKinds.Instance };
    }

    /// <summary>What a method returns depends on the caller if its arguments do. A method of this object, or of one of its parts, may return anything.</summary>
    private Origin OfCall(IInvocationOperation call, int depth)
    {
        if (symbols.Guid.Is(call.TargetMethod.ContainingType))
            return new Origin(OriginKinds.Caller);

        var isExtension = call is { Instance: null, TargetMethod.IsExtensionMethod: true, Arguments.IsEmpty: false };
        var receiver = Of(call.Instance ?? (isExtension ? call.Arguments[0].Value : null), depth - 1);
        var origin = OfArguments(isExtension ? call.Arguments.RemoveAt(0) : call.Arguments, depth);
        origin |= WithoutInstance(receiver with { Kinds = receiver.Kinds & ~OriginKinds.Default });

        return origin with { Kinds = (origin.Kinds & ~(OriginKinds.Default | OriginKinds.Constant)) | OriginKinds.Opaque };
    }

    private static Origin WithoutInstance(Origin origin) => origin with { Kinds = origin.Kinds & ~(OriginKinds.This | OriginKinds.Instance) };

    private Origin OfCreation(IObjectCreationOperation creation, int depth)
    {
        var origin = OfArguments(creation.Arguments, depth);
        var kinds = OriginKinds.Fresh | (origin.Kinds & (OriginKinds.Caller | OriginKinds.Opaque));

        if ((origin.Kinds & OriginKinds.Instance) != 0)
            kinds |= OriginKinds.Instance;

        return new Origin(kinds, origin.Parameters);
    }

    /// <summary>An array is new, whatever its length and the constants in it.</summary>
    private Origin OfArray(IArrayCreationOperation array, int depth) => OfParts(array, depth) | new Origin(OriginKinds.Fresh);

    private Origin OfArguments(ImmutableArray<IArgumentOperation> arguments, int depth)
    {
        var origin = default(Origin);

        foreach (var argument in arguments)
        {
            var value = Of(argument.Value, depth - 1);
            origin |= value with { Kinds = value.Kinds & ~OriginKinds.This };
        }

        return origin;
    }

    private Origin OfParts(IOperation value, int depth)
    {
        var origin = default(Origin);

        foreach (var part in value.ChildOperations)
            origin |= Of(part, depth - 1);

        return origin == default ? Origin.Opaque : origin;
    }

    private Origin Union(IReadOnlyList<IOperation> values, int depth)
    {
        var origin = default(Origin);

        foreach (var value in values)
            origin |= Of(value, depth - 1);

        return origin;
    }

    private static bool IsDefault(object? constant) => constant switch
    {
        null or false or '\0' => true,
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture) == 0,
        _ => false,
    };
}
