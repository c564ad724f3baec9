using System.Runtime.CompilerServices;

namespace ContextAnalyzers;

/// <summary>The text of a file, read once: most that is asked of most files is whether they have some words, and they have none of them.</summary>
internal sealed class FileText
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileText> Cache = new();

    private readonly HashFilter _words;

    private FileText(SyntaxTree tree)
    {
        Characters = tree.GetText().ToString();
        _words = WordsOf(Characters);
    }

    /// <summary>In one piece: a text that was edited has to look for each in its pieces.</summary>
    public string Characters { get; }

    public static FileText Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new FileText(t));

    /// <summary>Whether the file may have a word of this hash; false if it has not.</summary>
    public bool MayHave(int wordHash) => _words.MayContain(wordHash);

    [MethodImpl(WordReader.Optimized)]
    private static HashFilter WordsOf(string text)
    {
        // A word and what stands behind it take eight characters or so, and half of the words were there before.
        var words = new HashFilter(text.Length / 16);

        for (var position = 0; position < text.Length; position++)
        {
            if (!WordReader.IsPartOfName(text[position]))
                continue;

            var hash = WordReader.NoHash;

            for (; position < text.Length && WordReader.IsPartOfName(text[position]); position++)
                hash = WordReader.Add(hash, text[position]);

            words.Add(hash);
        }

        return words;
    }
}
