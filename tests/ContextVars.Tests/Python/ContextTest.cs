using System.Reflection;

namespace ContextVars.Tests.Python;

/// <summary>One test for each case of <c>ContextTest</c> in CPython's <c>Lib/test/test_context.py</c>, under its name there. Where .NET
/// or this library decides otherwise, the comment says so, and docs/contextvars.md says why.</summary>
public partial class ContextTest
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
}
