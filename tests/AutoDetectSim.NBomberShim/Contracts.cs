namespace NBomber.Contracts;

/// <summary>What a step or an iteration of a scenario answers.</summary>
public interface IResponse
{
    /// <summary>The code under which it is counted.</summary>
    string StatusCode { get; }

    /// <summary>Whether it counts as a failure.</summary>
    bool IsError { get; }
}

/// <summary>An answer with a payload.</summary>
public sealed record Response<T>(string StatusCode, bool IsError) : IResponse;

/// <summary>One running copy of a scenario.</summary>
public interface IScenarioContext;

/// <summary>A scenario with its load.</summary>
public sealed record ScenarioProps(string Name, Func<IScenarioContext, Task<IResponse>> Run, IReadOnlyList<LoadSimulation> Load);

/// <summary>One part of a load: so many copies at the same time, or so many new ones per interval.</summary>
public sealed record LoadSimulation(bool IsConstant, bool IsRamp, int Count, TimeSpan Interval, TimeSpan During);

/// <summary>A run of scenarios.</summary>
public sealed record NBomberContext(ScenarioProps Scenario)
{
    /// <summary>The folder of the reports.</summary>
    public string ReportFolder { get; init; } = "reports";

    /// <summary>Their name without its ending.</summary>
    public string ReportFileName { get; init; } = "report";

    /// <summary>Which reports are written.</summary>
    public IReadOnlyList<Stats.ReportFormat> ReportFormats { get; init; } = [];
}
