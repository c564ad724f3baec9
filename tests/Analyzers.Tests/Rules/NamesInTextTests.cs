using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>Most files are only asked whether they have some names: what is not found here no rule looks at.</summary>
public class NamesInTextTests
{
    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken);

    private static SyntaxNode Root(SyntaxTree tree) => tree.GetRoot(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void Every_word_of_a_file_is_found_where_it_stands(int count)
    {
        var words = Enumerable.Range(0, count).Select(static number => $"word{number}x").ToArray();
        var text = string.Join(" + ", words);
        var tree = Parse(text);

        // Some of them: a mutant that counts what it is asked needs a minute for them all.
        foreach (var word in words.Where((_, number) => number % (count / 8 + 1) == 0))
            Assert.Equal([text.IndexOf(word, StringComparison.Ordinal)], new NamesInText([word]).PlacesIn(tree));
    }

    [Fact]
    public void What_a_file_does_not_have_is_not_found()
    {
        var tree = Parse("class Tokens { int _token; int token1; /* Reset */ string S => \"Set\"; }");

        Assert.All(["Token", "token", "class1", "T", "Get"], name => Assert.False(new NamesInText([name]).AreIn(Root(tree))));
        Assert.All(["Tokens", "_token", "token1", "class", "Reset", "Set"], name => Assert.True(new NamesInText([name]).AreIn(Root(tree))));
    }

    [Theory]
    [InlineData("Größe")]
    [InlineData("名前")]
    [InlineData("_1")]
    [InlineData("AZaz09_")]
    [InlineData("Ελλάδα")]
    public void A_name_ends_where_its_letters_do(string name)
    {
        var names = new NamesInText([name]);

        Assert.Equal([1, name.Length + 2], names.PlacesIn(Parse($"({name}.{name}[")));
        Assert.Empty(names.PlacesIn(Parse($"({name}x, x{name}, {name}0, _{name}, é{name}")));
    }

    /// <summary>The neighbours of the letters and digits in ASCII, and what is written in texts without being a letter.</summary>
    [Theory]
    [InlineData("@[`{/:")]
    [InlineData("«»…\u00a0\u2028×÷“")]
    public void Other_characters_end_a_name(string characters) =>
        Assert.All(characters, character => Assert.Equal([1, 5], new NamesInText(["Set"]).PlacesIn(Parse($"{character}Set{character}Set{character}"))));

    [Fact]
    public void Identifiers_are_told_from_comments_and_strings()
    {
        var tree = Parse("class C { /* Set */ void M(int Set) => N(\"Set\", @Set, /* Set */ other /* Set */); }");

        Assert.Equal(2, new NamesInText(["Set"]).In(tree, TestContext.Current.CancellationToken).Count());
    }

    [Fact]
    public void Places_of_several_names_are_in_the_order_they_stand_in() =>
        Assert.Equal([0, 2, 4, 6], new NamesInText(["b", "a", "a"]).PlacesIn(Parse("a b a b c")));

    /// <summary>Unfinished code declares members without a name.</summary>
    [Fact]
    public void No_name_is_nowhere()
    {
        var tree = Parse(string.Join(" ", Enumerable.Range(0, 300)));

        Assert.Empty(new NamesInText([""]).PlacesIn(tree));
        Assert.False(new NamesInText([""]).AreIn(tree));
    }

    /// <summary>The two words have the same FNV-1a hash of 32 bits.</summary>
    [Theory]
    [InlineData("costarring", "liquid")]
    [InlineData("liquid", "costarring")]
    [InlineData("raxhdwxp", "tcfsadaz")] // and the same length
    public void Words_of_the_same_hash_are_told_apart(string one, string other)
    {
        var tree = Parse($"int {one};");

        Assert.True(new NamesInText([one]).AreIn(tree));
        Assert.False(new NamesInText([other]).AreIn(tree));
        Assert.True(new NamesInText([other, one]).AreIn(tree));
    }

    [Fact]
    public void Only_the_part_asked_for_counts()
    {
        var statements = Root(Parse("int first; int second;")).ChildNodes().ToArray();
        var names = new NamesInText(["first", "third"]);

        Assert.True(names.AreIn(statements[0]));
        Assert.False(names.AreIn(statements[1]));
    }

    [Fact]
    public void A_text_that_was_edited_is_read_as_it_is_now()
    {
        var tree = Parse("class C { int Old; }");
        var text = tree.GetText(TestContext.Current.CancellationToken);
        var edited = tree.WithChangedText(text.Replace(text.ToString().IndexOf("Old", StringComparison.Ordinal), 3, "New"));

        Assert.True(new NamesInText(["Old"]).AreIn(Root(tree)));
        Assert.False(new NamesInText(["Old"]).AreIn(Root(edited)));
        Assert.True(new NamesInText(["New"]).AreIn(Root(edited)));
    }
}
