namespace ContextVars.Tests;

/// <summary>What <c>Reset</c> and <c>Dispose</c> refuse, and what they leave as it is.</summary>
public class TokenTests
{
    private readonly ContextVar<int> _number = new("number", 0);

    [Fact]
    public void The_default_token_is_refused_and_inert()
    {
        Token<int> token = default;
        Assert.Throws<ArgumentException>(() => _number.Reset(token));
        Assert.False(_number.TryReset(token));
        token.Dispose();

        Assert.Null(token.Variable);
        Assert.False(token.HasOldValue);
        Assert.False(token.IsUsed);
        Assert.Throws<InvalidOperationException>(() => token.OldValue);
        Assert.Equal("Token(default)", token.ToString());
        Assert.Equal(default, token);
    }

    [Fact]
    public void A_used_token_of_another_variable_is_reported_as_used()
    {
        var other = new ContextVar<int>("other");
        var token = other.Set(1);
        Assert.Throws<ArgumentException>(() => _number.Reset(token));
        other.Reset(token);
        Assert.Throws<InvalidOperationException>(() => _number.Reset(token));
    }

    [Fact]
    public void A_reset_in_a_copied_context_fails_and_does_not_use_up_the_token()
    {
        var token = _number.Set(1);
        Context.CopyCurrent().Run(() =>
        {
            Assert.Contains("different Context", Assert.Throws<InvalidOperationException>(() => _number.Reset(token)).Message);
            Assert.False(_number.TryReset(token));
            token.Dispose();
            Assert.Equal(1, _number.Get());
        });

        Assert.False(token.IsUsed);
        _number.Reset(token);
        Assert.Equal(0, _number.Get());
    }

    [Fact]
    public async Task A_token_of_an_async_callee_is_refused_where_its_Set_was_never_visible()
    {
        async Task<Token<int>> Callee()
        {
            await Task.Yield();
            return _number.Set(1);
        }

        var token = await Callee();
        Assert.Contains("not visible", Assert.Throws<InvalidOperationException>(() => _number.Reset(token)).Message);
        using (_number.Set(2))
        {
            Assert.Throws<InvalidOperationException>(() => _number.Reset(token));
            token.Dispose();
            Assert.Equal(2, _number.Get());
        }

        Assert.False(token.IsUsed);
    }

    [Fact]
    public async Task A_child_and_its_parent_may_each_reset_the_inherited_Set()
    {
        var token = _number.Set(1);
        await Task.Run(() =>
        {
            _number.Reset(token);
            Assert.Equal(0, _number.Get());
        });

        Assert.Equal(1, _number.Get());
        _number.Reset(token);
        Assert.Equal(0, _number.Get());
        Assert.Throws<InvalidOperationException>(() => _number.Reset(token));
    }

    [Fact]
    public void An_inner_token_after_the_outer_one_restores_nothing()
    {
        var outer = _number.Set(1);
        var inner = _number.Set(2);
        _number.Reset(outer);

        Assert.Throws<InvalidOperationException>(() => _number.Reset(inner));
        inner.Dispose();
        Assert.Equal(0, _number.Get());
        Assert.False(_number.IsSet);
    }

    [Fact]
    public void Resetting_the_outer_token_drops_two_newer_Sets()
    {
        var other = new ContextVar<int>("other", 0);
        var outer = _number.Set(1);
        _number.Set(2);
        other.Set(5);
        _number.Set(3);
        _number.Reset(outer);

        Assert.Equal(0, _number.Get());
        Assert.Equal(5, other.Get());
    }

    [Fact]
    public void A_null_that_is_set_is_a_value()
    {
        var variable = new ContextVar<string?>("nullable", "default");
        using (variable.Set(null))
        {
            Assert.True(variable.IsSet);
            Assert.Null(variable.Get());
            Assert.Null(variable.Get("fallback"));
            Assert.Null(Context.CopyCurrent()[variable]);
        }

        Assert.Equal("default", variable.Get());
    }

    [Fact]
    public void Tokens_are_equal_by_the_Set_that_made_them()
    {
        var first = _number.Set(1);
        var copy = first;
        var second = _number.Set(1);

        Assert.True(first == copy);
        Assert.True(first != second);
        Assert.True(first.Equals((object)copy));
        Assert.False(first.Equals(null));
        Assert.Equal(first.GetHashCode(), copy.GetHashCode());
        Assert.Equal(default(Token<int>).GetHashCode(), default(Token<int>).GetHashCode());
        copy.Dispose();
        Assert.True(first.IsUsed);
    }

    [Fact]
    public void Hash_codes_tell_tokens_apart() =>
        Assert.NotEqual(1, Enumerable.Range(0, 10).Select(i => _number.Set(i).GetHashCode()).Distinct().Count());

    [Fact]
    public void Sets_may_outnumber_the_integers()
    {
        // The depth of a slot wraps around.
        var root = Map.None.With(new Slot<int>(_number, 1, int.MaxValue));
        var top = _number.SlotFor(2, root);
        Assert.Equal(int.MinValue, top.Depth);
        Assert.True(top.Depth - int.MaxValue > 0);
    }
}
