using System.Runtime.CompilerServices;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Testing.Timeline;

namespace AutoDetectSim.Testing;

/// <summary>
/// What the tool under test did in a lab: the last 4096 connections, with SNI, node, presented chain, verdict, requests and answers.
/// Assertions wait until all handshakes and requests have finished, and print the timeline when they fail.
/// </summary>
public sealed class LabJournal
{
    /// <summary>How long an assertion waits for unfinished handshakes and requests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lab _lab;

    internal LabJournal(Lab lab) => _lab = lab;

    /// <summary>The connections of the tool under test so far, the oldest first, including failed attempts.</summary>
    public IReadOnlyList<JournalConnection> Connections =>
    [
        .. Recorded(record => !record.IsSimulated).Concat(_lab.Network.Journal.AllFailed().Select(JournalConnection.Of))
            .OrderBy(connection => connection.At).ThenBy(connection => connection.Number),
    ];

    /// <summary>The connections that AutoDetect made to answer the tool under test, the oldest first.</summary>
    public IReadOnlyList<JournalConnection> AutoDetectConnections => [.. Recorded(record => record.IsAutoDetect)];

    /// <summary>The AutoDetect calls of the tool under test, the oldest first.</summary>
    public IReadOnlyList<JournalDetection> Detections
    {
        get
        {
            var loadBalancers = _lab.Scenario.LoadBalancers.Select(balancer => balancer.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return [.. _lab.Journal.All().Select(detection => JournalDetection.Of(detection, loadBalancers))];
        }
    }

    /// <summary>
    /// Waits until all handshakes and requests have finished: a program that has finished with a connection is ahead of the server, which
    /// learns of it over the network. Returns after at most five seconds.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task WhenSettledAsync(CancellationToken cancellationToken = default) => _lab.Network.Journal.WhenSettledAsync(Patience, cancellationToken);

    /// <summary>Forgets everything; the next connection is number 1.</summary>
    public void Clear()
    {
        _lab.Network.Journal.Clear();
        _lab.Journal.Clear();
    }

    /// <summary>Asserts that the tool under test made at least one connection of a kind.</summary>
    /// <param name="condition">Returns whether a connection is of that kind.</param>
    /// <param name="text">The condition as it is written; filled in by the compiler.</param>
    /// <exception cref="LabAssertionException">There was none.</exception>
    public async Task AssertAnyAsync(Func<JournalConnection, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        var connections = await SettledAsync();
        if (!connections.Any(condition))
        {
            throw Failure($"Expected at least one connection with\n    {text}\nbut there were {(connections.Count == 0 ? "no connections" : $"none among {connections.Count}")}.", connections, []);
        }
    }

    /// <summary>Asserts that the tool under test made connections and that all of them are of a kind.</summary>
    /// <param name="condition">Returns whether a connection is of that kind.</param>
    /// <param name="text">The condition as it is written; filled in by the compiler.</param>
    /// <exception cref="LabAssertionException">There was a different one, or none at all.</exception>
    public async Task AssertAllAsync(Func<JournalConnection, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        var connections = await SettledAsync();
        var others = connections.Where(connection => !condition(connection)).ToList();
        if (others.Count > 0 || connections.Count == 0)
        {
            throw Failure(
                connections.Count == 0
                    ? $"Expected connections, all with\n    {text}\nbut there were no connections."
                    : $"Expected all connections with\n    {text}\nbut {others.Count} of {connections.Count} are different.",
                connections,
                others);
        }
    }

    /// <summary>Asserts that the tool under test made no connection of a kind.</summary>
    /// <param name="condition">Returns whether a connection is of that kind.</param>
    /// <param name="text">The condition as it is written; filled in by the compiler.</param>
    /// <exception cref="LabAssertionException">There was one.</exception>
    public async Task AssertNoneAsync(Func<JournalConnection, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        var connections = await SettledAsync();
        var such = connections.Where(condition).ToList();
        if (such.Count > 0)
        {
            throw Failure($"Expected no connection with\n    {text}\nbut {such.Count} of {connections.Count} match.", connections, such);
        }
    }

    /// <summary>Asserts that the tool under test connected to every available node.</summary>
    /// <param name="loadBalancer">The load balancer; null: all of the customer's.</param>
    /// <exception cref="ArgumentException">The scenario has no such load balancer with TLS.</exception>
    /// <exception cref="LabAssertionException">It connected to fewer.</exception>
    public async Task AssertMetEveryNodeAsync(string? loadBalancer = null)
    {
        var balancers = _lab.Network.CustomerVirtualIps.Where(virtualIp => virtualIp.IsHttps && (loadBalancer is null || Is(virtualIp.Name, loadBalancer))).ToList();
        if (balancers.Count == 0)
        {
            var known = _lab.Scenario.LoadBalancers.Select(balancer => balancer.Name).ToList();
            throw new ArgumentException(
                loadBalancer is null
                    ? "No load balancer of the scenario speaks TLS."
                    : $"The scenario has no load balancer '{loadBalancer}' that speaks TLS; it has {string.Join(", ", known)}.",
                nameof(loadBalancer));
        }

        var connections = await SettledAsync();
        var met = connections.Select(connection => connection.Node).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var available = balancers.SelectMany(virtualIp => virtualIp.Balancer.Available()).Select(node => node.Name).ToList();
        var missed = available.Where(name => !met.Contains(name)).ToList();
        if (missed.Count > 0)
        {
            throw Failure($"Expected connections to all {available.Count} nodes, but there were none to {string.Join(", ", missed)}.", connections, []);
        }
    }

    /// <summary>
    /// Runs assertions of any kind, and writes the timeline when one fails. xunit v3 does so by itself at the end of a <see cref="LabTest"/>; in
    /// xunit 2, a test does not learn whether it has failed.
    /// </summary>
    /// <param name="assertions">The assertions.</param>
    /// <param name="write">Writes a text, for example the <c>WriteLine</c> of the test's output.</param>
    public async Task ExplainFailureAsync(Func<Task> assertions, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            await assertions();
        }
        catch (Exception exception) when (exception is not LabAssertionException)
        {
            await WhenSettledAsync();
            write(ToString());
            throw;
        }
    }

    /// <summary>The timeline: what the tool under test did, what AutoDetect did for it, and a summary by node.</summary>
    /// <returns>Text of several lines.</returns>
    public override string ToString() => TimelineText.Write(_lab.Scenario, Connections, [], Detections);

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<JournalConnection> Recorded(Func<ConnectionRecord, bool> isWanted) =>
        _lab.Network.Journal.All().Where(isWanted).Select(record => JournalConnection.Of(record, _lab.Validator));

    private async Task<IReadOnlyList<JournalConnection>> SettledAsync()
    {
        await WhenSettledAsync();
        return Connections;
    }

    private LabAssertionException Failure(string sentence, IReadOnlyList<JournalConnection> connections, IReadOnlyCollection<JournalConnection> marked) =>
        new($"{sentence}\n\n{TimelineText.Write(_lab.Scenario, connections, marked, Detections)}");
}
