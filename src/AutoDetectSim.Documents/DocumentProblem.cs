using System.Globalization;

namespace AutoDetectSim.Documents;

/// <summary>One thing that is wrong with a scenario.</summary>
public sealed record DocumentProblem
{
    /// <summary>The file's name as it was given to the loader.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1; 0 when the problem has no place in a file (a scenario that was built in code, or a file that cannot be read).</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1; 0 when the problem has no place in a file.</summary>
    public int Column { get; init; }

    /// <summary>What is wrong, in one sentence without a full stop.</summary>
    public required string Message { get; init; }

    /// <summary>What stands there, when that says more.</summary>
    public string? Value { get; init; }

    /// <summary>What should stand there instead: the nearest known name, or the form that is expected.</summary>
    public string? Expected { get; init; }

    /// <summary><c>file:line:col: message</c>, as compilers print it; the place is left out when there is none.</summary>
    public override string ToString() => Line == 0
        ? $"{File}: {Message}"
        : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}");
}
