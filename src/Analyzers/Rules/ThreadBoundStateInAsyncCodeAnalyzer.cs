using ContextAnalyzers.State;

namespace ContextAnalyzers.Rules;

/// <summary>CTX005: thread-bound state that crosses no await today does so as soon as somebody adds one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadBoundStateInAsyncCodeAnalyzer() : StateAnalyzer(Descriptors.ThreadBoundStateInAsyncCode)
{
    private protected override StateFinding? Find(StateUse use, StateFacts facts) => use.Member.Kind switch
    {
        StateKind.Static => null,

        // What a thread is called is for diagnosis, and a user interface has but one thread.
        StateKind.Thread => facts.Services.Symbols.IsUserInterface ? null : ThreadBoundState.IsLeftToThread(use),
        _ => ThreadBoundState.CrossesAwait(use, facts.Services) is null ? ThreadBoundState.StaysOnThread(use) : null,
    };
}
