using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>The duty that one call which makes a token brings, and what becomes of it.</summary>
/// <param name="Set">The call.</param>
/// <param name="Function">The method, lambda or local function that has the duty.</param>
/// <param name="Fault">What is wrong, if anything.</param>
/// <param name="Subject">What the fault is about: the local, field, callee, condition or call that throws.</param>
/// <param name="Path">Where the token escapes.</param>
internal sealed record TokenObligation(
    IInvocationOperation Set, FunctionBody Function, TokenFault Fault, string Subject, ImmutableArray<Location> Path)
{
    /// <summary>Whether some path resets it.</summary>
    public bool IsReset { get; init; }

    /// <summary>The yield that the value is set across, if there is one.</summary>
    public Location? Yield { get; init; }

    /// <summary>Whether code that could see the value runs between the Set and the end of its function.</summary>
    public bool IsSeen { get; init; }

    /// <summary>The call as messages name it: the variable and the method.</summary>
    public string Name => Set.Instance is { Syntax: var variable } && variable.ToString() is { Length: <= 40 } text && text.IndexOf('\n') < 0 ? $"{text}.{Set.TargetMethod.Name}"
        : Set.TargetMethod.IsStatic ? $"{Set.TargetMethod.ContainingType.Name}.{Set.TargetMethod.Name}"
        : Set.TargetMethod.Name;
}
