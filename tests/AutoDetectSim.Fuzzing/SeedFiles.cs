namespace AutoDetectSim.Fuzzing;

/// <summary>The inputs that mutation starts from.</summary>
internal static class SeedFiles
{
    /// <summary>Larger samples make runs slow and find nothing that smaller ones do not.</summary>
    private const int LargestSample = 40_000;

    private static readonly Lazy<string> Root = new(FindRoot);

    /// <summary>The folder with the corpus of a target, which keeps every input that once was a fault.</summary>
    public static string CorpusOf(FuzzTarget target) => Path.Combine(Root.Value, "tests", "AutoDetectSim.Fuzzing", "Corpus", target.Name);

    /// <summary>The files of a corpus.</summary>
    public static IEnumerable<string> Kept(FuzzTarget target) => In(CorpusOf(target), "");

    /// <summary>The corpus and the samples of a target, in an order that is the same everywhere.</summary>
    public static IReadOnlyList<string> Of(FuzzTarget target) =>
    [
        .. Kept(target),
        .. target.Samples.SelectMany(sample => In(Path.Combine(Root.Value, sample), target.SampleExtension)).Where(file => new FileInfo(file).Length < LargestSample),
    ];

    private static IEnumerable<string> In(string path, string extension) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*" + extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AutoDetectSim.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("Targets run from a checkout: AutoDetectSim.sln was not found above them.");
    }
}
