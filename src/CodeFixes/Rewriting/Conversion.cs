using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.CodeFixes.Rewriting;

/// <summary>What of a state member becomes the flow variable.</summary>
internal enum ConversionWay
{
    /// <summary>The field itself. Properties over it stay as they are.</summary>
    Field,

    /// <summary>The property, and with it all its users; a field behind it goes.</summary>
    Property,

    /// <summary>A new field behind an auto-property, which keeps its accessors.</summary>
    BackingField,

    /// <summary>A new field behind an auto-property that only its own type sets: the getter stays, the setting code uses the field.</summary>
    Getter,
}

/// <summary>The conversion of one state member in one way.</summary>
internal static class Conversion
{
    /// <summary>The ways a member can be converted in, the one that is right in more flows first.</summary>
    public static IEnumerable<ConversionWay> Ways(StateMember member) => member switch
    {
        { Symbol: IFieldSymbol, Facade: null } => new[] { ConversionWay.Field },
        { Symbol: IFieldSymbol } => new[] { ConversionWay.Property, ConversionWay.Field },
        { Symbol: IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Private } property } when property.DeclaredAccessibility != Accessibility.Private => new[] { ConversionWay.Getter, ConversionWay.BackingField },
        _ => new[] { ConversionWay.Property, ConversionWay.BackingField },
    };

    /// <summary>The converted solution; null where the conversion cannot be right.</summary>
    public static async Task<Solution?> ApplyAsync(Solution solution, StateMember member, ConversionWay way, FlowVariable kind, CancellationToken cancellationToken)
    {
        if (await PlainWrites.ApplyAsync(solution, member, way, cancellationToken).ConfigureAwait(false) is not { } plain)
            return null;

        var edits = new SolutionEdits(solution, plain.Solution, kind);
        (solution, member, var uses) = plain;
        if (await Declaration.CreateAsync(solution, member, kind, cancellationToken).ConfigureAwait(false) is not { } declaration
            || !await declaration.PlanAsync(way, edits, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var plan = new UsePlanner(solution, member, way, kind, declaration, edits);
        return await plan.PlanAsync(uses, cancellationToken).ConfigureAwait(false) && await edits.ApplyAsync(cancellationToken).ConfigureAwait(false) is { } changed
            ? await ConversionWarning.AnnotateAsync(changed, solution, member, way, kind, declaration.NewName(way) ?? member.Symbol.Name, plan.Setters, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>Whether a use changes; what is not converted goes on with the property.</summary>
    public static bool Converts(StateMember member, ConversionWay way, Use use) => way switch
    {
        ConversionWay.Property => member.Facade is null || !member.Facade.DeclaringSyntaxReferences[0].GetSyntax().Contains(use.Expression),
        ConversionWay.Field => !(member.Facade is { } facade && use.Model.GetSymbolInfo(use.Expression).Symbol is IPropertySymbol property && Observation.SameDeclaration(facade, property)),
        ConversionWay.BackingField => false,
        _ => use.Kind is not (UseKind.Read or UseKind.Name),
    };
}
