namespace ContextVars.Tests.Python;

public partial class ContextTest
{
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
}
