using System.Net;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Testing.Logging;
using AutoDetectSim.Testing.Transport;

namespace AutoDetectSim.Testing;

/// <summary>
/// A lab for tests of probe tools: a scenario that runs on loopback ports of the test process, with ways for the tool
/// under test to reach it, a journal of what the tool did, and methods to change the world meanwhile. Any number of labs can run
/// side by side; they share nothing, touch no certificate store and need no administrator rights.
/// </summary>
/// <example>
/// <code>
/// await using var lab = await AutoDetectLab.StartAsync("one-in-twenty");
/// using var http = lab.CreateClient();
/// var verdict = await new MyProbe(http).CheckAsync("your@contoso.com");
/// await lab.Journal.AssertMetEveryNodeAsync();
/// </code>
/// </example>
public sealed class AutoDetectLab : IAsyncDisposable
{
    private readonly Lab _lab;
    private readonly LabTransport _transport;
    private readonly FrontDoorServer _frontDoor;
    private readonly RootFile _rootFile;
    private int _isDisposed;

    private AutoDetectLab(Lab lab, LabClock clock, AutoDetectLabOptions options)
    {
        _lab = lab;
        _transport = new LabTransport(lab, options.Source);
        _frontDoor = new FrontDoorServer(lab);
        _rootFile = new RootFile(lab);
        Clock = clock;
        Journal = new LabJournal(lab);
    }

    /// <summary>The names of the included scenarios, for example <c>one-in-twenty</c> and <c>chains/self-signed</c>.</summary>
    public static IReadOnlyList<string> Library { get; } = [.. ScenarioLibrary.All.Select(scenario => scenario.Id)];

    /// <summary>The current scenario: the one that the lab was started with, including all changes since.</summary>
    public Scenario Scenario => _lab.Scenario;

    /// <summary>The lab's clock: it governs the lab's certificates, caches and tokens.</summary>
    public LabClock Clock { get; }

    /// <summary>What the tool under test did.</summary>
    public LabJournal Journal { get; }

    /// <summary>The customer's nodes, balancer after balancer, in the order of the scenario.</summary>
    public IReadOnlyList<LabNode> Nodes =>
        [.. Scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes.Select(node => new LabNode(_lab, balancer.Name, node.Name)))];

    /// <summary>The lab's HTTP proxy, for tools in other processes. It serves only the lab's hosts.</summary>
    public Uri Gateway => _lab.Gateway;

    /// <summary>AutoDetect's public URL, for example <c>https://prod-autodetect.outlookmobile.com/detect</c>.</summary>
    public Uri DetectUrl => _lab.DetectUrl;

    /// <summary>Every root that the lab's clients trust, as PEM.</summary>
    public string RootCertificatesPem => _lab.RootCertificatesPem;

    /// <summary>
    /// A file with <see cref="RootCertificatesPem"/>, for tools in other processes. It is written on first use
    /// and deleted with the lab.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public string RootCertificateFile => Running(_rootFile).Path;

    /// <summary>
    /// Environment variables by which programs of many languages find the lab and trust its roots: <c>HTTPS_PROXY</c> and its kin,
    /// <c>SSL_CERT_FILE</c>, <c>CURL_CA_BUNDLE</c>, <c>NODE_EXTRA_CA_CERTS</c>, <c>REQUESTS_CA_BUNDLE</c>, and
    /// <c>AUTODETECTSIM_GATEWAY</c>, <c>AUTODETECTSIM_ROOT</c>, <c>AUTODETECTSIM_DETECT_URL</c>, <c>AUTODETECTSIM_SCENARIO</c>.
    /// </summary>
    /// <exception cref="IOException">The root file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public IReadOnlyDictionary<string, string> ProcessEnvironment => ToolVariables.Of(_lab, RootCertificateFile);

    /// <summary>Starts a lab from the library or from a file.</summary>
    /// <param name="scenario">The name of a scenario of the library (<see cref="Library"/>), or the path of a scenario file.</param>
    /// <param name="options">Options of the lab; null: all defaults.</param>
    /// <param name="cancellationToken">Cancels the start; nothing is left behind.</param>
    /// <returns>The lab, once it is listening.</returns>
    /// <exception cref="ScenarioException">The scenario does not exist or is not valid.</exception>
    /// <exception cref="LabStartException">The lab cannot listen, or a node does not present the chain of the scenario.</exception>
    public static async Task<AutoDetectLab> StartAsync(string scenario, AutoDetectLabOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var loaded = ScenarioLibrary.Load(scenario);
        return await StartAsync(loaded.Scenario ?? throw new ScenarioException(loaded.Problems), options, cancellationToken);
    }

    /// <summary>Starts a lab from a scenario that was built in code, for example by <see cref="ScenarioBuilder"/>.</summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <param name="options">Options of the lab; null: all defaults.</param>
    /// <param name="cancellationToken">Cancels the start; nothing is left behind.</param>
    /// <returns>The lab, once it is listening.</returns>
    /// <exception cref="ScenarioException">The scenario is not valid.</exception>
    /// <exception cref="LabStartException">The lab cannot listen, or a node does not present the chain of the scenario.</exception>
    public static async Task<AutoDetectLab> StartAsync(Scenario scenario, AutoDetectLabOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new AutoDetectLabOptions();
        var clock = new LabClock(options.StartTime);
        var lab = await Lab.StartAsync(
            scenario,
            new LabOptions
            {
                TimeProvider = clock,
                Loggers = options.Loggers ?? TestOutputLoggers.For(options),
                Edition = options.Edition,
                KeyLogFile = options.KeyLogFile,
            },
            cancellationToken);
        return new AutoDetectLab(lab, clock, options);
    }

    /// <summary>
    /// A client that reaches the lab's hosts without DNS and without a proxy, and validates certificates like AutoDetect:
    /// it trusts the lab's roots at the lab's time, and neither caches nor downloads intermediates.
    /// </summary>
    /// <param name="source">The source address that firewalls and balancers see; null: that of <see cref="AutoDetectLabOptions.Source"/>.</param>
    /// <returns>A client. Like every <see cref="HttpClient"/> it keeps connections open, and so stays on the same nodes.</returns>
    public HttpClient CreateClient(IPAddress? source = null) => new(CreateHandler(source));

    /// <summary>The handler of <see cref="CreateClient"/>, for tools that accept one.</summary>
    /// <param name="source">The source address that firewalls and balancers see; null: that of <see cref="AutoDetectLabOptions.Source"/>.</param>
    /// <returns>
    /// A handler whose settings can be changed until its first request. A rejected chain throws
    /// <see cref="HttpRequestException"/> whose inner exception names the code, for example
    /// <c>UNABLE_TO_VERIFY_LEAF_SIGNATURE</c>, and how to fix it.
    /// </returns>
    public SocketsHttpHandler CreateHandler(IPAddress? source = null) => StrictHandler.Create(_lab, ConnectFrom(source));

    /// <summary>
    /// A client of AutoDetect's front door in memory (<c>Microsoft.AspNetCore.TestHost</c>), whose calls need neither sockets nor
    /// TLS. AutoDetect's own processing is real. Its base address is that of <see cref="DetectUrl"/>.
    /// </summary>
    /// <returns>A client.</returns>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public HttpClient CreateFrontDoorClient() => Running(_frontDoor).CreateClient();

    /// <summary>
    /// Opens connections for a tool's own <see cref="SocketsHttpHandler"/>, as its <see cref="SocketsHttpHandler.ConnectCallback"/>:
    /// <c>new SocketsHttpHandler { ConnectCallback = lab.ConnectAsync }</c>. Only the transport is the lab's; the tool uses its
    /// own TLS and sees the node's chain unchanged.
    /// </summary>
    /// <param name="context">The target of the handler.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The host cannot be reached, with the system's error code.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Running(_transport).ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, null, cancellationToken);
    }

    /// <summary>Opens a connection to a host of the lab, for tools that speak TLS themselves.</summary>
    /// <param name="host">A host name of the lab, or an address of its network.</param>
    /// <param name="port">The port in the lab network, usually 443.</param>
    /// <param name="cancellationToken">Gives up. A connection that a firewall drops takes until then, or two minutes.</param>
    /// <returns>The connection, on which nothing has been sent.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The host cannot be reached, with the system's error code.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Running(_transport).ConnectAsync(host, port, null, cancellationToken);
    }

    /// <summary>As <see cref="ConnectAsync(SocketsHttpConnectionContext, CancellationToken)"/>, from another source address.</summary>
    /// <param name="source">The source address that firewalls and balancers see; null: that of <see cref="AutoDetectLabOptions.Source"/>.</param>
    /// <returns>A callback for <see cref="SocketsHttpHandler.ConnectCallback"/>.</returns>
    public Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> ConnectFrom(IPAddress? source) =>
        (context, cancellationToken) => Running(_transport).ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, source, cancellationToken);

    /// <summary>The roots that the lab's clients trust, for a tool's own trust settings such as <see cref="X509ChainPolicy.CustomTrustStore"/>.</summary>
    /// <returns>Certificates that belong to the caller.</returns>
    public X509Certificate2Collection GetRootCertificates()
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(RootCertificatesPem);
        return roots;
    }

    /// <summary>Finds one of the customer's nodes.</summary>
    /// <param name="name">Its name, without regard to case.</param>
    /// <returns>The node.</returns>
    /// <exception cref="ArgumentException">The scenario has no such node.</exception>
    public LabNode Node(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var nodes = Nodes;
        if (nodes.FirstOrDefault(node => string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        var nearest = NearestName.Find(name, nodes.Select(node => node.Name));
        throw new ArgumentException($"The scenario has no node '{name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", nameof(name));
    }

    /// <summary>
    /// Changes the lab while it runs. Open connections are not affected, new ones see the change; ports,
    /// keys and everything that is not changed remain.
    /// </summary>
    /// <param name="change">
    /// The change in a line, as <see cref="ScenarioChange"/> reads it: <c>perimeter/ex03: present complete</c>,
    /// <c>perimeter/ex*: latency 20ms</c>, <c>dns/autodiscover.contoso.com: A 203.0.113.10</c>, <c>contoso: auth basic</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">The change cannot be applied; the lab is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public Task ChangeAsync(string change, CancellationToken cancellationToken = default) => Running(_lab).ChangeAsync(change, cancellationToken);

    /// <summary>Continues the lab with another scenario; <see cref="Scenario"/> is the one to start from.</summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">The scenario is not valid, or a running lab cannot change to it; the lab is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public Task ChangeAsync(Scenario scenario, CancellationToken cancellationToken = default) => Running(_lab).ChangeAsync(scenario, cancellationToken);

    /// <summary>Repairs the fault that the scenario names (<see cref="Scenario.Fault"/>); other changes since the start are undone.</summary>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="InvalidOperationException">The scenario names no fault.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public Task RepairAsync(CancellationToken cancellationToken = default)
    {
        var original = _lab.Control.Original;
        return original.Fault is null
            ? throw new InvalidOperationException($"The scenario {original.Name} does not name a fault to repair.")
            : Running(_lab).ChangeAsync(original.WithoutFault(), cancellationToken);
    }

    /// <summary>
    /// Resets the lab to its start: scenario, clock, load balancers' positions and sessions, what AutoDetect has learned, and
    /// an empty journal. Tests that share a lab should begin with it.
    /// </summary>
    /// <param name="cancellationToken">Cancels the reset; a reset that has already started is completed.</param>
    /// <exception cref="ObjectDisposedException">The lab has been stopped.</exception>
    public Task ResetAsync(CancellationToken cancellationToken = default)
    {
        var lab = Running(_lab);
        Clock.Reset();
        return lab.ResetAsync(cancellationToken);
    }

    /// <summary>
    /// Stops the lab: its ports are closed, open connections end at once, and its files are removed. Its last state and the
    /// journal, can still be read.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        _frontDoor.Dispose();
        await _lab.DisposeAsync();
        _rootFile.Dispose();
    }

    /// <summary>A part of a lab that still runs: a lab that has been stopped says so where it is used, and nothing is left behind.</summary>
    private T Running<T>(T part)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        return part;
    }
}
