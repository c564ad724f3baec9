using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX004: after an await a method may run on another thread, where a ThreadLocal or a thread slot has another value.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadLocalCrossesAwaitAnalyzer() : StateAnalyzer(Descriptors.ThreadLocalCrossesAwait)
{
    private protected override StateFinding? Find(StateUse use, StateFacts facts) =>
        use.Member.Kind == StateKind.ThreadLocal ? ThreadBoundState.CrossesAwait(use, facts.Services) : null;
}
