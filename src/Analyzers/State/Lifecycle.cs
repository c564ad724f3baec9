using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContextAnalyzers.State;

/// <summary>Functions that run once in the life of the process, or of a test class: what they write to a static is meant for all flows.</summary>
internal static class Lifecycle
{
    public static bool IsRunOnce(FunctionGraph function, StateServices services)
    {
        // A lambda runs as often as whoever got it likes, and a thread or task runs it once.
        if (function.Lambda is not null)
            return function.Outer is { } outer && services.AsyncCode.RunsElsewhereOnce(function) && !IsRepeated(function.Lambda.Syntax) && IsRunOnce(outer, services);

        var symbols = services.Symbols;

        // An initializer: that of an object runs as often as one is made.
        if (function.Function is not { } method)
            return function.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && member.Modifiers.Any(SyntaxKind.StaticKeyword);

        return method.MethodKind == MethodKind.StaticConstructor
            || IsEntryPoint(method)
            || Implements(method, symbols.HostedService.Symbol)
            || (method.IsOverride && symbols.BackgroundService.Is(method.ContainingType.BaseType))
            || IsSetUp(method);
    }

    /// <summary>A method of the type that the program starts in, but not its statements: what those set and take back around an await is worth a look.</summary>
    public static bool IsPartOfProgram(FunctionGraph function) =>
        function.Lambda is null && function.Function is { CanBeReferencedByName: true } method && IsEntryPoint(method);

    /// <summary>Methods that make something ready for those that run after them.</summary>
    public static bool IsSetUp(IMethodSymbol method) => IsStart(method.Name) || IsTestSetUp(method);

    /// <summary>The program itself, and the other methods of the type that it starts in.</summary>
    private static bool IsEntryPoint(IMethodSymbol method) => HasStatic(method.ContainingType, "Main") || HasStatic(method.ContainingType, "<Main>$");

    private static bool HasStatic(INamedTypeSymbol type, string method)
    {
        foreach (var member in type.GetMembers(method))
        {
            if (member is IMethodSymbol { IsStatic: true })
                return true;
        }

        return false;
    }

    private static bool IsRepeated(SyntaxNode lambda)
    {
        for (var node = lambda.Parent; node is not null && !Guard.IsFunction(node); node = node.Parent)
        {
            if (node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                return true;
        }

        return false;
    }

    /// <summary>By name: the frameworks that call such methods once have no type in common.</summary>
    private static bool IsStart(string name) =>
        StartsWithWord(name, "Start") || StartsWithWord(name, "Stop") || HasWord(name, "Init") || HasWord(name, "Initialize") || Configures(name)
        || StartsWithWord(name, "Shutdown") || StartsWithWord(name, "OnLaunched") || StartsWithWord(name, "OnStartup")
        || StartsWithWord(name, "Reload") || StartsWithWord(name, "Seed") || StartsWithWord(name, "Migrate");

    /// <summary>Whoever calls it, and when: what it writes is for all flows.</summary>
    public static bool Configures(string name) => StartsWithWord(name, "Setup") || StartsWithWord(name, "SetUp") || StartsWithWord(name, "Configure");

    private static bool StartsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && EndsWordAt(name, word.Length);

    private static bool HasWord(string name, string word) =>
        name.IndexOf(word, StringComparison.Ordinal) is >= 0 and var start && EndsWordAt(name, start + word.Length);

    private static bool EndsWordAt(string name, int end) => name.Length == end || !char.IsLower(name[end]);

    private static bool Implements(IMethodSymbol method, INamedTypeSymbol? contract)
    {
        if (contract is null)
            return false;

        foreach (var member in contract.GetMembers())
        {
            if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                return true;
        }

        return false;
    }

    private static bool IsTestSetUp(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "OneTimeSetUpAttribute" or "OneTimeTearDownAttribute" or "SetUpAttribute" or "TearDownAttribute"
                or "ClassInitializeAttribute" or "ClassCleanupAttribute" or "AssemblyInitializeAttribute" or "AssemblyCleanupAttribute"
                or "TestInitializeAttribute" or "TestCleanupAttribute" or "BeforeAttribute" or "AfterAttribute" or "GlobalSetupAttribute" or "GlobalCleanupAttribute")
            {
                return true;
            }
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (contract.Name == "IAsyncLifetime" && method.Name is "InitializeAsync" or "DisposeAsync")
                return true;
        }

        return false;
    }
}
