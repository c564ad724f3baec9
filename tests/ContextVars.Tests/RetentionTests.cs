using System.Runtime.CompilerServices;

namespace ContextVars.Tests;

public class RetentionTests
{
    private const int Count = 20_000;

    [Fact]
    public void Many_Sets_without_Reset_retain_one_value()
    {
        var variable = new ContextVar<object>("value");
        var values = SetMany(i => variable.Set(i));
        Assert.Equal(1, Alive(values));
        Assert.Same(variable.Get(), values[^1].Target);
    }

    [Fact]
    public void Many_Sets_of_several_variables_in_turn_retain_one_value_each()
    {
        var variables = Enumerable.Range(0, 3).Select(i => new ContextVar<object>($"v{i}")).ToArray();
        var turn = 0;
        var values = SetMany(value => variables[turn++ % 3].Set(value));
        Assert.Equal(3, Alive(values));
        Assert.All(variables, variable => Assert.True(variable.IsSet));
    }

    [Fact]
    public void Many_Sets_in_one_context_retain_one_value()
    {
        var variable = new ContextVar<object>("value");
        var context = new Context();
        var values = SetMany(value => context.Run(() => variable.Set(value)));
        Assert.Equal(1, Alive(values));
        Assert.True(context.Contains(variable));
    }

    [Fact]
    public void A_value_that_was_reset_is_not_retained()
    {
        var variable = new ContextVar<object>("value");
        Assert.Equal(0, Alive(SetMany(value => variable.Set(value).Dispose())));
    }

    [Fact]
    public void A_value_dies_with_the_last_context_that_holds_it()
    {
        var variable = new ContextVar<object>("value");
        var holder = new List<Context>();
        var value = Hold();
        Assert.Equal(1, Alive(value));
        holder.Clear();
        Assert.Equal(0, Alive(value));

        // Apart, so that no local of this method keeps the value.
        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Hold()
        {
            var held = new object();
            holder.Add(new Context().With(variable, held));
            return new WeakReference(held);
        }
    }

    [Theory]
    [InlineData(ContextVarOptions.BoundedLifetime, 0)]
    [InlineData(ContextVarOptions.None, 1)]
    public void A_timer_that_captured_the_flow_retains_only_unbounded_values(ContextVarOptions options, int expected)
    {
        var variable = ContextVar.CreateRequired<byte[]>(options);
        var (value, timer) = Capture();
        Assert.Equal(expected, Alive(value));
        timer.Dispose();

        [MethodImpl(MethodImplOptions.NoInlining)]
        (WeakReference, Timer) Capture()
        {
            var large = new byte[100_000];
            using (variable.Set(large))
                return (new WeakReference(large), new Timer(_ => { }, null, Timeout.Infinite, Timeout.Infinite));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] SetMany(Action<object> set)
    {
        var values = new WeakReference[Count];
        for (var i = 0; i < Count; i++)
        {
            var value = new object();
            values[i] = new WeakReference(value);
            set(value);
        }

        return values;
    }

    private static int Alive(params WeakReference[] values)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return values.Count(value => value.IsAlive);
    }
}
