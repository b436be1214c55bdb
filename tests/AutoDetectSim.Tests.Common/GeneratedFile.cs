namespace AutoDetectSim.Tests.Common;

/// <summary>Holds files of the repository against what is made from the code; with AUTODETECTSIM_UPDATE=1 they are written anew.</summary>
public static class GeneratedFile
{
    private const string End = "<!-- end -->";

    /// <summary>Whether files are to be written anew.</summary>
    public static bool IsUpdate => Environment.GetEnvironmentVariable("AUTODETECTSIM_UPDATE") == "1";

    /// <summary>A file is what the code gives.</summary>
    public static void AssertIs(string file, string generated)
    {
        var shipped = File.Exists(file) ? File.ReadAllText(file) : string.Empty;
        if (IsUpdate)
        {
            File.WriteAllText(file, generated);
        }

        Assert.True(generated == shipped, $"{file}: what it is made from has changed; run this test once with AUTODETECTSIM_UPDATE=1, which writes the file anew.");
    }

    /// <summary>A part of a file between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c> is what the code gives.</summary>
    public static void AssertPart(string file, string name, string generated)
    {
        var (before, _, after) = Split(file, name);
        AssertIs(file, before + generated + after);
    }

    /// <summary>What a part of a file says now.</summary>
    public static string Part(string file, string name) => Split(file, name).Part;

    private static (string Before, string Part, string After) Split(string file, string name)
    {
        var text = File.ReadAllText(file);
        var begin = $"<!-- generated: {name} -->\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(start >= begin.Length, $"{file} has no part '{name}'.");
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        return (text[..start], text[start..end], text[end..]);
    }
}
