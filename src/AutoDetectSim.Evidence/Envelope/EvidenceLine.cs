namespace AutoDetectSim.Evidence.Envelope;

/// <summary>One line of a file.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Raw">The line with plain blanks and hyphens, and with whatever a mail program put in front.</param>
/// <param name="Text">The line without quotation marks of mail and without blanks at both ends.</param>
internal sealed record EvidenceLine(int Number, string Raw, string Text)
{
    /// <summary>The time that a log put before the line, as it was written there; null where there was none.</summary>
    public string? Stamp { get; init; }
}
