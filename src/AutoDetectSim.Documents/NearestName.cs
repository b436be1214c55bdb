namespace AutoDetectSim.Documents;

/// <summary>Finds the known name that a misspelled one probably means.</summary>
internal static class NearestName
{
    // An edit distance is quadratic, and no name is longer than this.
    private const int Longest = 80;

    /// <summary>The nearest of <paramref name="known"/> for one word of a command line, or null.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        var unlimited = long.MaxValue;
        return Find(word, known, ref unlimited);
    }

    /// <summary>The nearest of <paramref name="known"/> within a third of the word's length in edits, or null.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="budget">Steps that may still be spent; what a search costs is taken off, and nothing is found once they are used up.</param>
    public static string? Find(string word, IEnumerable<string> known, ref long budget)
    {
        if (word.Length is 0 or > Longest)
        {
            return null;
        }

        var best = (Name: (string?)null, Distance: Math.Max(2, word.Length / 3) + 1);
        foreach (var name in known)
        {
            if (name.Length > Longest || Math.Abs(name.Length - word.Length) >= best.Distance)
            {
                continue;
            }

            budget -= (long)word.Length * name.Length;
            if (budget < 0)
            {
                return null;
            }

            var distance = Distance(word.ToUpperInvariant(), name.ToUpperInvariant());
            // A word of two letters is two edits away from everything.
            if (distance < best.Distance && distance < Math.Max(word.Length, name.Length))
            {
                best = (name, distance);
            }
        }

        return best.Name;
    }

    /// <summary>Edit distance in which a swap of neighbours is one edit (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var change = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
