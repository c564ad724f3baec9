using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX003: after an await a method may run on another thread, where a [ThreadStatic] field has another value.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadStaticCrossesAwaitAnalyzer() : StateAnalyzer(Descriptors.ThreadStaticCrossesAwait)
{
    private protected override StateFinding? Find(StateUse use, StateFacts facts) =>
        use.Member.Kind == StateKind.ThreadStatic ? ThreadBoundState.CrossesAwait(use, facts.Services) : null;
}
