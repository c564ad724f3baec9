using System.Reflection;

namespace ContextVars.Tests;

public class ContextVarApiTests
{
    private static readonly ContextVar<int> Depth = ContextVar.Create(3);
    private static readonly ContextVar<string> User = ContextVar.CreateRequired<string>();

    private readonly ContextVar<int> _number = new("number", 0);

    [Fact]
    public void Created_variables_are_named_after_their_member()
    {
        Assert.Equal(("Depth", 3, true), (Depth.Name, Depth.Get(), Depth.HasDefault));
        Assert.Equal(("User", false), (User.Name, User.HasDefault));
        Assert.Equal(typeof(string), ((ContextVar)User).ValueType);
        Assert.Equal("given", ContextVar.CreateRequired<int>(name: "given").Name);
        Assert.Throws<ArgumentNullException>(() => ContextVar.Create(1, name: null!));
        Assert.Throws<ArgumentNullException>(() => ContextVar.CreateRequired<int>(name: null!));
    }

    [Fact]
    public void A_literal_zero_is_a_default_whatever_the_type()
    {
        Assert.Equal(0, new ContextVar<long>("long", 0).Get());
        Assert.Equal(0, new ContextVar<double>("double", 0).Get());
        Assert.Equal(0, new ContextVar<int?>("nullable", 0).Get());
        Assert.Equal(0, new ContextVar<object>("object", 0).Get());
        Assert.Equal(ContextVarOptions.None, new ContextVar<ContextVarOptions>("options", 0).Get());
    }

    [Fact]
    public void With_restores_when_the_body_returns_or_throws()
    {
        var seen = 0;
        _number.With(1, () => { seen = _number.Get(); });
        Assert.Equal(1, seen);
        Assert.Equal(2, _number.With(2, () => _number.Get()));
        Assert.Equal(5, _number.With(3, 2, arg => arg + _number.Get()));
        Assert.Throws<DivideByZeroException>(() => _number.With(4, () => throw new DivideByZeroException()));
        Assert.False(_number.IsSet);
    }

    [Fact]
    public void With_refuses_a_null_body_before_it_sets()
    {
        Assert.Throws<ArgumentNullException>(() => _number.With(1, (Action)null!));
        Assert.Throws<ArgumentNullException>(() => _number.With(1, (Func<int>)null!));
        Assert.Throws<ArgumentNullException>(() => _number.With(1, 2, (Func<int, int>)null!));
        Assert.False(_number.IsSet);
    }

    [Fact]
    public async Task With_keeps_the_value_to_the_end_of_an_async_body_and_restores_the_caller_at_once()
    {
        var task = _number.With(1, async () =>
        {
            await Task.Yield();
            return _number.Get();
        });

        Assert.Equal(0, _number.Get());
        Assert.Equal(1, await task);
    }

    [Fact]
    public void A_read_only_view_reads_and_no_more()
    {
        var view = _number.AsReadOnly();
        using (_number.Set(7))
        {
            Assert.Equal((7, 7, 7, true), (view.Get(), view.Value, view.Get(1), view.IsSet));
            Assert.True(view.TryGet(out var value));
            Assert.Equal(7, value);
        }

        Assert.Equal(("number", true, false), (view.Name, view.HasDefault, view.IsSet));
        Assert.Equal(_number.ToString(), view.ToString());
        Assert.True(view == _number.AsReadOnly());
        Assert.True(view != new ContextVar<int>("other").AsReadOnly());
        Assert.True(view.Equals((object)_number.AsReadOnly()));
        Assert.False(view.Equals((object)_number));
        Assert.Equal(view.GetHashCode(), _number.AsReadOnly().GetHashCode());
        Assert.Equal(default(ReadOnlyContextVar<int>).GetHashCode(), default(ReadOnlyContextVar<int>).GetHashCode());
        Assert.Throws<InvalidOperationException>(() => default(ReadOnlyContextVar<int>).Get());
        Assert.Equal("", default(ReadOnlyContextVar<int>).ToString());
    }

    [Fact]
    public void Hash_codes_tell_views_apart() =>
        Assert.NotEqual(1, Enumerable.Range(0, 10).Select(_ => new ContextVar<int>("view").AsReadOnly().GetHashCode()).Distinct().Count());

    [Fact]
    public void The_debugger_shows_the_name_and_the_value()
    {
        string Display(ContextVar variable) => (string)typeof(ContextVar)
            .GetProperty("DebuggerDisplay", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(variable)!;

        Assert.Equal("number = 0 (default)", Display(_number));
        Assert.Equal("User = no value", Display(User));
        using (_number.Set(5))
            Assert.Equal("number = 5", Display(_number));
    }

    [Fact]
    public void A_scope_sets_several_variables_and_restores_them()
    {
        var (a, b, c, d) = (new ContextVar<int>("a", 0), new ContextVar<string>("b", ""), new ContextVar<int>("c", 0), new ContextVar<int>("d", 0));
        using (ContextScope.Set(a, 1, b, "x"))
        {
            Assert.Equal((1, "x"), (a.Get(), b.Get()));
            using (ContextScope.Set(a, 2, b, "y", c, 3))
            {
                Assert.Equal((2, "y", 3), (a.Get(), b.Get(), c.Get()));
            }

            using (ContextScope.Set(a, 3, b, "z", c, 4, d, 5))
                Assert.Equal((3, "z", 4, 5), (a.Get(), b.Get(), c.Get(), d.Get()));

            Assert.Equal((1, "x", 0, 0), (a.Get(), b.Get(), c.Get(), d.Get()));
        }

        Assert.False(a.IsSet || b.IsSet || c.IsSet || d.IsSet);
    }

    [Fact]
    public void A_scope_drops_what_was_set_since_and_leaves_other_variables_alone()
    {
        var (a, b, other) = (new ContextVar<int>("a", 0), new ContextVar<int>("b", 0), new ContextVar<int>("other", 0));
        var scope = ContextScope.Set(a, 1, b, 2);
        a.Set(3);
        other.Set(4);
        scope.Dispose();
        Assert.Equal((0, 0, 4), (a.Get(), b.Get(), other.Get()));

        using (b.Set(9))
            scope.Dispose();

        Assert.Equal(0, b.Get());
        default(ContextScope).Dispose();
    }

    [Fact]
    public void A_scope_may_name_a_variable_twice()
    {
        var other = new AsyncLocal<int>();
        using (ContextScope.Set(_number, 1, _number, 2))
        {
            Assert.Equal(2, _number.Get());
            other.Value = 1;
        }

        Assert.False(_number.IsSet);
    }

    [Fact]
    public void A_scope_refuses_a_null_variable_before_it_sets()
    {
        Assert.Equal("variable2", Assert.Throws<ArgumentNullException>(() => ContextScope.Set(_number, 1, (ContextVar<int>)null!, 2)).ParamName);
        Assert.False(_number.IsSet);
    }

    [Fact]
    public void Messages_name_the_variable_and_say_what_is_wrong()
    {
        var other = new ContextVar<int>("other", 0);
        var token = _number.Set(1);
        void Says<TException>(string part, string name, Action action)
            where TException : Exception
        {
            var message = Assert.Throws<TException>(action).Message;
            Assert.Contains(part, message);
            Assert.Contains(name, message);
        }

        Says<ArgumentException>("made by no Set", "Token<Int32>", () => _number.Reset(default));
        Says<ArgumentException>("not by 'other'", $"'{_number.Name}'", () => other.Reset(token));
        _number.Reset(token);
        Says<InvalidOperationException>("already been used", $"'{_number.Name}'", () => _number.Reset(token));
        Says<InvalidOperationException>("not set before", "", () => _ = default(Token<int>).OldValue);
        Says<InvalidOperationException>("no view of a variable", "ReadOnlyContextVar<Int32>", () => _ = default(ReadOnlyContextVar<int>).Value);
        Says<KeyNotFoundException>("no value in this Context", "'other'", () => _ = new Context()[other]);
        var context = new Context();
        Says<InvalidOperationException>("already running", "Copy()", () => context.Run(() => context.Run(static () => { })));
    }

    public static TheoryData<ContextVar, string> Described => new()
    {
        { new ContextVar<string?>("v", null), "null" },
        { new ContextVar<string>("v", "text"), "\"text\"" },
        { new ContextVar<bool>("v", true), "True" },
        { new ContextVar<char>("v", 'c'), "c" },
        { new ContextVar<sbyte>("v", 1), "1" },
        { new ContextVar<byte>("v", 2), "2" },
        { new ContextVar<short>("v", 3), "3" },
        { new ContextVar<ushort>("v", 4), "4" },
        { new ContextVar<double>("v", 1.5), "1.5" },
        { new ContextVar<DayOfWeek>("v", DayOfWeek.Monday), "Monday" },
        { new ContextVar<object>("v", new Uri("https://example.com")), "Uri" },
    };

    [Theory]
    [MemberData(nameof(Described))]
    public void A_default_is_described_without_running_its_code(ContextVar variable, string description) =>
        Assert.EndsWith($"'v' (default {description})", variable.ToString());
}
