using ContextVars;
using ValidCode.Ambient;
using ValidCode.Diagnostics;

namespace ValidCode.Testing;

/// <summary>A test class as the frameworks call it: set-up and tear-down come in pairs.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly Token<TimeProvider> _clock = Clock.Use(new FixedTime(DateTimeOffset.UnixEpoch));

    public void Dispose() => _clock.Dispose();

    public async Task Clock_stands_still_in_its_own_flow()
    {
        DateTimeOffset before = Clock.UtcNow;
        await Task.Delay(5);
        Check(before == Clock.UtcNow);
    }

    public async Task Scopes_of_parallel_flows_do_not_meet()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var work = new UnitOfWork();
            await Task.Delay(i);
            UnitOfWork.Current!.Add($"change {i}");
            Check(work.Changes.Count == 1);
        }));
    }

    private static void Check(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The test failed.");
        }
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
