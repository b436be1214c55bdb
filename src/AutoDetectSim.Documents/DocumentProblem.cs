using System.Globalization;

namespace AutoDetectSim.Documents;

/// <summary>One problem of a scenario.</summary>
public sealed record DocumentProblem
{
    /// <summary>The file name as passed to the loader.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1; 0 when the problem has no position (a scenario built in code, or an unreadable file).</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1; 0 when the problem has no position.</summary>
    public int Column { get; init; }

    /// <summary>What is wrong, in one sentence without a full stop.</summary>
    public required string Message { get; init; }

    /// <summary>The offending value, where that adds something.</summary>
    public string? Value { get; init; }

    /// <summary>What was expected instead: the nearest known name, or the expected form.</summary>
    public string? Expected { get; init; }

    /// <summary><c>file:line:col: message</c>, as compilers print it; the position is omitted when there is none.</summary>
    public override string ToString() => Line == 0
        ? $"{File}: {Message}"
        : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}");
}
