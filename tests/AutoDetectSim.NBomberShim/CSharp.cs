using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.CSharp;

/// <summary>Answers of a step.</summary>
public static class Response
{
    /// <summary>A success.</summary>
    public static Response<object> Ok(string statusCode = "") => new(statusCode, IsError: false);

    /// <summary>A failure.</summary>
    public static Response<object> Fail(string statusCode = "") => new(statusCode, IsError: true);
}

/// <summary>A part of a scenario.</summary>
public static class Step
{
    /// <summary>Runs it.</summary>
    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run) => run();
}

/// <summary>Loads.</summary>
public static class Simulation
{
    /// <summary>So many copies at the same time.</summary>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) => new(IsConstant: true, IsRamp: false, copies, TimeSpan.Zero, during);

    /// <summary>So many new ones per interval.</summary>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) => new(IsConstant: false, IsRamp: false, rate, interval, during);

    /// <summary>From none to so many new ones per interval.</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) => new(IsConstant: false, IsRamp: true, rate, interval, during);
}

/// <summary>Scenarios.</summary>
public static class Scenario
{
    /// <summary>A scenario without load.</summary>
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) => new(name, run, []);

    /// <summary>The shim has no warm-up.</summary>
    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => scenario;

    /// <summary>The shim never starts an iteration again.</summary>
    public static ScenarioProps WithRestartIterationOnFail(this ScenarioProps scenario, bool shouldRestart) =>
        shouldRestart ? throw new NotSupportedException("The shim never starts an iteration again.") : scenario;

    /// <summary>The shim does not stop because of failures.</summary>
    public static ScenarioProps WithMaxFailCount(this ScenarioProps scenario, int maxFailCount) =>
        maxFailCount < int.MaxValue ? throw new NotSupportedException("The shim does not stop because of failures.") : scenario;

    /// <summary>The scenario with its load, part after part.</summary>
    public static ScenarioProps WithLoadSimulations(this ScenarioProps scenario, params LoadSimulation[] loadSimulations) => scenario with { Load = loadSimulations };
}

/// <summary>Runs scenarios.</summary>
public static class NBomberRunner
{
    /// <summary>A run of one scenario.</summary>
    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios) => new(scenarios.Single());

    /// <summary>The shim's reports name no suite.</summary>
    public static NBomberContext WithTestSuite(this NBomberContext context, string testSuite) => context;

    /// <summary>The shim's reports name the scenario alone.</summary>
    public static NBomberContext WithTestName(this NBomberContext context, string testName) => context;

    /// <summary>The folder of the reports.</summary>
    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolderPath) => context with { ReportFolder = reportFolderPath };

    /// <summary>The name of the reports.</summary>
    public static NBomberContext WithReportFileName(this NBomberContext context, string reportFileName) => context with { ReportFileName = reportFileName };

    /// <summary>Which reports are written.</summary>
    public static NBomberContext WithReportFormats(this NBomberContext context, params ReportFormat[] reportFormats) => context with { ReportFormats = reportFormats };

    /// <summary>Runs to the end.</summary>
    public static NodeStats Run(this NBomberContext context)
    {
        var stats = new NodeStats([ShimRun.RunAsync(context.Scenario).GetAwaiter().GetResult()]);
        ShimReport.Write(context, stats.ScenarioStats[0]);
        return stats;
    }
}
