namespace AutoDetectSim.Fuzzing;

/// <summary>Reads one input. What it throws is a fault: refusals that a parser documents are caught within.</summary>
/// <param name="input">Bytes of a stranger.</param>
internal delegate void FuzzReader(ReadOnlySpan<byte> input);

/// <summary>A parser, and where samples of its input are.</summary>
internal sealed record FuzzTarget
{
    /// <summary>The name in commands, and the folder in Corpus.</summary>
    public required string Name { get; init; }

    /// <summary>What is read, as a noun phrase.</summary>
    public required string Reads { get; init; }

    public required FuzzReader Read { get; init; }

    /// <summary>Folders and files of the repository, besides the corpus, that hold samples.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>The end of a sample's file name.</summary>
    public string SampleExtension { get; init; } = "";

    /// <summary>Words of the format that are put into inputs.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Inputs of a usual test run.</summary>
    public int Usual { get; init; } = 500;

    public override string ToString() => Name;
}
