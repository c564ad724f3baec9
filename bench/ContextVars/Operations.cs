using BenchmarkDotNet.Attributes;

namespace ContextVars.Benchmarks;

public class GetHit : LiveVariables
{
    [Benchmark(Baseline = true)]
    public string? AsyncLocal() => Local.Value;

    [Benchmark]
    public string ContextVar() => Variable.Get();
}

public class GetDefault : LiveVariables
{
    [Benchmark(Baseline = true)]
    public string? AsyncLocal() => UnsetLocal.Value ?? "default";

    [Benchmark]
    public string ContextVar() => UnsetVariable.Get();
}

public class SetReset : LiveVariables
{
    [Benchmark(Baseline = true)]
    public void AsyncLocal()
    {
        var before = Local.Value;
        Local.Value = "other";
        Local.Value = before!;
    }

    [Benchmark]
    public void ContextVar()
    {
        var token = Variable.Set("other");
        Variable.Reset(token);
    }
}

public class SetOnly : LiveVariables
{
    private bool _odd;

    private string Next() => (_odd = !_odd) ? "odd" : "even";

    [Benchmark(Baseline = true)]
    public void AsyncLocal() => Local.Value = Next();

    [Benchmark]
    public void ContextVar() => Variable.Set(Next());
}

public class NestedFour : LiveVariables
{
    [Benchmark(Baseline = true)]
    public void AsyncLocal() => WithLocal(4);

    [Benchmark]
    public void ContextVar() => WithVariable(4);

    private void WithLocal(int depth)
    {
        var before = Local.Value;
        Local.Value = depth % 2 == 0 ? "even" : "odd";
        if (depth > 1)
            WithLocal(depth - 1);

        Local.Value = before!;
    }

    private void WithVariable(int depth)
    {
        var token = Variable.Set(depth % 2 == 0 ? "even" : "odd");
        if (depth > 1)
            WithVariable(depth - 1);

        Variable.Reset(token);
    }
}

public class AwaitHop : LiveVariables
{
    private const int Hops = 100;

    [Benchmark(Baseline = true, OperationsPerInvoke = Hops)]
    public Task AsyncLocal() => HopAsync();

    [Benchmark(OperationsPerInvoke = Hops)]
    public Task ContextVar() => HopAsync();

    private static async Task HopAsync()
    {
        for (var i = 0; i < Hops; i++)
            await Task.Yield();
    }
}

public class AsyncCall : LiveVariables
{
    private const int Calls = 100;

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public async Task AsyncLocal()
    {
        for (var i = 0; i < Calls; i++)
            await WithLocalAsync();
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public async Task ContextVar()
    {
        for (var i = 0; i < Calls; i++)
            await WithVariableAsync();
    }

    private async Task WithLocalAsync()
    {
        var before = Local.Value;
        Local.Value = "other";
        try
        {
            await Task.Yield();
        }
        finally
        {
            Local.Value = before!;
        }
    }

    private async Task WithVariableAsync()
    {
        var token = Variable.Set("other");
        try
        {
            await Task.Yield();
        }
        finally
        {
            Variable.Reset(token);
        }
    }
}

/// <summary>Beside what comes nearest in the framework, which copies every AsyncLocal and can be neither read nor changed.</summary>
public class CopyCurrent : LiveVariables
{
    [Benchmark(Baseline = true)]
    public ExecutionContext? AsyncLocal() => ExecutionContext.Capture();

    [Benchmark]
    public Context ContextVar() => Context.CopyCurrent();
}

/// <summary>As <see cref="CopyCurrent"/>.</summary>
public class Run : LiveVariables
{
    private ExecutionContext? _executionContext;
    private Context? _context;

    [Benchmark(Baseline = true)]
    public void AsyncLocal() => ExecutionContext.Run(_executionContext ??= ExecutionContext.Capture()!, static _ => { }, null);

    [Benchmark]
    public void ContextVar() => (_context ??= Context.CopyCurrent()).Run(static () => { });
}
