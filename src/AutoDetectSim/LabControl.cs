using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Clients;
using AutoDetectSim.Documents;
using AutoDetectSim.Exchange;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Hosting;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Scenarios.Validation;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim;

/// <summary>
/// Changes a running lab, which continues with another scenario. Open connections are not affected, new ones
/// see the change; ports, keys, unchanged certificates, the round-robin positions of load balancers and what AutoDetect
/// has learned remain. After each change the health probes run again. Every change is logged and remembered. Safe for
/// use by several threads.
/// </summary>
internal sealed class LabControl : IDisposable
{
    private readonly LabGenerationBuilder _builder;
    private readonly LabNetwork _network;
    private readonly LabTrust _trust;
    private readonly LabServer _server;
    private readonly ExchangeServers _exchange;
    private readonly AutoDetectService _autoDetect;
    private readonly DetectionJournal _detections;
    private readonly StaleDevices _staleDevices;
    private readonly HealthProbes _probes;
    private readonly PresentedChainCheck _check;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LabGeneration _first;
    private volatile LabGeneration _world;

    /// <summary>Prepares the first world of a lab.</summary>
    /// <exception cref="LabPkiException">The scenario's PKI cannot be made.</exception>
    /// <exception cref="LabStartException">There is no address for the lab's own services.</exception>
    public LabControl(
        Scenario scenario, LabGenerationBuilder builder, LabNetwork network, LabTrust trust, LabServer server, ExchangeServers exchange, AutoDetectService autoDetect, DetectionJournal detections, StaleDevices staleDevices, TimeProvider time, ILoggerFactory loggers)
    {
        _builder = builder;
        _network = network;
        _trust = trust;
        _server = server;
        _exchange = exchange;
        _autoDetect = autoDetect;
        _detections = detections;
        _staleDevices = staleDevices;
        _time = time;
        _logger = loggers.CreateLogger<LabControl>();
        _probes = new HealthProbes(network, time, loggers.CreateLogger<HealthProbes>());
        _check = new PresentedChainCheck(network, time);
        Original = scenario;
        _first = builder.Build(scenario, before: null, takeTurnsOver: false);
        _world = _first;
    }

    /// <summary>The scenario that the lab was started with.</summary>
    public Scenario Original { get; }

    /// <summary>The world as it is now.</summary>
    public LabGeneration World => _world;

    /// <summary>What has been changed since the lab started.</summary>
    public LabChangeLog Log { get; } = new();

    /// <summary>The changes since the lab started, the oldest first.</summary>
    public IReadOnlyList<LabChange> Changes => Log.All;

    /// <summary>Opens the first world; the server listens already.</summary>
    /// <exception cref="LabStartException">A node does not present what the scenario says.</exception>
    /// <exception cref="IOException">A port cannot be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await SwitchAsync(_world, cancellationToken);
        if (_network.Elsewhere is null)
        {
            await _staleDevices.TryBeforeAsync(cancellationToken);
        }
    }

    /// <summary>Makes a change that is written as <see cref="ScenarioChange"/> reads it.</summary>
    /// <exception cref="ScenarioChangeException">The change cannot be read, or leads to no sound scenario; the lab stays as it is.</exception>
    public async Task<LabChange> ChangeAsync(string text, CancellationToken cancellationToken)
    {
        var change = ScenarioChange.Parse(text);
        var made = await ChangeAsync(change.ApplyTo, text.Trim(), change.Renews, cancellationToken);
        if (change.ClearsCache)
        {
            _autoDetect.Cache.Clear();
        }

        if (change.ClearsSessionsOf is { } balancer)
        {
            Balancers().First(one => string.Equals(one.Name, balancer, StringComparison.OrdinalIgnoreCase)).Selector.Clear();
        }

        return made;
    }

    /// <summary>Makes a change.</summary>
    /// <param name="change">Makes the new scenario from the present one.</param>
    /// <param name="sentence">What the change is, for the log.</param>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    /// <exception cref="ScenarioChangeException">The new scenario is not sound, or a running lab cannot become it; the lab stays as it is.</exception>
    public Task<LabChange> ChangeAsync(Func<Scenario, Scenario> change, string sentence, CancellationToken cancellationToken) =>
        ChangeAsync(change, sentence, renewed: null, cancellationToken);

    /// <summary>
    /// Takes back the last change: the lab continues with the scenario before it. A renewed certificate stays renewed, and what AutoDetect
    /// has forgotten stays forgotten.
    /// </summary>
    /// <exception cref="ScenarioChangeException">There is nothing to take back.</exception>
    public async Task<LabChange> UndoAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var last = Log.Last ?? throw new ScenarioChangeException("undo", "There is nothing to undo");
            await BecomeAsync(last.Before, last.Sentence, _world, takeTurnsOver: true, renewed: null, cancellationToken);
            Log.DropLast();
            return Remember("Undone: " + last.Sentence);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Goes back to the scenario that the lab was started with, as <see cref="RestartAsync"/> does; its certificates are those of the start.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => RestartAsync(Original, "The lab was reset to its start.", cancellationToken);

    /// <summary>
    /// Goes on with a scenario as if the lab had been started with it now: balancers begin their turns anew, AutoDetect knows
    /// nothing that it has learned, and the journals are empty.
    /// </summary>
    /// <exception cref="ScenarioChangeException">The scenario is not sound, or a running lab cannot become it; the lab stays as it is.</exception>
    public async Task RestartAsync(Scenario scenario, string sentence, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await BecomeAsync(scenario, sentence, _first, takeTurnsOver: false, renewed: null, cancellationToken);
            _autoDetect.Reset();
            _exchange.Forget();
            _detections.Clear();
            _network.Journal.Clear();
            await _staleDevices.TryBeforeAsync(CancellationToken.None);
            Log.DropAll();
            Remember(sentence);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _world.Pki.Dispose();
    }

    private async Task<LabChange> ChangeAsync(Func<Scenario, Scenario> change, string sentence, string? renewed, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var before = _world.Scenario;
            await BecomeAsync(change(before), sentence, _world, takeTurnsOver: true, renewed, cancellationToken);
            Log.Keep(before, sentence);
            return Remember(sentence);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task BecomeAsync(Scenario scenario, string sentence, LabGeneration before, bool takeTurnsOver, string? renewed, CancellationToken cancellationToken)
    {
        var isSound = SoundScenarios.Contains(scenario);
        scenario = isSound ? scenario : ScenarioDefaults.Complete(scenario);
        Check(scenario, sentence, isSound);
        try
        {
            await SwitchAsync(_builder.Build(scenario, before, takeTurnsOver, renewed), cancellationToken);
        }
        catch (MappingFileException exception)
        {
            throw new ScenarioChangeException(sentence, exception.Problems);
        }
        catch (Exception exception) when (exception is LabStartException or LabPkiException or FormatException)
        {
            throw new ScenarioChangeException(sentence, exception.Message, exception);
        }
    }

    private LabChange Remember(string sentence)
    {
        var made = new LabChange(_time.GetUtcNow(), sentence);
        _logger.LabChanged(sentence);
        Log.Add(made);
        return made;
    }

    private async Task SwitchAsync(LabGeneration world, CancellationToken cancellationToken)
    {
        await _server.OpenPortsAsync(world.VirtualIps, cancellationToken);
        try
        {
            await _check.RunAsync(world.VirtualIps, cancellationToken);
        }
        catch (PresentedChainException exception)
        {
            throw new LabStartException(exception.Message, exception.InnerException ?? exception);
        }

        // From here on nothing fails and nothing is given up: the lab is one world or the other.
        if (_time is LabClock clock)
        {
            clock.Ahead = world.Scenario.Clock;
        }

        _trust.Switch(world.TrustAnchors);
        _exchange.Apply(world.Exchange);
        _network.Switch(world.VirtualIps, world.Zone);
        _autoDetect.Apply(world.Scenario);
        _server.Serve(world.VirtualIps);
        _world = world;
        await _probes.RunAsync(CancellationToken.None);
        await _server.UpdatePortsAsync();
        if (_network.Elsewhere is null)
        {
            _staleDevices.StartIfAny();
        }
    }

    private IEnumerable<LoadBalancer> Balancers() => _world.VirtualIps.Select(virtualIp => virtualIp.Balancer).Distinct();

    private void Check(Scenario scenario, string sentence, bool isSound)
    {
        var problems = new ProblemSink(sentence);
        if (!isSound)
        {
            ScenarioValidator.Validate(scenario with { Expect = [], Fault = null }, problems);
        }

        foreach (var key in FixedKeys(scenario))
        {
            problems.Add(default, $"`{key}` cannot be changed while the lab runs");
        }

        List<DocumentProblem> all = [.. problems.Problems];
        // Mapping files that replace others are tried first: a lab changes as a whole or not at all.
        if (all.Count == 0 && _exchange.State.Answers is MappedAnswers && !MappingFiles.FoldersOf(scenario).SequenceEqual(MappingFiles.FoldersOf(_world.Scenario)))
        {
            all.AddRange(MappingFiles.Check(scenario));
        }

        if (all.Count > 0)
        {
            throw new ScenarioChangeException(sentence, all);
        }
    }

    private IEnumerable<string> FixedKeys(Scenario scenario)
    {
        if (scenario.Seed != Original.Seed)
        {
            yield return "seed";
        }

        if (scenario.DnsServer != Original.DnsServer)
        {
            yield return "dnsServer";
        }

        if (scenario.AutoDetect.Node != Original.AutoDetect.Node)
        {
            yield return "autoDetect/node";
        }

        if (scenario.WireMockAdmin != Original.WireMockAdmin)
        {
            yield return "wireMockAdmin";
        }
    }
}
