using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>A host of a running lab that a tool is asked to judge.</summary>
/// <param name="Part">What the host is for.</param>
/// <param name="Host">The host name.</param>
/// <param name="Url">The URL that AutoDetect, or for <see cref="AskedPart.Detect"/> the phone, asks there.</param>
/// <param name="VirtualIp">Where the name resolves to; null if it has no address, or nothing listens there.</param>
internal sealed record AskedTarget(AskedPart Part, string Host, string Url, VirtualIp? VirtualIp)
{
    /// <summary>The targets that an adapter asks for, each host once; a part that the world has not is left out.</summary>
    public static IReadOnlyList<AskedTarget> Of(Lab lab, IReadOnlyList<AskedPart> asks, string email)
    {
        var targets = new List<AskedTarget>();
        foreach (var part in asks)
        {
            if (UrlOf(lab, part, email) is { } url && !targets.Exists(target => string.Equals(target.Host, url.Host, StringComparison.OrdinalIgnoreCase)))
            {
                targets.Add(new AskedTarget(part, url.Host, url.AbsoluteUri, VirtualIpOf(lab.Network, url)));
            }
        }

        return targets;
    }

    private static Uri? UrlOf(Lab lab, AskedPart part, string email)
    {
        if (part == AskedPart.Detect)
        {
            return new Uri($"{lab.DetectUrl}?{ProbeRun.DefaultQuery}");
        }

        if (!EmailAddress.TryParse(email, out var address))
        {
            return null;
        }

        return part == AskedPart.Autodiscover
            ? new Uri($"https://autodiscover.{address.Domain}/autodiscover/autodiscover.json?Email={Uri.EscapeDataString(email)}&Protocol=ActiveSync&RedirectCount=1")
            : ActiveSyncUrl(lab.Scenario, address.Domain);
    }

    private static Uri? ActiveSyncUrl(Scenario scenario, string domain)
    {
        var organization = scenario.Organizations.FirstOrDefault(candidate => candidate.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));
        return Uri.TryCreate(organization?.ActiveSyncUrl ?? $"https://mail.{domain}{ExchangePaths.ActiveSync}", UriKind.Absolute, out var url) ? url : null;
    }

    private static VirtualIp? VirtualIpOf(LabNetwork network, Uri url)
    {
        foreach (var address in network.Zone.Resolve(url.Host).Addresses)
        {
            if (network.VirtualIps.FirstOrDefault(candidate => candidate.Port == url.Port && candidate.Address.Equals(address)) is { } virtualIp)
            {
                return virtualIp;
            }
        }

        return null;
    }
}
