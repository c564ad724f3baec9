using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>A body is bound if a word in it is one of the names that lead to state: a word that is taken for none is not looked at.</summary>
public class KnownWordsTests
{
    private static string?[] NamesIn(string text, params string[] names)
    {
        var known = new KnownWords(names);
        var found = new List<string?>();

        for (var words = new WordReader(text, new TextSpan(0, text.Length)); words.Read();)
            found.Add(known.NameOf(words));

        return [.. found];
    }

    [Fact]
    public void Names_are_told_from_other_words() => Assert.Equal(["user", null, null, "User", "user"], NamesIn("user users (_user) User.user", "user", "User"));

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void Every_name_is_known(int count)
    {
        var names = Enumerable.Range(0, count).Select(static number => $"word{number}x").ToArray();

        Assert.Equal(names, NamesIn(string.Join(" + ", names), names));
    }

    /// <summary>The words have the same FNV-1a hash of 32 bits; the last two, which share another, the same length too.</summary>
    [Theory]
    [InlineData("costarring", "liquid")]
    [InlineData("raxhdwxp", "tcfsadaz")]
    public void Names_of_the_same_hash_are_told_apart(string one, string other)
    {
        Assert.Equal([one, null], NamesIn($"{one} {other}", one));
        Assert.Equal([one, other], NamesIn($"{one} {other}", one, other));
        Assert.Equal([one, other], NamesIn($"{one} {other}", other, one));
    }

    [Fact]
    public void Word_of_the_same_hash_as_two_names_is_neither() => Assert.Equal([null], NamesIn("raxhdwxp", "costarring", "liquid"));

    [Fact]
    public void Without_names_nothing_is_known() => Assert.Equal([null, null], NamesIn("class C"));
}
