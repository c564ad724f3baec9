namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>A conversion as it is offered: with a title to read, and a key that Fix all finds it by in other members.</summary>
/// <param name="Title">What the light bulb says.</param>
/// <param name="EquivalenceKey">The key of the first choice says only which kind of variable it makes, so that Fix all takes what is best for each member.</param>
/// <param name="Changed">The solution that it makes.</param>
internal sealed record ConversionChoice(string Title, string EquivalenceKey, Solution Changed)
{
    /// <summary>All that can be right for the member, the best first; only those of one key, if one is asked for.</summary>
    public static async Task<ImmutableArray<ConversionChoice>> FindAsync(Solution solution, StateMember member, string? equivalenceKey, CancellationToken cancellationToken)
    {
        var choices = ImmutableArray.CreateBuilder<ConversionChoice>();
        foreach (var kind in new[] { FlowVariable.ContextVar, FlowVariable.AsyncLocal })
        {
            var key = $"ConvertTo{kind.TypeName}";
            if (equivalenceKey is not null && equivalenceKey != key && equivalenceKey != key + KeepProperty)
                continue;

            foreach (var way in Conversion.Ways(member))
            {
                if (await Conversion.ApplyAsync(solution, member, way, kind, cancellationToken).ConfigureAwait(false) is not { } changed)
                    continue;

                var choice = new ConversionChoice($"Convert to {kind.TypeName}{Remark(member, way)}", key, changed);
                key = $"ConvertTo{kind.TypeName}{KeepProperty}";
                if (equivalenceKey is null || equivalenceKey == choice.EquivalenceKey)
                    choices.Add(choice);
            }
        }

        return choices.ToImmutable();
    }

    private const string KeepProperty = ".KeepProperty";

    private static string Remark(StateMember member, ConversionWay way) => way switch
    {
        ConversionWay.Property => $" with all users of '{(member.Facade ?? member.Symbol).Name}'",
        ConversionWay.Field when member.Facade is { } facade => $" behind property '{facade.Name}'",
        ConversionWay.BackingField => $" behind property '{member.Symbol.Name}'",
        ConversionWay.Getter => $" behind the getter of '{member.Symbol.Name}'",
        _ => "",
    };
}
