using AutoDetectSim.Scenarios;
using Xunit;
#if XUNIT_V2
using Xunit.Abstractions;
#endif

namespace AutoDetectSim.Testing;

/// <summary>
/// The base of a test class in which every test has its own lab, which logs to the test's output. A lab that cannot start fails
/// the test where it touches <see cref="Lab"/>.
/// </summary>
/// <example>
/// <code>
/// public sealed class MyProbeTests() : LabTest("one-in-twenty")
/// {
///     [Fact]
///     public async Task A_broken_node_is_named()
///     {
///         using var http = Lab.CreateClient();
///         ...
///     }
/// }
/// </code>
/// </example>
public abstract class LabTest : IAsyncLifetime
{
    private readonly LabStart _start;
    private readonly ITestOutputHelper? _output;

#if XUNIT_V2
    /// <summary>Tests with a scenario of the library, or a scenario file.</summary>
    /// <param name="scenario">The name, or the path.</param>
    /// <param name="output">The test's output, to which the lab logs; null: it does not.</param>
#else
    /// <summary>Tests with a scenario of the library, or a scenario file.</summary>
    /// <param name="scenario">The name, or the path.</param>
    /// <param name="output">Where the lab logs to; null: the output of the test that runs.</param>
#endif
    protected LabTest(string scenario, ITestOutputHelper? output = null)
    {
        _output = output;
        _start = new LabStart(options => AutoDetectLab.StartAsync(scenario, options));
    }

#if XUNIT_V2
    /// <summary>Tests with a scenario built in code.</summary>
    /// <param name="scenario">Builds the scenario.</param>
    /// <param name="output">The test's output, to which the lab logs; null: it does not.</param>
#else
    /// <summary>Tests with a scenario built in code.</summary>
    /// <param name="scenario">Builds the scenario.</param>
    /// <param name="output">Where the lab logs to; null: the output of the test that runs.</param>
#endif
    protected LabTest(Func<Scenario> scenario, ITestOutputHelper? output = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _output = output;
        _start = new LabStart(options => AutoDetectLab.StartAsync(scenario(), options));
    }

    /// <summary>The lab of the test that runs.</summary>
    /// <exception cref="ScenarioException">The lab could not start: the scenario does not exist or is not valid.</exception>
    /// <exception cref="LabStartException">The lab could not start: it cannot listen, or a node does not present the chain of the scenario.</exception>
    protected AutoDetectLab Lab => _start.Lab;

#if XUNIT_V2
    /// <summary>Starts the lab; xunit calls it.</summary>
    public Task InitializeAsync() => StartAsync();

    /// <summary>Stops the lab; xunit calls it.</summary>
    public Task DisposeAsync() => _start.StopAsync();
#else
    /// <summary>Starts the lab; xunit calls it.</summary>
    public ValueTask InitializeAsync() => new(StartAsync());

    /// <summary>Stops the lab, and writes the timeline to the output of a test that has failed; xunit calls it.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var context = TestContext.Current;
        if (_start.HasStarted && context.TestState?.Result == TestResult.Failed && (_output ?? context.TestOutputHelper) is { } output)
        {
            output.WriteLine(Lab.Journal.ToString());
        }

        return new ValueTask(_start.StopAsync());
    }
#endif

    /// <summary>The options of the lab.</summary>
    /// <returns>The options.</returns>
    protected virtual AutoDetectLabOptions CreateOptions() => new();

    private Task StartAsync()
    {
        var options = CreateOptions();
        return _start.RunAsync(options with { Output = options.Output ?? _output });
    }
}
