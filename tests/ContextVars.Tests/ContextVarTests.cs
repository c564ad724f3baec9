namespace ContextVars.Tests;

public class ContextVarTests
{
    private readonly ContextVar<int> _number = new("number", 7);
    private readonly ContextVar<string> _required = new("required");

    [Fact]
    public void A_variable_that_is_not_set_has_its_default()
    {
        Assert.Equal(7, _number.Get());
        Assert.Equal(7, _number.Value);
        Assert.Equal(5, _number.Get(5));
        Assert.True(_number.TryGet(out var value));
        Assert.Equal(7, value);
        Assert.False(_number.IsSet);
    }

    [Fact]
    public void A_variable_without_value_and_default_throws_and_names_itself()
    {
        Assert.Contains("required", Assert.Throws<KeyNotFoundException>(() => _required.Get()).Message);
        Assert.False(_required.TryGet(out _));
        Assert.Equal("fallback", _required.Get("fallback"));
    }

    [Fact]
    public void Reset_restores_the_value_before()
    {
        var outer = _number.Set(1);
        var inner = _number.Set(2);
        Assert.True(inner.HasOldValue);
        Assert.Equal(1, inner.OldValue);
        Assert.Equal(2, _number.Get());

        _number.Reset(inner);
        Assert.Equal(1, _number.Get());

        _number.Reset(outer);
        Assert.Equal(7, _number.Get());
        Assert.False(_number.IsSet);
        Assert.False(outer.HasOldValue);
        Assert.Throws<InvalidOperationException>(() => outer.OldValue);
    }

    [Fact]
    public void A_token_restores_once()
    {
        var token = _number.Set(1);
        _number.Reset(token);
        var later = _number.Set(2);

        Assert.True(token.IsUsed);
        Assert.Throws<InvalidOperationException>(() => _number.Reset(token));
        Assert.False(_number.TryReset(token));
        token.Dispose();
        Assert.Equal(2, _number.Get());
        _number.Reset(later);
    }

    [Fact]
    public void A_token_of_another_variable_is_refused()
    {
        var other = new ContextVar<int>("other", 0);
        var token = other.Set(1);

        Assert.Throws<ArgumentException>(() => _number.Reset(token));
        Assert.Throws<ArgumentException>(() => _number.Reset(default));
        Assert.False(token.IsUsed);
        other.Reset(token);
    }

    [Fact]
    public void Resetting_the_outer_token_drops_what_was_set_since()
    {
        var outer = _number.Set(1);
        var inner = _number.Set(2);

        _number.Reset(outer);
        Assert.Equal(7, _number.Get());
        Assert.Throws<InvalidOperationException>(() => _number.Reset(inner));
        Assert.Equal(7, _number.Get());
    }

    [Fact]
    public void A_using_block_ends_the_scope()
    {
        using (_number.Set(1))
            Assert.Equal(1, _number.Get());

        Assert.Equal(7, _number.Get());
    }

    [Fact]
    public async Task Concurrent_flows_do_not_see_each_other()
    {
        async Task<bool> Flow(int value)
        {
            var token = _number.Set(value);
            try
            {
                for (var i = 0; i < 20; i++)
                {
                    await Task.Yield();
                    if (_number.Get() != value)
                        return false;
                }

                return true;
            }
            finally
            {
                _number.Reset(token);
            }
        }

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 100).Select(Flow)), Assert.True);
        Assert.Equal(7, _number.Get());
    }

    [Fact]
    public void Thousands_of_variables_keep_their_values_apart()
    {
        var variables = Enumerable.Range(0, 3000).Select(i => new ContextVar<int>($"v{i}")).ToArray();
        var tokens = variables.Select((variable, i) => variable.Set(i)).ToArray();

        Assert.All(variables, (variable, i) => Assert.Equal(i, variable.Get()));

        for (var i = 0; i < variables.Length; i += 2)
            variables[i].Reset(tokens[i]);

        Assert.All(variables, (variable, i) => Assert.Equal(i % 2 == 1, variable.IsSet));
    }
}
