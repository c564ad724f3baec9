using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>What a rule found: the access it reports, and the suspension point between that access and the harm.</summary>
internal sealed record StateFinding(Access Access, SyntaxNode? Suspension)
{
    /// <summary>The first additional location is the declaration, which the code fixes go by; then the access in the callee, the other sites, the suspension point.</summary>
    public Diagnostic ToDiagnostic(DiagnosticDescriptor descriptor, StateUse use, Compilation compilation)
    {
        var locations = new List<Location>();

        foreach (var declaration in use.Member.Symbol.Locations)
            AddIfInSource(locations, declaration, compilation);

        if (!Access.IsDirect)
            AddIfInSource(locations, Access.Target.GetLocation(), compilation);

        foreach (var other in use.Accesses)
        {
            if (other.Site != Access.Site)
                AddIfInSource(locations, other.Site.GetLocation(), compilation);
        }

        if (Suspension is not null)
            AddIfInSource(locations, Suspension.GetLocation(), compilation);

        return Diagnostic.Create(descriptor, Access.Site.GetLocation(), locations, use.Member.Symbol.Name, NameOf(use.Function, use.Owner), Outlook);
    }

    /// <summary>What CTX005 says of today and tomorrow. The other rules are only about the await that is there.</summary>
    private string Outlook => Suspension is null
        ? "uses it correctly only as long as no await comes in between"
        : "may continue on another one after an await, and leaves it to whoever runs there";

    private static void AddIfInSource(List<Location> locations, Location location, Compilation compilation)
    {
        if (location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree) && !locations.Contains(location))
            locations.Add(location);
    }

    private static string NameOf(FunctionGraph function, ISymbol owner)
    {
        if (function.Syntax is LocalFunctionStatementSyntax local)
            return local.Identifier.ValueText;

        var member = owner is IMethodSymbol { AssociatedSymbol: { } accessed } ? accessed : owner;
        var name = member is IMethodSymbol { MethodKind: MethodKind.Ordinary, CanBeReferencedByName: false } ? "Main" : DisplayName.Of(member);
        return function.Lambda is null ? name : $"lambda in {name}";
    }
}
