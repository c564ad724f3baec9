namespace ContextVars.Tests;

public class StreamTests
{
    private readonly ContextVar<string> _name = new("name", "default");

    [Fact]
    public async Task A_stream_keeps_its_value_over_its_yields()
    {
        using var _ = _name.Set("consumer");
        await ExpectAsync(Names().WithContext(_name, "stream"), "stream");
    }

    [Fact]
    public async Task A_stream_keeps_its_context_over_its_yields()
    {
        var context = new Context().With(_name, "stream");
        using var _ = _name.Set("consumer");
        var names = Names().WithContext(context);
        await Task.WhenAll(ExpectAsync(names, "stream"), ExpectAsync(names, "stream"));
    }

    [Fact]
    public async Task A_bounded_value_lasts_for_each_element()
    {
        var user = ContextVar.Create("nobody", ContextVarOptions.BoundedLifetime);
        async IAsyncEnumerable<string> Users()
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                yield return user.Get();
            }
        }

        await foreach (var name in Users().WithContext(user, "alice"))
            Assert.Equal("alice", name);
    }

    [Fact]
    public async Task A_stream_that_is_left_early_is_disposed_with_its_value()
    {
        var disposed = "";
        async IAsyncEnumerable<int> Endless()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                await Task.Yield();
                disposed += _name.Get();
            }
        }

        await foreach (var _ in Endless().WithContext(_name, "a"))
            break;

        await foreach (var _ in Endless().WithContext(new Context().With(_name, "b")))
            break;

        Assert.Equal("ab", disposed);
    }

    [Fact]
    public async Task A_stream_passes_on_cancellation_and_exceptions()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Canceled().WithContext(_name, "x").WithCancellation(cancellation.Token))
            {
            }
        });
        Assert.Equal("default", _name.Get());

        static async IAsyncEnumerable<int> Canceled([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return 1;
        }
    }

    [Fact]
    public void Null_arguments_are_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => ((IAsyncEnumerable<int>)null!).WithContext(_name, ""));
        Assert.Throws<ArgumentNullException>(() => ((IAsyncEnumerable<int>)null!).WithContext(new Context()));
        Assert.Throws<ArgumentNullException>(() => Names().WithContext((ContextVar<int>)null!, 1));
        Assert.Throws<ArgumentNullException>(() => Names().WithContext(null!));
    }

    private async IAsyncEnumerable<string> Names()
    {
        for (var i = 0; i < 4; i++)
        {
            if (i % 2 == 0)
                await Task.Yield();

            yield return _name.Get();
        }
    }

    private async Task ExpectAsync(IAsyncEnumerable<string> names, string expected)
    {
        var count = 0;
        await foreach (var name in names)
        {
            count++;
            Assert.Equal(expected, name);
            Assert.Equal("consumer", _name.Get());
        }

        Assert.Equal(4, count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_does_not_go_back_to_the_synchronization_context_of_its_consumer(bool overVariable)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<int> Gated()
        {
            try
            {
                await gate.Task.ConfigureAwait(false);
                yield return 1;
            }
            finally
            {
                await gate.Task.ConfigureAwait(false);
            }
        }

        var stream = overVariable ? Gated().WithContext(_name, "stream") : Gated().WithContext(new Context());
        var window = new Window();
        var enumerator = stream.GetAsyncEnumerator(TestContext.Current.CancellationToken);

        var moving = window.Run(() => enumerator.MoveNextAsync().AsTask());
        gate.SetResult();
        Assert.True(await moving);

        gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var disposing = window.Run(() => enumerator.DisposeAsync().AsTask());
        gate.SetResult();
        await disposing;
        Assert.Equal(0, window.Posts);
    }
}
