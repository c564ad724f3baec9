using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX002: async code of many flows changes one static at the same time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsynchronizedStaticWriteAnalyzer() : StateAnalyzer(Descriptors.UnsynchronizedStaticWrite)
{
    private protected override StateFinding? Find(StateUse use, StateFacts facts) =>
        use.Member.Kind == StateKind.Static && SharedState.HoldsFlowState(use, facts.Services) is null
            ? SharedState.IsWrittenWithoutSynchronization(use, facts.Services)
            : null;
}
