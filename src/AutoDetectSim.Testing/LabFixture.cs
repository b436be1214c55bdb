using AutoDetectSim.Scenarios;
using AutoDetectSim.Testing.Logging;
using Xunit;
#if XUNIT_V2
using Xunit.Abstractions;
#endif

namespace AutoDetectSim.Testing;

/// <summary>
/// A lab that tests share: derive a class that names the scenario, and use it as a class, collection or assembly fixture of xunit.
/// A lab that cannot start is remembered, and every test that touches <see cref="Lab"/> fails with the reason.
/// </summary>
/// <example>
/// <code>
/// public sealed class OneInTwenty() : LabFixture("one-in-twenty");
///
/// public sealed class MyProbeTests(OneInTwenty fixture) : IClassFixture&lt;OneInTwenty&gt;
/// {
///     [Fact]
///     public async Task Every_node_is_met()
///     {
///         await fixture.Lab.ResetAsync();
///         ...
///     }
/// }
/// </code>
/// </example>
public abstract class LabFixture : IAsyncLifetime
{
    private readonly LabStart _start;
    private readonly SharedOutput _output = new();

    /// <summary>A fixture with a scenario of the library, or a scenario file.</summary>
    /// <param name="scenario">The name, or the path.</param>
    protected LabFixture(string scenario) => _start = new LabStart(options => AutoDetectLab.StartAsync(scenario, options));

    /// <summary>A fixture with a scenario built in code.</summary>
    /// <param name="scenario">Builds the scenario; its exceptions are remembered as well.</param>
    protected LabFixture(Func<Scenario> scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _start = new LabStart(options => AutoDetectLab.StartAsync(scenario(), options));
    }

    /// <summary>The lab.</summary>
    /// <exception cref="ScenarioException">The lab could not start: the scenario does not exist or is not valid.</exception>
    /// <exception cref="LabStartException">The lab could not start: it cannot listen, or a node does not present the chain of the scenario.</exception>
    public AutoDetectLab Lab
    {
        get
        {
#if !XUNIT_V2
            _output.Follow(TestContext.Current);
#endif
            return _start.Lab;
        }
    }

#if XUNIT_V2
    /// <summary>Makes the lab log to a test from now on; call it in the constructor of the test class.</summary>
    /// <param name="output">The test's output.</param>
    public void LogTo(ITestOutputHelper output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output.Follow(output);
    }

    /// <summary>Starts the lab; xunit calls it.</summary>
    public Task InitializeAsync() => StartAsync();

    /// <summary>Stops the lab; xunit calls it.</summary>
    public Task DisposeAsync() => StopAsync();
#else
    /// <summary>Starts the lab; xunit calls it.</summary>
    public ValueTask InitializeAsync() => new(StartAsync());

    /// <summary>Stops the lab; xunit calls it.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return new ValueTask(StopAsync());
    }
#endif

    /// <summary>The options of the lab. Unless loggers are given, it logs to the test that used <see cref="Lab"/> last; shared by an assembly, to xunit's diagnostic messages.</summary>
    /// <returns>The options.</returns>
    protected virtual AutoDetectLabOptions CreateOptions() => new();

    private Task StartAsync()
    {
        var options = CreateOptions();
#if !XUNIT_V2
        _output.IsSharedByAssembly = TestContext.Current.PipelineStage == TestPipelineStage.TestAssemblyExecution;
#endif
        return _start.RunAsync(options with { Loggers = options.Loggers ?? new TestOutputLoggers(_output.WriteLine, TimeProvider.System, options.MinimumLogLevel) });
    }

    private Task StopAsync() => _start.StopAsync();
}
