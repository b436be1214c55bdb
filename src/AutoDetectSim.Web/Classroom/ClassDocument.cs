using System.Text.Json.Serialization;
using AutoDetectSim.Training.Reporting;

namespace AutoDetectSim.Web.Classroom;

/// <summary>A class as its trainer sees it.</summary>
internal sealed record ClassDocument
{
    /// <summary>The shared folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The seats that this console hosts.</summary>
    public required IReadOnlyList<SeatDocument> Seats { get; init; }

    /// <summary>What <c>learn report</c> says of the folder.</summary>
    public required ClassReport Report { get; init; }
}

/// <summary>One seat as its trainer sees it.</summary>
internal sealed record SeatDocument
{
    public required string Name { get; init; }

    /// <summary>The trainee's name; that of the seat until another is given.</summary>
    public required string Trainee { get; init; }

    /// <summary>The link that opens this seat and nothing else.</summary>
    public required string Link { get; init; }

    /// <summary>Whether its lab runs.</summary>
    public required bool IsReady { get; init; }

    /// <summary>How many windows show it now.</summary>
    public required int Windows { get; init; }

    /// <summary>When the trainee last did or opened anything; null for never.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The lesson that runs; null for none.</summary>
    public string? Lesson { get; init; }

    /// <summary>The scenario of its lab; null until it runs.</summary>
    public string? Scenario { get; init; }

    public required long Connections { get; init; }

    /// <summary>How often its lab was changed.</summary>
    public required int Changes { get; init; }
}

/// <summary>The name of the trainee at a seat.</summary>
internal sealed record SeatName([property: JsonRequired] string Trainee);
