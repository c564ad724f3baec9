using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX001: a static is one for all flows, so the value of one flow in it is overwritten while that flow awaits.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaticFieldHoldsFlowStateAnalyzer() : StateAnalyzer(Descriptors.StaticFieldHoldsFlowState)
{
    private protected override StateFinding? Find(StateUse use, StateFacts facts) =>
        use.Member.Kind == StateKind.Static ? SharedState.HoldsFlowState(use, facts.Services) : null;
}
