using System.Globalization;
using AutoDetectSim.Diagnosis.Checking;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Puts hosts that were looked at on another port onto the one that AutoDetect asks.</summary>
internal static class PortMapping
{
    /// <summary>The port that AutoDetect asks.</summary>
    public const int Asked = 443;

    /// <summary>The scenario with port 443 in place of the port that was checked, as behind a port forwarding.</summary>
    /// <param name="reproduced">The scenario of a capture.</param>
    /// <param name="check">The check that it was made from.</param>
    /// <param name="note">What the reader should know, as a sentence; null where nothing was mapped.</param>
    public static ReproducedScenario Map(ReproducedScenario reproduced, CheckResult check, out string? note)
    {
        note = null;
        if (check.Port == Asked)
        {
            return reproduced;
        }

        note = string.Create(CultureInfo.InvariantCulture, $"AutoDetect asks port {Asked} and no other: the scenario has port {Asked} in place of {check.Port}, as behind a port forwarding.");
        var scenario = reproduced.Scenario;
        var taken = scenario.LoadBalancers.Where(balancer => balancer.Port == Asked).SelectMany(balancer => balancer.Hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return reproduced with
        {
            Scenario = scenario with
            {
                LoadBalancers =
                [
                    .. scenario.LoadBalancers
                        .Select(balancer => balancer.Port == check.Port ? balancer with { Port = Asked, Hosts = [.. balancer.Hosts.Where(host => !taken.Contains(host))] } : balancer)
                        .Where(balancer => balancer.Hosts.Count > 0),
                ],
                Organizations = [.. scenario.Organizations.Select(organization => organization with { ActiveSyncUrl = Map(organization.ActiveSyncUrl, check.Port) })],
            },
        };
    }

    private static string? Map(string? url, int port) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Port == port ? new UriBuilder(uri) { Port = Asked }.Uri.AbsoluteUri : url;
}
