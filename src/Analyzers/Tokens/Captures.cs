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
                    ILocalReferenceOperation local when IsOuter(local.Local, body) => local.Local,
                    IParameterReferenceOperation parameter when IsOuter(parameter.Parameter, body) => parameter.Parameter,
                    _ => null,
                };
                if (outer is null || TokenUse.Of(operation, symbols, []) is { Kind: TokenUseKind.None })
                    continue;

                for (var user = body; user is { Enclosing: not null, Method: { } method } && IsOuter((ISymbol)outer, user); user = user.Enclosing)
                {
                    if (!_users.TryGetValue(method, out var used))
                        _users.Add(method, used = []);

                    used.Add(outer);
                }
            }
        }
    }

    /// <summary>Whether an operation calls, or makes a delegate of, a function that resets what one of these locals holds.</summary>
    /// <param name="handsOn">Whether it only makes a delegate, so that somebody else decides whether it runs.</param>
    public bool ResetBy(IOperation operation, Func<object, bool> isHolder, out bool handsOn)
    {
        handsOn = operation is not IInvocationOperation;
        var function = operation switch
        {
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } => called,
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } referenced } => referenced,
            IFlowAnonymousFunctionOperation lambda => lambda.Symbol,
            _ => null,
        };

        return function is not null && _users.TryGetValue(function, out var used) && used.Any(isHolder);
    }

    private static bool IsOuter(ISymbol symbol, FunctionBody body) => !SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, body.Method);
}
