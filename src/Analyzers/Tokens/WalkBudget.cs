namespace ContextAnalyzers.Tokens;

/// <summary>What all walks through one body share: how many statements they may visit, and what was found out about these.</summary>
internal sealed class WalkBudget
{
    /// <summary>Statements visited, over all tokens of a body, past which the rules say nothing about the tokens that remain.</summary>
    public const int MaxStatements = 100_000;

    private readonly Dictionary<IOperation, IOperation?> _throwing = [];
    private int _spent;

    /// <summary>False once the budget is used up.</summary>
    public bool Spend() => ++_spent <= MaxStatements;

    /// <summary>The first operation of a statement that can throw.</summary>
    public IOperation? Throwing(IOperation statement, TokenSymbols symbols)
    {
        if (!_throwing.TryGetValue(statement, out var throwing))
            _throwing.Add(statement, throwing = ThrowingOperations.First(statement, symbols));

        return throwing;
    }
}
