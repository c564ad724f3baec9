using System.Runtime.CompilerServices;
using CsCheck;

namespace ContextVars.Tests.Python;

/// <summary>The cases of <c>HamtTest</c> in CPython's <c>Lib/test/test_context.py</c>, for our map: it is keyed by the variables'
/// indexes, so there are no hashes, no collisions and no user code to crash in; the depth of its arrays takes their place.</summary>
/// <remarks>Without a test: <c>hashkey_helper_1</c>, which tests a key with a hash of its choice; a variable has none.</remarks>
public class HamtTest
{
    /// <summary>Enough for three levels of arrays.</summary>
    private static readonly ContextVar<int>[] Variables = [.. Enumerable.Range(0, 1100).Select(i => new ContextVar<int>($"v{i}"))];

    [Fact]
    public void hamt_basics_1() => Assert.Empty(new Context());

    [Fact]
    public void hamt_basics_2()
    {
        var empty = new Context();
        var one = empty.With(Variables[0], 1);
        var two = one.With(Variables[1], 2);
        var replaced = two.With(Variables[0], 3);

        Assert.Equal([0, 1, 2, 2], new[] { empty, one, two, replaced }.Select(context => context.Count));
        Assert.Equal(1, two[Variables[0]]);
        Assert.Equal(3, replaced[Variables[0]]);
        Assert.Equal(2, replaced[Variables[1]]);
    }

    [Fact]
    public void hamt_basics_3()
    {
        // Deviation: a Set of the same object counts as one, since each needs a token of its own.
        var variable = new ContextVar<string>("v");
        var first = variable.Set("a");
        var second = variable.Set("a");
        Assert.NotEqual(first, second);
        Assert.Equal("a", second.OldValue);
        variable.Reset(first);
        Assert.False(variable.IsSet);
    }

    [Fact]
    public void hamt_basics_4()
    {
        var variable = new ContextVar<List<int>>("v");
        var (a, b) = (new List<int>(), new List<int>());
        var context = new Context().With(variable, a);
        Assert.Same(b, context.With(variable, b)[variable]);
        Assert.Same(a, context[variable]);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    public void hamt_collision_1(int count)
    {
        var context = Variables.Take(count).Aggregate(new Context(), (context, variable) => context.With(variable, variable.Index));
        Assert.Equal(Variables.Take(count), context.Keys);
        Assert.All(Variables.Take(count), variable => Assert.Equal(variable.Index, context[variable]));
        Assert.All(Variables.Skip(count), variable => Assert.False(context.Contains(variable)));
    }

    [Fact]
    public void hamt_collision_3()
    {
        var deepest = Variables[^1];
        Assert.Equal([Variables[0], deepest], new Context().With(deepest, 1).With(Variables[0], 2).Keys);
    }

    [Fact]
    public void hamt_stress()
    {
        Gen.Select(Gen.Int[0, Variables.Length - 1], Gen.Bool).Array[1, 400].Sample(operations =>
        {
            Root root = Map.None;
            var model = new Dictionary<int, int>();
            var (halfRoot, halfModel) = (root, new Dictionary<int, int>());

            for (var i = 0; i < operations.Length; i++)
            {
                var (index, add) = operations[i];
                if (add)
                {
                    root = root.With(Variables[index].SlotFor(i, root));
                    model[index] = i;
                }
                else
                {
                    root = root.Without(Variables[index]);
                    model.Remove(index);
                }

                if (i == operations.Length / 2)
                    (halfRoot, halfModel) = (root, new(model));
            }

            return Matches(root, model) && Matches(halfRoot, halfModel);
        }, iter: 200);

        static bool Matches(Root root, Dictionary<int, int> model) =>
            root.Slots().Select(slot => (int)slot.BoxedValue!).SequenceEqual(model.OrderBy(pair => pair.Key).Select(pair => pair.Value))
            && Enumerable.Range(0, Variables.Length).All(index => root.Find(Variables[index]) is { } slot
                ? model.TryGetValue(index, out var value) && Equals(slot.BoxedValue, value)
                : !model.ContainsKey(index));
    }

    [Fact]
    public void hamt_delete_1()
    {
        var root = Of(0, 40, 1050);
        Assert.Same(root, root.Without(Variables[7]));
        Assert.Same(root, root.Without(Variables[41]));
        Assert.Equal([0, 1050], Indexes(root.Without(Variables[40])));
    }

    [Fact]
    public void hamt_delete_2() => Assert.Same(Map.None, Of(0).Without(Variables[0]));

    [Fact]
    public void hamt_delete_3() => Assert.Same(Map.None, Of(3, 5).Without(Variables[3]).Without(Variables[5]));

    [Fact]
    public void hamt_delete_4() => Assert.Equal([3], Indexes(Of(3, 1050).Without(Variables[1050])));

    [Fact]
    public void hamt_delete_5()
    {
        var root = Of([.. Enumerable.Range(0, 1100)]);
        for (var i = 0; i < 1100; i += 2)
            root = root.Without(Variables[i]);

        Assert.Equal(Enumerable.Range(0, 1100).Where(i => i % 2 == 1), Indexes(root));
    }

    [Fact]
    public void hamt_items_1()
    {
        var context = new Context().With(Variables[2], 20).With(Variables[1], 10);
        Assert.Equal([(Variables[1], 10), (Variables[2], 20)], context.Select(pair => ((ContextVar<int>)pair.Key, (int)pair.Value!)));
    }

    [Fact]
    public void hamt_items_2() => Assert.Equal(Enumerable.Range(0, 100), Indexes(Of([.. Enumerable.Range(0, 100).Reverse()])));

    [Fact]
    public void hamt_items_3() => Assert.Empty(new Context());

    [Fact]
    public void hamt_keys_1() => Assert.Equal([Variables[5], Variables[900]], new Context().With(Variables[900], 1).With(Variables[5], 1).Keys);

    [Fact]
    public void hamt_eq_1()
    {
        var left = new Context().With(Variables[0], 1).With(Variables[40], 2);
        Assert.True(left.ContentEquals(new Context().With(Variables[40], 2).With(Variables[0], 1)));
        Assert.False(left.ContentEquals(new Context().With(Variables[40], 2)));
        Assert.False(left.ContentEquals(left.With(Variables[0], 3)));
        Assert.False(left.ContentEquals(new Context().With(Variables[40], 2).With(Variables[1], 1)));
    }

    [Fact]
    public void hamt_eq_2()
    {
        var variable = new ContextVar<object>("v");
        var (left, right) = (new Context().With(variable, new Incomparable()), new Context().With(variable, new Incomparable()));
        Assert.Throws<DivideByZeroException>(() => left.ContentEquals(right));
    }

    [Fact]
    public void hamt_gc_1()
    {
        // Apart, so that no local of this method keeps the value.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Hold()
        {
            var value = new List<Context>();
            var context = new Context().With(new ContextVar<List<Context>>("v"), value);
            value.Add(context);
            return new WeakReference(value);
        }

        Assert.False(IsAlive(Hold()));
    }

    [Fact]
    public void hamt_gc_2()
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Hold()
        {
            var value = new object();
            var context = new Context().With(new ContextVar<object>("v"), value).With(Variables[0], 1);
            var enumerator = context.GetEnumerator();
            Assert.True(enumerator.MoveNext());
            return new WeakReference(value);
        }

        Assert.False(IsAlive(Hold()));
    }

    [Fact]
    public void hamt_in_1()
    {
        var context = new Context().With(Variables[1], 1);
        Assert.True(context.Contains(Variables[1]));
        Assert.False(context.Contains(Variables[2]));
    }

    [Fact]
    public void hamt_getitem_1()
    {
        var context = new Context().With(Variables[1], 1);
        Assert.Equal(1, context[Variables[1]]);
        Assert.Throws<KeyNotFoundException>(() => context[Variables[2]]);
    }

    private static Root Of(params int[] indexes) =>
        indexes.Aggregate((Root)Map.None, (root, index) => root.With(Variables[index].SlotFor(index, root)));

    private static IEnumerable<int> Indexes(Root root) => root.Slots().Select(slot => (int)slot.BoxedValue!);

    private static bool IsAlive(WeakReference value)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return value.IsAlive;
    }

    private sealed class Incomparable
    {
        public override bool Equals(object? obj) => throw new DivideByZeroException();

        public override int GetHashCode() => 0;
    }
}
