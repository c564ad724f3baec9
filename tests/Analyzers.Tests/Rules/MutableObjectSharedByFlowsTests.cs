using System.Globalization;
using ContextAnalyzers.Tests.Robustness;
using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.MutableObjectSharedByFlowsAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

public class MutableObjectSharedByFlowsTests
{
    private const string Variables = """
        static readonly ContextVar<List<int>> Numbers = new("numbers");
        static readonly ContextVar<int[]> Array = new("array");
        static readonly AsyncLocal<Dictionary<string, int>> Map = new();
        static readonly AsyncLocal<Cart> Current = new();
        static readonly AsyncLocal<System.Text.StringBuilder> Text = new();
        static readonly AsyncLocal<Action[]> Actions = new();
        static readonly AsyncLocal<int> Count = new();

        sealed class Cart { public int Total; public string Name { get; set; } public void Add(int amount) { } }

        """;

    [Theory]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<IList<int>> V = new("v", [|new List<int>()|]);""")]
    [InlineData("""static readonly ContextVar<int[]> V = new("v", [|new[] { 1 }|]);""")]
    [InlineData("""static readonly ContextVar<int[]> V = new("v", [|new int[1]|]);""")]
    [InlineData("""static readonly ContextVar<MemoryStream> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<System.Collections.ArrayList> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<System.Collections.Hashtable> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<System.Collections.Queue> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<System.Collections.Stack> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<System.Collections.SortedList> V = new("v", [|new()|]);""")]
    [InlineData("""static readonly ContextVar<System.Collections.BitArray> V = new("v", [|new(8)|]);""")]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v", [|[]|]);""")]
    [InlineData("""static readonly ContextVar<List<int>> V = new ContextVar<List<int>>("v", [|[1]|]);""")]
    [InlineData("""static readonly ContextVar<int> V = new("v", 0), W = new("w", 0); static readonly ContextVar<List<int>> X = new("x", [|[]|]);""")]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v"), W = new("w", [|[]|]);""")]
    [InlineData("""static readonly Dictionary<string, ContextVar<List<int>>> All = new() { ["a"] = new("a", [|[]|]) };""")]
    [InlineData("""static readonly Lazy<ContextVar<List<int>>> V = new(() => new("v", [|[]|]));""")]
    [InlineData("""static readonly ContextVar<List<int>> V = ContextVar.Create([|new List<int>()|]);""")]
    [InlineData("""class Base(ContextVar<List<int>> v) { public object V => v; } class Derived() : Base(new ContextVar<List<int>>("v", [|[]|]));""")]
    [InlineData("""class Base(ContextVar<List<int>> v) { public object V => v; } class Derived : Base { Derived() : base(new ContextVar<List<int>>("v", [|[]|])) { } }""")]
    [InlineData("""static readonly ContextVar<List<int>> V; static C() { V = new("v", [|[]|]); }""")]
    [InlineData("""static readonly ContextVar<System.Text.StringBuilder> V = new("v", [|new System.Text.StringBuilder()|]);""")]
    public Task Mutable_default_is_found(string member) => Verify.Finds(Class(member));

    [Theory]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v");""")]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v", null!);""")]
    [InlineData("""static readonly ContextVar<string> V = new("v", "a");""")]
    [InlineData("""static readonly ContextVar<int[]> V = new("v", Array.Empty<int>());""")]
    [InlineData("""static readonly ContextVar<int[]> V = new("v", new int[0]);""")]
    [InlineData("""static readonly ContextVar<int[]> V = new("v", []);""")]
    [InlineData("""static readonly ContextVar<int> V = ContextVar.Create(1);""")]
    [InlineData("""static readonly ContextVar<System.Collections.ObjectModel.ReadOnlyCollection<int>> V = new("v", new(new List<int>()));""")]
    [InlineData("""static readonly ContextVar<BitArray> V = new("v", new()); class BitArray;""")]
    [InlineData("""static readonly ContextVar<MemoryStream> V = new("v", new()); class MemoryStream;""")]
    [InlineData("""static readonly ContextVar<StringBuilder> V = new("v", new()); class StringBuilder;""")]
    [InlineData("""static readonly ContextVar<System.Collections.Immutable.ImmutableList<int>> V = new("v", System.Collections.Immutable.ImmutableList<int>.Empty);""")]
    [InlineData("""static readonly ContextVar<System.Collections.Concurrent.ConcurrentBag<int>> V = new("v", new());""")]
    public Task Default_that_cannot_change_is_silent(string member) => Verify.Silent(Class(member));

    [Fact]
    public Task Change_through_the_variable_is_found() => Verify.Finds(Class(Variables + """
        void M()
        {
            [|Numbers.Get().Add(1)|];
            [|Numbers.Value.Clear()|];
            [|Array.Get()[0] = 1|];
            [|Array.Get()[0]++|];
            [|Map.Value["a"] = 1|];
            [|Current.Value.Total += 1|];
            [|Current.Value.Name = "a"|];
        }
        """));

    [Fact]
    public Task Reads_and_new_values_are_silent() => Verify.Silent(Class(Variables + """
        void M()
        {
            Log(Numbers.Get().Count + Array.Get()[0] + Map.Value["a"] + Current.Value.Name);
            Numbers.Get().Contains(1);
            Text.Value?.ToString()?.Replace('a', 'b');
            Actions.Value[0]();
            Count.Value++;
            Current.Value.Add(1);
            Map.Value = new();
            using var _ = Numbers.Set([.. Numbers.Get(), 1]);
            Work();
        }
        """));

    [Fact]
    public Task Types_can_be_added_and_taken_away() => Task.WhenAll(
        Verify.FindsWith("dotnet_code_quality.CTX202.mutable_types = T:C.Basket | T:C.Cart", Class(Variables + "void M() => [|Current.Value.Add(1)|];")),
        Verify.FindsWith("dotnet_code_quality.CTX202.immutable_types = T:C.Cart", Class(Variables + "void M() => Current.Value.Total = 1;")));

    [Theory]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v", new());""", "'List<int>' is changed by one flow and seen by all that have inherited it: it is the default of every flow; use an immutable type, or no default")]
    [InlineData("""static readonly ContextVar<List<int>> V = new("v"); void M() => V.Get().Add(1);""", "'V' is changed by one flow and seen by all that have inherited it: set a changed copy instead, in a type that cannot change")]
    public async Task Message_says_what_is_shared_and_what_to_do(string members, string message)
    {
        var finding = Assert.Single(await AllRules.FindAsync(Class(members)));

        Assert.Equal(message, finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task Change_behind_a_question_a_cast_or_an_operator_is_found() => Verify.Finds(Class(Variables + """
        void M()
        {
            Numbers.Value?[|.Add(1)|];
            [|Numbers.Get()!.Add(1)|];
            [|((List<int>)Numbers.Get()).Add(1)|];
            [|Current.Value.Name ??= "a"|];
            [|++Array.Get()[0]|];
            Func<int> f = () => [|Current.Value.Total = 1|];
            f();
            Text.Value?[|.Clear()|]?.Append("a");
            [|(Text.Value as System.Text.StringBuilder).Append("a")|];
        }
        """));

    [Fact]
    public Task Change_in_a_tuple_that_is_assigned_to_is_found() => Verify.Finds(Class(Variables + """
        static (int, int) Load(int key) => (key, key);
        static Cart Find(int key) => new();

        void M(int n)
        {
            (_, [|Map.Value["a"]|]) = Load(1);
            ([|Array.Get()[0]|], [|Current.Value.Total|]) = Load(2);
            (n, (_, [|Array.Get()[n]|])) = (1, Load(3));
            ([|Current.Value.Total|], (n, _)) = (1, Load(4));
            ([|Current.Value.Total|], Find(5).Total) = Load(6);
        }
        """));

    [Fact]
    public Task Read_in_a_tuple_is_silent() => Verify.Silent(Class(Variables + """
        void M(int n)
        {
            var pair = (Map.Value["a"], Array.Get()[0]);
            (n, pair.Item1) = (Map.Value["a"], Current.Value.Total);
            (_, (n, _)) = (1, (Array.Get()[n], 2));
            Log((Current.Value.Name, n).ToString());
        }
        """));

    [Fact]
    public Task Change_of_what_is_read_is_found_however_it_is_laid_out() => Verify.Finds(Class(Variables + """
        void M()
        {
            [|Numbers.Get( ).Add(1)|];
            [|Numbers.Get(null).Add(1)|];
            [|Numbers.Get() // the numbers
                .Add(1)|];
            [|Numbers
                .Value
                .Add(1)|];
            [|Map.Value /* by name */ ["a"] = 1|];
        }
        """));

    [Fact]
    public Task Changes_of_what_others_call_a_value_are_silent() => Verify.Silent(Class(Variables + """
        sealed class Holder { public List<int> Value { get; } = []; public List<int> Get() => Value; }

        void M(Holder holder, Lazy<List<int>> lazy, KeyValuePair<int, List<int>> pair)
        {
            holder.Value.Add(1);
            holder.Get().Add(1);
            lazy.Value.Add(1);
            pair.Value[0] = 1;
            pair.Value.Clear();
            var copy = Numbers.Get().ToArray();
            copy[0] = 1;
        }
        """));

    [Fact]
    public Task Change_under_a_lock_is_silent_and_one_beside_it_is_found() => Verify.Finds(Class(Variables + """
        void M()
        {
            lock (Numbers) { Numbers.Get().Add(1); }
            lock (Current) { if (Current.Value.Name is null) Current.Value.Name = "a"; }
            lock (Numbers) { Log("a"); }
            [|Numbers.Get().Add(1)|];
            lock (Numbers) { Action later = () => [|Numbers.Get().Add(1)|]; later(); }
        }
        """));
}
