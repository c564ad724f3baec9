using ContextAnalyzers.Tokens;

namespace ContextAnalyzers.Rules;

/// <summary>CTX101: a value that is never reset stays with the flow that set it, and so with whatever that flow does next.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SetWithoutResetAnalyzer : ObligationAnalyzer
{
    private const string AsyncMethodsOption = "dotnet_code_quality.CTX101.async_methods";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.SetWithoutReset);

    private protected override Diagnostic? Check(TokenObligation obligation, SemanticModelAnalysisContext context, TokenSymbols symbols)
    {
        if (Fault(obligation) is not { } fault || obligation.Yield is not null || obligation.IsLostOnReturn)
            return null;

        var function = obligation.Function;
        if (LastingValues.AreMeant(function, context.SemanticModel, symbols) || (!Leaks(function, symbols) && !IsAskedForAsyncMethods(context)))
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
    private static string Consequence(TokenFunction function, TokenSymbols symbols) => function switch
    {
        { IsAsync: true } => $"so the value stays until {function.Name}, which is async, returns; its caller does not see it",
        { PassedTo: { } starter } when symbols.Known.StartsFlow(starter) =>
            $"so the value stays until {function.Name}, which '{TokenSymbols.NameOf(starter)}' runs in a flow of its own, returns; nothing after it sees the value",
        { Method: { } method } when symbols.Known.IsTaskLike(method.ReturnType) => $"and as {function.Name} is not async, the value leaks to its caller",
        { Method.MethodKind: MethodKind.StaticConstructor } => $"so the flow that happens to run {function.Name} keeps the value, and no other flow sees it",
        _ => $"so the value leaks from {function.Name} to its caller",
    };

    /// <summary>Whether the value outlives the function. What an async method or a work item sets ends with it.</summary>
    private static bool Leaks(TokenFunction function, TokenSymbols symbols) =>
        !function.IsAsync && !(function.PassedTo is { } starter && symbols.Known.StartsFlow(starter));

    private static bool IsAskedForAsyncMethods(SemanticModelAnalysisContext context) =>
        !context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.SemanticModel.SyntaxTree).TryGetValue(AsyncMethodsOption, out var value)
        || !bool.TryParse(value, out var isAsked)
        || isAsked;
}
