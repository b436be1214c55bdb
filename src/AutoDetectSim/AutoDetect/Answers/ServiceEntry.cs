namespace AutoDetectSim.AutoDetect.Answers;

/// <summary>An entry of the body's <c>services</c>: who signs the user in ([S-PROBE], [HMAEAS], [OMEP]).</summary>
internal sealed record ServiceEntry
{
    public required string Service { get; init; }

    public string? Protocol { get; init; }

    public string? Hostname { get; init; }

    /// <summary>The authorization endpoint that ActiveSync named, at its present host.</summary>
    public string? Aad { get; init; }

    /// <summary>The ActiveSync address of a mailbox on an Exchange server of the organization's own.</summary>
    public string? OnPrem { get; init; }
}
