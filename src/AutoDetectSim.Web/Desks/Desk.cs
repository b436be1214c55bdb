using AutoDetectSim.Control;

namespace AutoDetectSim.Web.Desks;

/// <summary>What one link opens: a lab, and the lessons of one person.</summary>
internal sealed record Desk
{
    /// <summary>The control server of the lab.</summary>
    public required ControlAccess Control { get; init; }

    /// <summary>What commands that do the same need to know.</summary>
    public required ConsoleInfo Info { get; init; }

    /// <summary>The lessons of the person; null for none.</summary>
    public ILessons? Lessons { get; init; }
}

/// <summary>What the pages need in order to name the commands that do the same.</summary>
internal sealed record ConsoleInfo
{
    /// <summary>The ready file of the lab, which <c>change --lab</c> takes.</summary>
    public required string ReadyFile { get; init; }

    /// <summary>The scenario as it was named on the command line; null for a lab in another process.</summary>
    public string? Scenario { get; init; }

    /// <summary>Whether no scenario was named on the command line: the console then begins with the page Start.</summary>
    public bool IsGuided { get; init; }

    /// <summary>The file with the roots that clients trust.</summary>
    public required string RootCertificate { get; init; }

    /// <summary>The folder of the trainee's progress, if it is not the usual one.</summary>
    public string? Data { get; init; }

    /// <summary>The folder of a class whose trainer this is; null for none.</summary>
    public string? ClassFolder { get; init; }

    /// <summary>The seat in a class; null for anyone else.</summary>
    public string? Seat { get; init; }

    /// <summary>The scenarios that were opened lately, the last one first.</summary>
    public IReadOnlyList<string> Recent { get; init; } = [];
}
