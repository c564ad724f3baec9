using BenchmarkDotNet.Attributes;

namespace ContextVars.Benchmarks;

/// <summary>N variables of one kind are set in the flow; the one in the middle is used. The other kind is not there at all.</summary>
public abstract class LiveVariables
{
    private static readonly AsyncLocal<object>[] FrameworkLocals = [.. Enumerable.Range(0, 6).Select(_ => new AsyncLocal<object>())];

    [Params(1, 8, 32, 128, 1000)]
    public int Live { get; set; }

    /// <summary>Values of others in the same flow, such as Activity.Current, HttpContext and the culture.</summary>
    [Params(0, 6)]
    public int Framework { get; set; }

    protected AsyncLocal<string> Local { get; private set; } = new();

    protected AsyncLocal<string> UnsetLocal { get; } = new();

    protected ContextVar<string> Variable { get; private set; } = new("unset");

    protected ContextVar<string> UnsetVariable { get; } = new("unset", "default");

    [GlobalSetup(Target = "AsyncLocal")]
    public void SetLocals()
    {
        SetFramework();
        var locals = Enumerable.Range(0, Live).Select(_ => new AsyncLocal<string>()).ToArray();
        foreach (var local in locals)
            local.Value = "value";

        Local = locals[Live / 2];
    }

    [GlobalSetup(Target = "ContextVar")]
    public void SetVariables()
    {
        SetFramework();
        var variables = Enumerable.Range(0, Live).Select(i => new ContextVar<string>($"v{i}")).ToArray();
        foreach (var variable in variables)
            variable.Set("value");

        Variable = variables[Live / 2];
    }

    private void SetFramework()
    {
        foreach (var local in FrameworkLocals.Take(Framework))
            local.Value = local;
    }
}
