using System.Reflection;

namespace ContextVars.Tests.Python;

/// <summary>One test for each case of <c>ContextTest</c> in CPython's <c>Lib/test/test_context.py</c>, under its name there. Where .NET
/// or this library decides otherwise, the comment says so, and docs/contextvars.md says why.</summary>
public class ContextTest
{
    [Fact]
    public void context_var_new_1()
    {
        Assert.Null(typeof(ContextVar<int>).GetConstructor([]));
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => new ContextVar<int>(null!)).ParamName);

        var variable = new ContextVar<int>("a");
        Assert.Equal("a", variable.Name);
        Assert.Null(typeof(ContextVar).GetProperty(nameof(ContextVar.Name))!.SetMethod);
        Assert.False(variable.Equals(new ContextVar<int>("a")));
    }

    [Fact]
    public void context_var_repr_1()
    {
        Assert.Equal("ContextVar<Int32> 'a'", new ContextVar<int>("a").ToString());
        Assert.Equal("ContextVar<Int32> 'a' (default 123)", new ContextVar<int>("a", 123).ToString());
        Assert.Equal("ContextVar<String> 'a' (default \"x\")", new ContextVar<string>("a", "x").ToString());

        // Deviation: of other values only the type is shown, so a default that holds its own variable needs no '...'.
        var lst = new List<object>();
        var variable = new ContextVar<List<object>>("a", lst);
        lst.Add(variable);
        Assert.Equal("ContextVar<List`1> 'a' (default List`1)", variable.ToString());

        var token = variable.Set([]);
        Assert.Contains(variable.ToString(), token.ToString());
        Assert.DoesNotContain("used", token.ToString());
        variable.Reset(token);
        Assert.Contains("used", token.ToString());
    }

    [Fact]
    public void token_repr_1()
    {
        var variable = new ContextVar<int>("a");
        using var token = variable.Set(1);

        // Deviation: no addresses.
        Assert.Equal("Token of ContextVar<Int32> 'a'", token.ToString());
    }

    [Fact]
    public void context_subclassing_1()
    {
        Assert.True(typeof(ContextVar<int>).IsSealed);
        Assert.True(typeof(Context).IsSealed);
        Assert.True(typeof(Token<int>).IsValueType);
        Assert.All(
            typeof(ContextVar).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            constructor => Assert.True(constructor.IsFamilyAndAssembly));
    }

    [Fact]
    public void context_new_1()
    {
        Assert.Empty(Assert.Single(typeof(Context).GetConstructors()).GetParameters());
        Assert.Empty(new Context());
    }

    [Fact]
    public void context_new_unhashable_str_subclass() => Assert.True(typeof(string).IsSealed);

    [Fact]
    public void context_typerrors_1()
    {
        // A key of another type does not compile.
        var context = new Context();
        Assert.Throws<ArgumentNullException>(() => context[null!]);
        Assert.Throws<ArgumentNullException>(() => context.Contains(null!));
        Assert.Throws<ArgumentNullException>(() => context.Get<int>(null!));
    }

    [Fact]
    public void context_get_context_1() => Assert.IsType<Context>(Context.CopyCurrent());

    [Fact]
    public void context_run_1() => Assert.Throws<ArgumentNullException>(() => new Context().Run(null!));

    [Fact]
    public void context_run_2()
    {
        var context = new Context();
        Assert.Equal(3, context.Run(() => 3));
        Assert.Equal((1, "b"), context.Run((1, "b"), static arguments => arguments));

        var ran = false;
        context.Run(() => { ran = true; });
        Assert.True(ran);
    }

    [Fact]
    public void context_run_3()
    {
        var context = new Context();
        for (var i = 0; i < 2; i++)
            Assert.Throws<DivideByZeroException>(() => context.Run(() => throw new DivideByZeroException()));
    }

    [Fact]
    public void context_run_4()
    {
        var (context1, context2) = (new Context(), new Context());
        var variable = new ContextVar<int>("var");

        void Inner()
        {
            Assert.False(variable.IsSet);
            Assert.Throws<KeyNotFoundException>(() => variable.Get());
            Assert.False(context2.Contains(variable));
            variable.Set(2);
            Assert.Equal(2, variable.Get());
        }

        context1.Run(() =>
        {
            variable.Set(1);
            var copy = Context.CopyCurrent();
            Assert.Single(copy);
            Assert.True(copy.ContentEquals(context1));
            Assert.True(copy.Contains(variable));
            Assert.Equal(1, copy[variable]);

            context2.Run(Inner);
            Assert.Equal(1, variable.Get());
            Assert.Equal(2, context2[variable]);
        });

        Assert.Equal(1, context1[variable]);
        Assert.False(variable.IsSet);
    }

    [Fact]
    public void context_run_5()
    {
        var context = new Context();
        var variable = new ContextVar<int>("var");

        Assert.Throws<DivideByZeroException>(() => context.Run(() =>
        {
            variable.Set(42);
            throw new DivideByZeroException();
        }));

        Assert.False(variable.IsSet);
        Assert.Equal(42, context[variable]);
    }

    [Fact]
    public void context_run_6()
    {
        var context = new Context();
        var variable = new ContextVar<int>("a", 0);

        context.Run(() =>
        {
            Assert.Equal(0, variable.Get());
            Assert.Equal(-1, context.Get(variable, -1));
            variable.Set(42);
            Assert.Equal(42, variable.Get());
            Assert.Equal(42, context.Get(variable, -1));
        });
    }

    [Fact]
    public void context_run_7()
    {
        var context = new Context();
        context.Run(() =>
        {
            Assert.Throws<InvalidOperationException>(() => context.Run(() => 1));
            Assert.Equal(1, context.Copy().Run(() => 1));
        });
        Assert.Equal(2, context.Run(() => 2));
    }

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
    public void token_contextmanager_with_default()
    {
        var variable = new ContextVar<int>("c", 42);
        using (variable.Set(36))
            Assert.Equal(36, variable.Get());

        Assert.Equal(42, variable.Get());
    }

    [Fact]
    public void token_contextmanager_without_default()
    {
        var variable = new ContextVar<int>("c");
        using (variable.Set(36))
            Assert.Equal(36, variable.Get());

        Assert.Contains("'c'", Assert.Throws<KeyNotFoundException>(() => variable.Get()).Message);
    }

    [Fact]
    public void token_contextmanager_on_exception()
    {
        var variable = new ContextVar<int>("c", 42);
        void Body()
        {
            using (variable.Set(36))
                throw new DivideByZeroException();
        }

        Assert.Throws<DivideByZeroException>(Body);
        Assert.Equal(42, variable.Get());
    }

    [Fact]
    public void token_contextmanager_reentrant()
    {
        var variable = new ContextVar<int>("c", 42);
        var token = variable.Set(36);

        // Deviation: Dispose is idempotent; Reset is the strict form.
        using (token)
        {
            using (token)
                Assert.Equal(36, variable.Get());

            Assert.Equal(42, variable.Get());
        }

        Assert.Equal(42, variable.Get());
        Assert.Throws<InvalidOperationException>(() => variable.Reset(token));
    }

    [Fact]
    public void token_contextmanager_multiple_c_set()
    {
        var variable = new ContextVar<int>("c", 42);
        using (variable.Set(36))
        {
            variable.Set(24);
            variable.Set(12);
        }

        Assert.Equal(42, variable.Get());
    }

    [Fact]
    public void token_contextmanager_with_explicit_reset_the_same_token()
    {
        var variable = new ContextVar<int>("c", 42);

        // Deviation: the block's end does not raise.
        using (var token = variable.Set(36))
        {
            variable.Reset(token);
            Assert.Equal(42, variable.Get());
        }

        Assert.Equal(42, variable.Get());
    }

    [Fact]
    public void token_contextmanager_with_explicit_reset_another_token()
    {
        var variable = new ContextVar<int>("c", 42);
        using (variable.Set(36))
        {
            var token = variable.Set(24);
            variable.Reset(token);
            Assert.Equal(36, variable.Get());
        }

        Assert.Equal(42, variable.Get());
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
