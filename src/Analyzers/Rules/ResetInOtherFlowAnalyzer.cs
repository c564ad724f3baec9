using ContextAnalyzers.Tokens;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Rules;

/// <summary>CTX106: what async code and started delegates change ends with them, so a reset there restores nothing for the flow that set the value.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResetInOtherFlowAnalyzer : TokenAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.ResetInOtherFlow);

    private protected override void Check(TokenFlow flow, SemanticModelAnalysisContext context, TokenSymbols symbols)
    {
        foreach (var obligation in flow.Obligations)
        {
            if (obligation is { IsReturned: true, Function: { IsAsync: true } function })
                context.Report(Finding(obligation.Set, obligation.Name, $"{function.Name} is async, so its caller gets a token for a value that it never sees; set the value in the caller"));
        }

        foreach (var operation in flow.Root.Descendants())
        {
            if (operation is IInvocationOperation call && symbols.TokenResetBy(call) is { } token && Why(call, token, flow, symbols) is { } why)
                context.Report(Finding(call, token.Syntax.ToString(), why));
        }
    }

    private static string? Why(IInvocationOperation reset, IOperation token, TokenFlow flow, TokenSymbols symbols) => Unwrap(token) switch
    {
        ILocalReferenceOperation { Local: var local } => Boundary(reset, local, flow.Root, symbols),
        IParameterReferenceOperation { Parameter: var parameter } => Boundary(reset, parameter, flow.Root, symbols),
        IFieldReferenceOperation or IPropertyReferenceOperation when IsAsyncDispose(reset, flow.Member, symbols) =>
            "an async DisposeAsync cannot restore a value for its caller; reset in Dispose, or in a DisposeAsync that is not async",
        _ => null,
    };

    private static Diagnostic Finding(IInvocationOperation invocation, string token, string why) =>
        Diagnostic.Create(Descriptors.ResetInOtherFlow, invocation.Syntax.GetLocation(), token, why);

    /// <summary>The function between a reset and the function that holds the token which runs in a flow of its own.</summary>
    private static string? Boundary(IOperation reset, ISymbol holder, IOperation root, TokenSymbols symbols)
    {
        for (var operation = reset.Parent; operation is not null; operation = operation.Parent)
        {
            var function = operation switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is null)
                continue;

            if (SymbolEqualityComparer.Default.Equals(holder.ContainingSymbol, function))
                return null;

            if (function.IsAsync)
                return "what an async lambda or local function sets and resets ends with it; reset in the function that set the value";

            if (StarterOf(operation, root, symbols) is { } callee)
                return $"'{TokenSymbols.NameOf(callee)}' runs it in a flow of its own; reset in the function that set the value";
        }

        return null;
    }

    /// <summary>What a lambda is handed to that starts a flow, or a local function by its name, if it runs nowhere else.</summary>
    private static IMethodSymbol? StarterOf(IOperation function, IOperation root, TokenSymbols symbols)
    {
        if (function is not ILocalFunctionOperation { Symbol: var local })
            return Callee.Of(function) is { } callee && symbols.Known.StartsFlow(callee) ? callee : null;

        IMethodSymbol? starter = null;
        foreach (var operation in root.Descendants())
        {
            var isMeant = operation switch
            {
                IInvocationOperation call => IsSame(call.TargetMethod, local),
                IMethodReferenceOperation reference => IsSame(reference.Method, local),
                _ => false,
            };
            if (!isMeant)
                continue;

            if (operation is IInvocationOperation || Callee.Of(operation) is not { } callee || !symbols.Known.StartsFlow(callee))
                return null;

            starter = callee;
        }

        return starter;
    }

    private static bool IsSame(IMethodSymbol method, IMethodSymbol local) => SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, local);

    private static bool IsAsyncDispose(IOperation reset, IMethodSymbol? member, TokenSymbols symbols)
    {
        for (var operation = reset.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
        }

        return member is { IsAsync: true, Parameters.IsEmpty: true, Name: var name, ContainingType: var type }
            && (name is "DisposeAsync" or "DisposeAsyncCore" || name.EndsWith(".DisposeAsync", StringComparison.Ordinal))
            && type.AllInterfaces.Any(symbols.Known.AsyncDisposable.Is);
    }

    private static IOperation Unwrap(IOperation token) => token switch
    {
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IPropertyReferenceOperation { Property.Name: "Value", Instance: { } instance } => Unwrap(instance),
        IInvocationOperation { TargetMethod.Name: "GetValueOrDefault", Instance: { } instance } => Unwrap(instance),
        IConditionalAccessInstanceOperation instance => Unwrap(ConditionalReceiver.Of(instance)),
        _ => token,
    };
}
