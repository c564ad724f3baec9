using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>Which lambdas and local functions do something with a token that a function around them holds.</summary>
internal sealed class Captures
{
    private readonly Dictionary<IMethodSymbol, HashSet<object>> _users = new(SymbolEqualityComparer.Default);

    public Captures(ImmutableArray<FunctionBody> bodies, TokenSymbols symbols)
    {
        foreach (var body in bodies)
        {
            if (body.Enclosing is null)
                continue;

            foreach (var operation in body.Operations())
            {
                object? outer = operation switch
                {
                    ILocalReferenceOperation local when !body.Owns(local.Local) => local.Local,
                    IParameterReferenceOperation parameter when !body.Owns(parameter.Parameter) => parameter.Parameter,
                    _ => null,
                };
                if (outer is null)
                    continue;

                // A copy of the token is taken to do something with it.
                var copies = new List<object>();
                if (TokenUse.Of(operation, body, symbols, copies) is { Kind: TokenUseKind.None } && copies.Count == 0)
                    continue;

                AddUser(body, outer);
            }
        }

        // Who calls a user is one. Every round finds another, or is the last.
        while (_users.Count > 0 && AddCallers(bodies))
        {
        }
    }

    private bool AddCallers(ImmutableArray<FunctionBody> bodies)
    {
        var added = false;
        foreach (var body in bodies)
        {
            if (body.Enclosing is null)
                continue;

            foreach (var operation in body.Operations())
            {
                if (FunctionOf(operation) is not { } function || !_users.TryGetValue(function, out var used))
                    continue;

                foreach (var outer in used.ToArray())
                    added |= AddUser(body, outer);
            }
        }

        return added;
    }

    /// <summary>The function and those around it, up to the one that the local is of.</summary>
    private bool AddUser(FunctionBody body, object outer)
    {
        var added = false;
        for (var user = body; user is { Enclosing: not null, Method: { } method } && !user.Owns((ISymbol)outer); user = user.Enclosing)
        {
            if (!_users.TryGetValue(method, out var used))
                _users.Add(method, used = []);

            added |= used.Add(outer);
        }

        return added;
    }

    /// <summary>What the function that an operation calls, or makes a delegate of, may reset; null if nothing.</summary>
    public HashSet<object>? ResetBy(IOperation operation) =>
        _users.Count > 0 && FunctionOf(operation) is { } function && _users.TryGetValue(function, out var used) ? used : null;

    private static IMethodSymbol? FunctionOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var called } => called,
        IMethodReferenceOperation { Method: var referenced } => referenced,
        IFlowAnonymousFunctionOperation lambda when !IsDropped(lambda) => lambda.Symbol,
        _ => null,
    };

    /// <summary>A lambda in a local that nobody asks for again never runs.</summary>
    private static bool IsDropped(IFlowAnonymousFunctionOperation lambda)
    {
        var value = lambda.Parent;
        while (value is IDelegateCreationOperation or IConversionOperation)
            value = value.Parent;

        return value is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } && VisibleUses.IsOnlyWritten(local);
    }
}
