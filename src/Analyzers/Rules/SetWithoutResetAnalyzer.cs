using ContextAnalyzers.Tokens;

namespace ContextAnalyzers.Rules;

/// <summary>CTX101: a value that is never reset stays with the flow that set it, and so with whatever that flow does next.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SetWithoutResetAnalyzer : TokenAnalyzer
{
    private const string AsyncMethodsOption = "dotnet_code_quality.CTX101.async_methods";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.SetWithoutReset);

    private protected override Diagnostic? Check(TokenObligation obligation, OperationAnalysisContext context, TokenSymbols symbols)
    {
        if (Fault(obligation) is not { } fault || obligation.Yield is not null)
            return null;

        var function = obligation.Function;
        if (IsMeantToStay(function, context.Compilation, symbols) || (function.IsAsync && !IsAskedForAsyncMethods(context)))
            return null;

        return Diagnostic.Create(
            Descriptors.SetWithoutReset, obligation.Set.Syntax.GetLocation(), obligation.Path, obligation.Name, $"{fault}, {Consequence(function, symbols)}");
    }

    private static string? Fault(TokenObligation obligation) => obligation.Fault switch
    {
        TokenFault.Discarded => "its token is dropped",
        TokenFault.DiscardedExplicitly => "'_ =' gives its token away",
        TokenFault.NeverReset => $"nothing resets '{obligation.Subject}'",
        TokenFault.FieldNeverReset => $"nothing in its type resets '{obligation.Subject}'",
        TokenFault.IgnoredByCallee => $"'{obligation.Subject}' does nothing with the token it is given",
        TokenFault.Overwritten when !obligation.IsReset => $"'{obligation.Subject}' is overwritten before anything resets it",
        _ => null,
    };

    /// <summary>What .NET makes of it, which depends on what the function is.</summary>
    private static string Consequence(FunctionBody function, TokenSymbols symbols) => function switch
    {
        { IsAsync: true } => $"so the value stays until {function.Name}, which is async, returns; its caller does not see it",
        { Method: { } method } when symbols.Known.IsTaskLike(method.ReturnType) => $"and as {function.Name} is not async, the value leaks to its caller",
        { Method.MethodKind: MethodKind.StaticConstructor } => $"so the flow that happens to run {function.Name} keeps the value, and no other flow sees it",
        _ => $"so the value leaks from {function.Name} to its caller",
    };

    /// <summary>A program sets what it is for, a setter has no way to hand a token back, and a context that is left takes its values along.</summary>
    private static bool IsMeantToStay(FunctionBody function, Compilation compilation, TokenSymbols symbols)
    {
        if (function.IsSetter)
            return true;

        if (function.PassedTo is { } callee)
            return KnownSymbols.Is(callee.ContainingType, symbols.Known.Context)
                || KnownSymbols.Is(callee.ContainingType, symbols.Known.ExecutionContext)
                || ExpectsException(callee, symbols);

        return function.Method is { } method && SymbolEqualityComparer.Default.Equals(method, compilation.GetEntryPoint(default));
    }

    /// <summary>A test that a call throws: <c>Assert.Throws&lt;InvalidOperationException&gt;(() => v.Set(x))</c>.</summary>
    private static bool ExpectsException(IMethodSymbol callee, TokenSymbols symbols)
    {
        foreach (var argument in callee.TypeArguments)
        {
            for (var type = argument; type is not null; type = type.BaseType)
            {
                if (KnownSymbols.Is(type, symbols.Known.Exception))
                    return true;
            }
        }

        return false;
    }

    private static bool IsAskedForAsyncMethods(OperationAnalysisContext context) =>
        !context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree).TryGetValue(AsyncMethodsOption, out var value)
        || !bool.TryParse(value, out var isAsked)
        || isAsked;
}
