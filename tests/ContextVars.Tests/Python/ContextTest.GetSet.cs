namespace ContextVars.Tests.Python;

public partial class ContextTest
{
    [Fact]
    public void context_getset_1()
    {
        var variable = new ContextVar<string?>("c");
        Assert.Throws<KeyNotFoundException>(() => variable.Get());
        Assert.Null(variable.Get(null));

        var token0 = variable.Set("42");
        Assert.Equal("42", variable.Get());
        Assert.False(token0.HasOldValue);
        Assert.Same(variable, token0.Variable);

        var token = variable.Set("spam");
        Assert.Equal("spam", variable.Get());
        Assert.True(token.HasOldValue);
        Assert.Equal("42", token.OldValue);
        variable.Reset(token);
        Assert.Equal("42", variable.Get());

        variable.Set("spam2");
        Assert.Throws<InvalidOperationException>(() => variable.Reset(token));
        Assert.Equal("spam2", variable.Get());

        var context1 = Context.CopyCurrent();
        Assert.True(context1.Contains(variable));
        variable.Reset(token0);
        Assert.Throws<InvalidOperationException>(() => variable.Reset(token0));

        Assert.Equal("spam2", context1[variable]);
        Assert.Equal("spam2", context1.Get(variable));
        Assert.Single(context1);
        Assert.Equal([new KeyValuePair<ContextVar, object?>(variable, "spam2")], context1);
        Assert.Equal(["spam2"], context1.Values);
        Assert.Equal([variable], context1.Keys);

        var context2 = Context.CopyCurrent();
        Assert.False(context2.Contains(variable));
        Assert.Throws<KeyNotFoundException>(() => context2[variable]);
        Assert.Null(context2.Get(variable, null));
        Assert.Empty(context2);
    }

    [Fact]
    public void context_getset_2()
    {
        var (v1, v2) = (new ContextVar<int>("v1"), new ContextVar<int>("v2"));
        var token = v1.Set(42);
        Assert.Throws<ArgumentException>(() => v2.Reset(token));
        Assert.Equal(42, v1.Get());
    }

    [Fact]
    public void context_getset_3()
    {
        var variable = new ContextVar<int>("c", 42);
        var context = new Context();
        context.Run(() =>
        {
            Assert.Equal(42, variable.Get());
            Assert.Throws<KeyNotFoundException>(() => context[variable]);
            Assert.Equal(-1, context.Get(variable, -1));
            Assert.Empty(context.Keys);

            var token = variable.Set(1);
            Assert.Equal([variable], context.Keys);
            Assert.Equal(1, context[variable]);

            variable.Reset(token);
            Assert.Empty(context.Keys);
            Assert.Throws<KeyNotFoundException>(() => context[variable]);
        });
    }

    [Fact]
    public void context_getset_4()
    {
        var variable = new ContextVar<int>("c", 42);
        var context = new Context();
        var token = context.Run(() => variable.Set(1));

        Assert.Throws<InvalidOperationException>(() => variable.Reset(token));
        Assert.Equal(1, context[variable]);

        context.Run(() => variable.Reset(token));
        Assert.False(context.Contains(variable));
    }

    [Fact]
    public void context_getset_5()
    {
        var variable = new ContextVar<List<int>>("c", []);
        variable.Set([]);
        void Append(int item) => variable.Get().Add(item);

        Context.CopyCurrent().Run(() =>
        {
            variable.Set([]);
            Append(1);
            Append(2);
        });

        Assert.Empty(variable.Get());
    }

    [Fact]
    public void context_copy_1()
    {
        var context1 = new Context();
        var variable = new ContextVar<int>("c", 42);

        void Inner2()
        {
            var context2 = context1.Copy();
            variable.Set(100);
            Assert.Equal(10, context2[variable]);
            Assert.Equal(100, context1[variable]);

            context2.Run(() =>
            {
                Assert.Equal(10, variable.Get());
                variable.Set(200);
                Assert.Equal(200, context2[variable]);
                Assert.Equal(100, context1[variable]);
            });
            Assert.Equal(200, context2[variable]);
            Assert.Equal(100, variable.Get());
        }

        context1.Run(() =>
        {
            variable.Set(10);
            Inner2();
        });
        Assert.Equal(100, context1[variable]);
        Assert.Equal(42, variable.Get());
    }

    [Fact]
    public void context_isinstance() => Assert.IsAssignableFrom<IReadOnlyDictionary<ContextVar, object?>>(new Context());

    [Fact]
    public void context_threads_1()
    {
        var variable = new ContextVar<int>("cvar");

        int Sub(int number)
        {
            for (var i = 0; i < 10; i++)
            {
                variable.Set(number + i);
                Thread.Sleep(Random.Shared.Next(3));
                Assert.Equal(number + i, variable.Get());
            }

            return number;
        }

        var numbers = Enumerable.Range(0, 10).ToArray();
        Assert.Equal(numbers, numbers.AsParallel().AsOrdered().WithDegreeOfParallelism(10).Select(Sub));
    }

    [Fact]
    public void context_thread_inherit()
    {
        var variable = new ContextVar<int>("cvar", -1);
        variable.Set(1);
        var context = Context.CopyCurrent().With(variable, 2);

        // Deviation: a thread always inherits the flow that starts it. What Thread(context=…) does is a Run inside.
        Assert.Equal(1, OnThread(() => variable.Get()));
        Assert.Equal(2, OnThread(() => context.Run(() => variable.Get())));
        Assert.Equal(-1, OnThread(() => new Context().Run(() => variable.Get())));

        static int OnThread(Func<int> body)
        {
            var result = 0;
            var thread = new Thread(() => result = body());
            thread.Start();
            thread.Join();
            return result;
        }
    }

    [Fact]
    public void context_eq_reentrant_contextvar_set()
    {
        var variable = new ContextVar<object>("v");
        var (context1, context2) = (new Context(), new Context());
        context1.Run(() => variable.Set(new SetsWhenCompared(context1, variable)));
        context2.Run(() => variable.Set(new SetsWhenCompared(context1, variable)));

        Assert.True(context1.ContentEquals(context2));
    }

    [Fact]
    public void context_eq_reentrant_contextvar_set_in_hash()
    {
        // Values are never hashed.
        var variable = new ContextVar<object>("v");
        var value = new SetsWhenCompared(new Context(), variable);
        Assert.Equal(0, value.GetHashCode());
        Assert.True(new Context().With(variable, value).Contains(variable));
    }

    private sealed class SetsWhenCompared(Context context, ContextVar<object> variable)
    {
        public override bool Equals(object? obj)
        {
            context.Run(() => variable.Set(new object()));
            return true;
        }

        public override int GetHashCode() => 0;
    }
}
