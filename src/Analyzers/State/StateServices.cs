namespace ContextAnalyzers.State;

/// <summary>What all rules share in one compilation.</summary>
internal sealed class StateServices
{
    private readonly Lazy<StateNames> _names;

    public StateServices(Compilation compilation, KnownSymbols symbols)
    {
        Symbols = symbols;
        Members = new StateMembers(symbols);
        AsyncCode = new AsyncCode(symbols);
        Callees = new Callees(compilation, this);
        CallReach = new CallReach(compilation, this);
        Roles = new StateRoles(compilation, this);
        ThreadBound = new ThreadBoundDeclarations(compilation);
        _names = new Lazy<StateNames>(() => new StateNames(compilation, default));
    }

    public KnownSymbols Symbols { get; }

    public StateMembers Members { get; }

    public AsyncCode AsyncCode { get; }

    public Callees Callees { get; }

    public CallReach CallReach { get; }

    public StateRoles Roles { get; }

    public ThreadBoundDeclarations ThreadBound { get; }

    public StateNames Names => _names.Value;
}
