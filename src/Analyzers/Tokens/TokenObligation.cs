using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.Tokens;

/// <summary>The duty that one call which makes a token brings, and what becomes of it.</summary>
/// <param name="Set">The call.</param>
/// <param name="Function">The method, lambda or local function that has the duty.</param>
/// <param name="Fault">What is wrong, if anything.</param>
/// <param name="Subject">What the fault is about: the local, field, callee, condition or call that throws.</param>
/// <param name="Path">Where the token escapes.</param>
internal sealed record TokenObligation(
    IInvocationOperation Set, TokenFunction Function, TokenFault Fault, string Subject, ImmutableArray<Location> Path)
{
    /// <summary>Whether some path resets it.</summary>
    public bool IsReset { get; init; }

    /// <summary>The yield that the value is set across, if there is one.</summary>
    public Location? Yield { get; init; }

    /// <summary>Whether the function returns the token to its caller.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Whether nothing can see the value: not the rest of the function, and not its caller either, because the function is async.</summary>
    public bool IsLostOnReturn { get; init; }

    /// <summary>A use of the token that throws or has no effect.</summary>
    public TokenMisuse? Misuse { get; init; }

    /// <summary>The call as messages name it: the variable and the method.</summary>
    public string Name => NameOf(Set);

    public static string NameOf(IInvocationOperation set) =>
        set.Instance is { Syntax: var variable } && variable.ToString() is { Length: <= 40 } text && text.IndexOf('\n') < 0 ? $"{text}.{set.TargetMethod.Name}"
        : set.TargetMethod.IsStatic ? $"{set.TargetMethod.ContainingType.Name}.{set.TargetMethod.Name}"
        : set.TargetMethod.Name;
}
