namespace NBomber.Contracts.Stats;

/// <summary>The formats of a report.</summary>
public enum ReportFormat
{
    /// <summary>A page for browsers.</summary>
    Html,

    /// <summary>Markdown.</summary>
    Md,
}

/// <summary>How many requests.</summary>
public sealed record RequestStats(int Count);

/// <summary>How long they took, in milliseconds.</summary>
public sealed record LatencyStats(double Percent50, double Percent99);

/// <summary>How often a code came.</summary>
public sealed record StatusCodeStats(string StatusCode, int Count);

/// <summary>Requests of one kind.</summary>
public sealed record MeasurementStats(RequestStats Request, LatencyStats Latency, StatusCodeStats[] StatusCodes);

/// <summary>One scenario's results.</summary>
public sealed record ScenarioStats(string ScenarioName, MeasurementStats Ok, MeasurementStats Fail);

/// <summary>A run's results.</summary>
public sealed record NodeStats(ScenarioStats[] ScenarioStats);
