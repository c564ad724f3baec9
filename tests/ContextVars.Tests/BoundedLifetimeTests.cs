namespace ContextVars.Tests;

public class BoundedLifetimeTests
{
    private readonly ContextVar<string> _user = ContextVar.Create("nobody", ContextVarOptions.BoundedLifetime, "user");

    [Fact]
    public async Task A_task_that_outlives_the_scope_sees_the_variable_unset()
    {
        var (seen, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<string> forgotten;
        Context copy;
        using (_user.Set("alice"))
        {
            forgotten = Task.Run(async () =>
            {
                Assert.Equal("alice", _user.Get());
                seen.SetResult();
                await ended.Task;
                Assert.False(_user.IsSet);
                return _user.Get();
            });
            await seen.Task;
            copy = Context.CopyCurrent();
            Assert.Equal("alice", copy.Get(_user));
        }

        ended.SetResult();
        Assert.Equal("nobody", await forgotten);
        Assert.False(copy.Contains(_user));
        Assert.Empty(copy);
        Assert.Empty(new Context().Run(() => Context.CopyCurrent()));
    }

    [Fact]
    public void An_inner_scope_gives_the_outer_value_back()
    {
        using (_user.Set("alice"))
        {
            using (var inner = _user.Set("root"))
            {
                Assert.Equal("alice", inner.OldValue);
                Assert.Equal("root", _user.Get());
            }

            Assert.Equal("alice", _user.Get());
        }

        Assert.Equal("nobody", _user.Get());
    }

    [Fact]
    public void Resetting_the_outer_token_ends_the_inner_Set_too()
    {
        var outer = _user.Set("alice");
        _user.Set("root");
        var copy = Context.CopyCurrent();
        _user.Reset(outer);
        Assert.False(copy.Contains(_user));
    }

    [Fact]
    public async Task A_child_that_resets_ends_the_binding_for_its_parent()
    {
        using var token = _user.Set("alice");
        await Task.Run(() => _user.Reset(token));
        Assert.Equal("nobody", _user.Get());
    }

    [Fact]
    public async Task With_ends_the_binding_when_the_task_of_its_body_completes()
    {
        var gate = new TaskCompletionSource();
        Context? copy = null;
        var task = _user.With("alice", async () =>
        {
            copy = Context.CopyCurrent();
            await gate.Task;
            return _user.Get();
        });

        Assert.Equal("nobody", _user.Get());
        Assert.Equal("alice", copy!.Get(_user));
        gate.SetResult();
        Assert.Equal("alice", await task);
        Assert.False(copy.Contains(_user));
    }

    [Fact]
    public void With_ends_the_binding_when_its_body_throws()
    {
        Context? copy = null;
        Assert.Throws<DivideByZeroException>(() => _user.With("alice", () =>
        {
            copy = Context.CopyCurrent();
            throw new DivideByZeroException();
        }));
        Assert.False(copy!.Contains(_user));
    }

    [Fact]
    public void A_scope_of_several_variables_ends_the_bounded_ones()
    {
        var other = new ContextVar<int>("other", 0);
        Context copy;
        using (ContextScope.Set(_user, "alice", other, 1))
            copy = Context.CopyCurrent();

        Assert.False(copy.Contains(_user));
        Assert.Equal(1, copy.Get(other));
    }

    [Fact]
    public async Task The_end_of_a_task_ends_its_value_without_going_back_to_the_synchronization_context()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var window = new Window();
        var copy = new Context();
        async Task Work()
        {
            copy = Context.CopyCurrent();
            await gate.Task.ConfigureAwait(false);
        }

        var working = window.Run(() => _user.With("alice", Work));
        Assert.True(copy.Contains(_user));
        gate.SetResult();
        await working;
        SpinWait.SpinUntil(() => !copy.Contains(_user), TimeSpan.FromSeconds(30));
        Assert.False(copy.Contains(_user));
        Assert.Equal(0, window.Posts);
    }

    [Fact]
    public void The_end_of_a_body_that_is_no_task_ends_its_value()
    {
        var copy = _user.With("alice", Context.CopyCurrent);
        Assert.False(copy.Contains(_user));
    }

    [Fact]
    public void Without_the_option_a_copy_keeps_the_value()
    {
        var name = new ContextVar<string>("name", "nobody", ContextVarOptions.None);
        Context copy;
        using (name.Set("alice"))
            copy = Context.CopyCurrent();

        Assert.Equal("alice", copy.Get(name));
    }
}
