namespace ContextAnalyzers.Tests;

/// <summary>The lines by which two texts differ, indentation aside: a scope indents what it holds.</summary>
internal static class LineDifference
{
    /// <summary>The runs of lines that are gone, and the lines that are new.</summary>
    public static (List<List<string>> Removed, List<string> Added) Between(string before, string after)
    {
        var (old, changed) = (Lines(before), Lines(after));

        // The length of the longest common part of what begins at both indexes.
        var common = new int[old.Length + 1, changed.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = changed.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == changed[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var (removed, added) = (new List<List<string>>(), new List<string>());
        var isInRun = false;
        for (var (i, j) = (0, 0); i < old.Length || j < changed.Length;)
        {
            if (i < old.Length && j < changed.Length && old[i] == changed[j])
                (i, j, isInRun) = (i + 1, j + 1, false);
            else if (j == changed.Length || i < old.Length && common[i + 1, j] >= common[i, j + 1])
                Remove(old[i++]);
            else
                added.Add(changed[j++]);
        }

        return (removed, added);

        void Remove(string line)
        {
            if (!isInRun)
                removed.Add([]);

            removed[^1].Add(line);
            isInRun = true;
        }
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim())];
}
