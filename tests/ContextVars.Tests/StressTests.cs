namespace ContextVars.Tests;

public class StressTests
{
    [Fact]
    public async Task Concurrent_flows_see_no_torn_and_no_foreign_value()
    {
        var variables = Enumerable.Range(0, 40).Select(i => new ContextVar<Wide>($"v{i}")).ToArray();

        async Task Flow(int owner)
        {
            var random = new Random(owner);
            for (var i = 0; i < 200; i++)
            {
                var variable = variables[random.Next(variables.Length)];
                var expected = new Wide(owner * 1000L + i);
                using (variable.Set(expected))
                {
                    if (random.Next(3) == 0)
                        await Task.Yield();

                    Assert.Equal(expected, variable.Get());
                    if (random.Next(5) == 0)
                        await Task.Run(() => Assert.Equal(expected, variable.Get()));

                    Assert.Equal(expected, Context.CopyCurrent().Run(() => variable.Get()));
                }

                Assert.False(variable.IsSet);
            }
        }

        await Task.WhenAll(Enumerable.Range(1, 60).Select(owner => Task.Run(() => Flow(owner))));
    }

    [Fact]
    public async Task A_bounded_value_that_ends_while_others_read_it_is_read_whole_or_not_at_all()
    {
        var variable = ContextVar.CreateRequired<Wide>(ContextVarOptions.BoundedLifetime);
        for (var round = 1; round <= 200; round++)
        {
            var expected = new Wide(round);
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task reader;
            using (variable.Set(expected))
            {
                reader = Task.Run(() =>
                {
                    started.TrySetResult();
                    while (variable.TryGet(out var value))
                        Assert.Equal(expected, value);
                });
                await started.Task;
            }

            await reader;
        }
    }

    [Fact]
    public async Task Variables_may_be_made_concurrently()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 500).Select(i => new ContextVar<int>("made")).ToArray())));
        Assert.Equal(4000, made.SelectMany(variables => variables).Select(variable => variable.Index).Distinct().Count());
    }

    private readonly record struct Wide(long A, long B, long C, long D)
    {
        public Wide(long value)
            : this(value, value, value, value)
        {
        }
    }

    [Fact]
    public void However_many_variables_there_are_each_has_its_own_value()
    {
        var first = new ContextVar<int>("first", 0);
        using var _ = first.Set(-1);

        // Past the next two sizes at which the map of a flow grows by a level.
        for (var i = 1; i <= 33_000; i++)
        {
            var variable = new ContextVar<int>("v", 0);
            using (variable.Set(i))
                Assert.Equal((i, -1), (variable.Get(), first.Get()));
        }
    }
}
