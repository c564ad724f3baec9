namespace ContextVars.Tests;

/// <summary>The facts of .NET that the library stands on: where a value goes, and where it does not.</summary>
public class FlowTests
{
    private readonly ContextVar<string> _name = new("name", "default");

    [Fact]
    public async Task An_async_callee_sees_its_callers_value_and_keeps_its_own_to_itself()
    {
        async Task<string> Callee()
        {
            var seen = _name.Get();
            _name.Set("callee");
            await Task.Yield();
            Assert.Equal("callee", _name.Get());
            return seen;
        }

        using var _ = _name.Set("caller");
        Assert.Equal("caller", await Callee());
        Assert.Equal("caller", _name.Get());
    }

    [Fact]
    public async Task An_async_callee_that_completes_at_once_keeps_its_value_to_itself_too()
    {
#pragma warning disable CS1998 // That it awaits nothing is the point.
        async Task Callee() => _name.Set("callee");
#pragma warning restore CS1998

        await Callee();
        Assert.Equal("default", _name.Get());
    }

    [Fact]
    public async Task A_callee_that_returns_a_task_without_async_sets_for_its_caller()
    {
        Task Callee()
        {
            _name.Set("callee");
            return Task.CompletedTask;
        }

        await Callee();
        Assert.Equal("callee", _name.Get());
    }

    [Fact]
    public async Task An_async_void_callee_keeps_its_value_to_itself()
    {
        var done = new TaskCompletionSource<string>();
        async void Callee()
        {
            _name.Set("callee");
            await Task.Yield();
            done.SetResult(_name.Get());
        }

        Callee();
        Assert.Equal("default", _name.Get());
        Assert.Equal("callee", await done.Task);
    }

    [Fact]
    public async Task A_value_task_behaves_as_a_task()
    {
        async ValueTask<string> Callee(bool suspend)
        {
            _name.Set("callee");
            if (suspend)
                await Task.Yield();

            return _name.Get();
        }

        Assert.Equal("callee", await Callee(suspend: false));
        Assert.Equal("callee", await Callee(suspend: true));
        Assert.Equal("default", _name.Get());
    }

    [Fact]
    public async Task ConfigureAwait_does_not_touch_the_flow()
    {
        async Task<string> Callee()
        {
            await Task.Delay(1).ConfigureAwait(false);
            return _name.Get();
        }

        using var _ = _name.Set("value");
        Assert.Equal("value", await Callee());
    }

    [Fact]
    public async Task Task_Run_takes_the_value_of_its_start_and_gives_nothing_back()
    {
        var release = new TaskCompletionSource();
        _name.Set("start");
        var task = Task.Run(async () =>
        {
            await release.Task;
            var seen = _name.Get();
            _name.Set("task");
            return seen;
        });
        _name.Set("later");
        release.SetResult();

        Assert.Equal("start", await task);
        Assert.Equal("later", _name.Get());
    }

    [Fact]
    public void A_parallel_loop_takes_the_value_and_gives_nothing_back()
    {
        _name.Set("caller");
        Parallel.For(0, 20, i =>
        {
            using var _ = _name.Set($"{_name.Get()} {i}");
            Thread.Yield();
            Assert.Equal($"caller {i}", _name.Get());
        });
        Assert.Equal("caller", _name.Get());
    }

    [Fact]
    public async Task An_async_parallel_body_keeps_its_value_to_itself()
    {
        _name.Set("caller");
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (i, _) =>
        {
            Assert.Equal("caller", _name.Get());
            _name.Set($"body {i}");
            await Task.Yield();
            Assert.Equal($"body {i}", _name.Get());
        });
    }

    [Fact]
    public async Task A_timer_sees_the_value_of_its_construction()
    {
        var seen = new TaskCompletionSource<string>();
        Timer timer;
        using (_name.Set("construction"))
            timer = new Timer(_ => seen.TrySetResult(_name.Get()), null, Timeout.Infinite, Timeout.Infinite);

        using (timer)
        {
            timer.Change(1, Timeout.Infinite);
            Assert.Equal("construction", await seen.Task);
        }
    }

    [Fact]
    public void A_thread_inherits_the_value_of_its_start()
    {
        string? started = null, unsafeStarted = null;
        var thread = new Thread(() => started = _name.Get());
        var unsafeThread = new Thread(() => unsafeStarted = _name.Get());
        using (_name.Set("start"))
        {
            thread.Start();
            unsafeThread.UnsafeStart();
        }

        thread.Join();
        unsafeThread.Join();
        Assert.Equal("start", started);
        Assert.Equal("default", unsafeStarted);
    }

    [Fact]
    public async Task Where_the_flow_is_suppressed_a_task_starts_without_values()
    {
        using var _ = _name.Set("value");
        Task<string> task;
        using (ExecutionContext.SuppressFlow())
        {
            task = Task.Run(() => _name.Get());
            var token = _name.Set("suppressed");
            Assert.Equal("suppressed", _name.Get());
            _name.Reset(token);
        }

        Assert.Equal("default", await task);
        Assert.Equal("value", _name.Get());
    }

    [Fact]
    public void A_token_made_where_the_flow_is_suppressed_works_after_it_is_restored()
    {
        using var outer = _name.Set("outer");
        Token<string> token;
        using (ExecutionContext.SuppressFlow())
            token = _name.Set("inner");

        Assert.Equal("inner", _name.Get());
        _name.Reset(token);
        Assert.Equal("outer", _name.Get());
    }

    [Fact]
    public void A_sync_iterator_leaks_into_its_consumer_until_it_is_disposed()
    {
        IEnumerable<string> Iterate()
        {
            using (_name.Set("iterator"))
            {
                yield return _name.Get();
                yield return _name.Get();
            }
        }

        using (var iterator = Iterate().GetEnumerator())
        {
            Assert.True(iterator.MoveNext());
            Assert.Equal("iterator", _name.Get());
        }

        Assert.Equal("default", _name.Get());
    }

    [Fact]
    public async Task An_async_iterator_loses_its_value_at_each_yield_and_never_leaks()
    {
        async IAsyncEnumerable<string> Iterate()
        {
            using (_name.Set("iterator"))
            {
                await Task.Yield();
                yield return _name.Get();
                yield return _name.Get();
            }
        }

        using var _ = _name.Set("consumer");
        var seen = new List<string>();
        await foreach (var item in Iterate())
        {
            seen.Add(item);
            Assert.Equal("consumer", _name.Get());
        }

        Assert.Equal(["iterator", "consumer"], seen);
    }

    [Fact]
    public async Task An_async_DisposeAsync_cannot_reset_for_its_caller()
    {
        await using (new ResetsLate(_name, _name.Set("value")))
            Assert.Equal("value", _name.Get());

        Assert.Equal("value", _name.Get());
    }

    [Fact]
    public void Other_AsyncLocals_keep_their_values_over_a_reset()
    {
        var other = new AsyncLocal<int>();
        using (_name.Set("value"))
            other.Value = 5;

        Assert.Equal(5, other.Value);
        Assert.Equal("default", _name.Get());
    }

    [Fact]
    public void A_run_leaves_other_AsyncLocals_alone()
    {
        var other = new AsyncLocal<int> { Value = 1 };
        new Context().Run(() =>
        {
            Assert.Equal(1, other.Value);
            other.Value = 2;
        });
        Assert.Equal(2, other.Value);
    }

    private sealed class ResetsLate(ContextVar<string> variable, Token<string> token) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            variable.Reset(token);
        }
    }
}
