using System.Collections;

namespace ContextVars.Tests;

public class ContextTests
{
    private readonly ContextVar<string> _name = new("name", "default");

    [Fact]
    public void Bad_arguments_are_refused_before_anything_changes()
    {
        var context = new Context();
        Assert.Throws<ArgumentNullException>(() => context.Run((Action)null!));
        Assert.Throws<ArgumentNullException>(() => context.Run((Func<int>)null!));
        Assert.Throws<ArgumentNullException>(() => context.Run(1, (Func<int, int>)null!));
        Assert.Throws<ArgumentNullException>(() => context.With<int>(null!, 1));
        Assert.Throws<ArgumentNullException>(() => context.ContentEquals(null!));
        Assert.Throws<ArgumentNullException>(() => context.TryGet<int>(null!, out _));
        Assert.Throws<ArgumentNullException>(() => context.TryGetValue(null!, out _));
        Assert.Throws<ArgumentNullException>(() => Context.Wrap((Action)null!));
        Assert.Throws<ArgumentNullException>(() => Context.Wrap((Func<int>)null!));
        Assert.Throws<ArgumentNullException>(() => Context.Wrap((Action<int>)null!));
        Assert.Throws<ArgumentNullException>(() => Context.Wrap((EventHandler)null!));
        Assert.Throws<ArgumentNullException>(() => Context.Wrap((EventHandler<int>)null!));

        Assert.Empty(context);
        context.Run(() => { });
    }

    [Fact]
    public async Task A_context_is_entered_by_one_flow_at_a_time()
    {
        var context = new Context();
        var (entered, leave) = (new TaskCompletionSource(), new ManualResetEventSlim());
        var running = Task.Run(() => context.Run(() =>
        {
            entered.SetResult();
            leave.Wait();
        }));

        await entered.Task;
        Assert.Throws<InvalidOperationException>(() => context.Run(() => 1));
        leave.Set();
        await running;
        Assert.Equal(1, context.Run(() => 1));
    }

    [Fact]
    public void A_throwing_body_leaves_the_flow_as_it_was()
    {
        using var _ = _name.Set("outer");
        Assert.Throws<DivideByZeroException>(() => new Context().Run(() =>
        {
            _name.Set("inner");
            throw new DivideByZeroException();
        }));
        Assert.Equal("outer", _name.Get());
    }

    [Fact]
    public void An_outer_context_shows_its_live_values_from_inside_another()
    {
        var (outer, inner) = (new Context(), new Context());
        outer.Run(() =>
        {
            _name.Set("outer");
            inner.Run(() => Assert.Equal("outer", outer.Get(_name)));
        });
    }

    [Fact]
    public async Task What_a_forked_flow_sets_does_not_reach_the_context()
    {
        var context = new Context();
        var forked = context.Run(() =>
        {
            _name.Set("run");
            return Task.Run(() =>
            {
                _name.Set("fork");
                new Context().Run(() => { });
                return context.Get(_name, "none");
            });
        });

        Assert.NotEqual("fork", await forked);
        Assert.Equal("run", context.Get(_name));
    }

    [Fact]
    public async Task A_task_started_in_a_context_keeps_it_to_the_end()
    {
        var context = new Context().With(_name, "context");
        var task = context.Run(async () =>
        {
            await Task.Yield();
            return _name.Get();
        });

        Assert.Equal("default", _name.Get());
        Assert.Equal("context", await task);
    }

    [Fact]
    public void An_empty_context_detaches_what_it_runs()
    {
        using var _ = _name.Set("request");
        Assert.Equal("default", new Context().Run(() => _name.Get()));
    }

    [Fact]
    public void With_makes_another_context()
    {
        var context = new Context().With(_name, "a");
        Assert.Equal("b", context.With(_name, "b").Get(_name));
        Assert.Equal("a", context.Get(_name));
    }

    [Fact]
    public void A_context_is_a_read_only_dictionary()
    {
        var context = new Context().With(_name, "a");
        IReadOnlyDictionary<ContextVar, object?> dictionary = context;
        Assert.True(dictionary.ContainsKey(_name));
        Assert.True(dictionary.TryGetValue(_name, out var value));
        Assert.Equal("a", value);
        Assert.Single((IEnumerable)context);
        Assert.Equal("fallback", new Context().Get(_name, "fallback"));
        Assert.Throws<KeyNotFoundException>(() => new Context().Get(_name));
        Assert.False(new Context().TryGet(_name, out _));
    }

    [Fact]
    public async Task A_wrapped_callback_runs_with_the_values_of_its_wrapping()
    {
        Action action;
        Action<int> consumer;
        Func<string> function;
        EventHandler handler;
        EventHandler<int> typedHandler;
        var seen = new List<string>();
        using (_name.Set("wrapped"))
        {
            void See() => seen.Add(_name.Get());
            action = Context.Wrap(See);
            consumer = Context.Wrap<int>(_ => See());
            function = Context.Wrap(() => _name.Get());
            handler = Context.Wrap(new EventHandler((_, _) => See()));
            typedHandler = Context.Wrap<int>((_, _) => See());
        }

        action();
        consumer(1);
        handler(null, EventArgs.Empty);
        typedHandler(null, 1);
        Assert.Equal(["wrapped", "wrapped", "wrapped", "wrapped"], seen);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(function))), value => Assert.Equal("wrapped", value));
        Assert.Equal("default", _name.Get());
    }

    [Fact]
    public void A_wrapped_callback_may_call_itself_and_forgets_what_it_sets()
    {
        Action wrapped = () => { };
        var depth = 0;
        wrapped = Context.Wrap(() =>
        {
            Assert.Equal("default", _name.Get());
            _name.Set("changed");
            if (depth++ < 3)
                wrapped();
        });

        wrapped();
        Assert.Equal(4, depth);
        Assert.Equal("default", _name.Get());
    }

    [Fact]
    public void The_debugger_shows_names_and_values()
    {
        var row = Assert.Single(new ContextDebugView(new Context().With(_name, "shown")).Rows);
        Assert.Equal(("name", "shown"), (row.Name, row.Value));
    }

    [Fact]
    public void What_a_flow_forked_from_a_running_context_sets_is_not_taken_over_when_it_enters_another()
    {
        var name = new ContextVar<string>("name");
        var context = new Context();

        context.Run(() =>
        {
            var forked = new Thread(() =>
            {
                name.Set("forked");
                new Context().Run(() => Assert.False(name.IsSet));
                Assert.Equal("forked", name.Get());
            });
            forked.Start();
            forked.Join();
        });

        Assert.False(context.Contains(name));
    }
}
