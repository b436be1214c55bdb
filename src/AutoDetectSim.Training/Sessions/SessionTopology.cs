using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Sessions;

/// <summary>What a trainee may know of the lab: what the customer's staff could draw on a whiteboard.</summary>
internal sealed record SessionTopology
{
    /// <summary>The lab's HTTP proxy.</summary>
    public required string Gateway { get; init; }

    /// <summary>The lab's DNS server.</summary>
    public string? Dns { get; init; }

    public required string DetectUrl { get; init; }

    /// <summary>Path of a PEM file with all trust anchors; null if it was not written.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>The customer's virtual IPs.</summary>
    public required IReadOnlyList<SessionVirtualIp> VirtualIps { get; init; }

    /// <summary>Names of the customer's organizations.</summary>
    public required IReadOnlyList<string> Organizations { get; init; }

    /// <summary>Names of certificates and authorities, as repairs use them, each with its common name.</summary>
    public required IReadOnlyDictionary<string, string> Certificates { get; init; }

    /// <summary>Reads the topology of a lab.</summary>
    public static SessionTopology Of(Lab lab) => new()
    {
        Gateway = lab.Gateway.GetLeftPart(UriPartial.Authority),
        Dns = lab.DnsEndPoint?.ToString(),
        DetectUrl = lab.DetectUrl.ToString(),
        VirtualIps =
        [
            .. lab.Network.CustomerVirtualIps.Select(virtualIp => new SessionVirtualIp
            {
                Name = virtualIp.Name,
                Hosts = virtualIp.Hosts,
                Address = $"{virtualIp.Address}:{virtualIp.Port}",
                Endpoint = virtualIp.EndPoint!.ToString(),
                Nodes = [.. virtualIp.Balancer.Nodes.Select(node => node.Name)],
                EndsTls = virtualIp.Balancer.Definition?.Tls == TlsHandling.Terminate,
                UsesTls = virtualIp.IsHttps,
            }),
        ],
        Organizations = [.. lab.Scenario.Organizations.Select(organization => organization.Name)],
        Certificates = lab.Scenario.Authorities.Select(authority => authority.Name).Concat(lab.Scenario.Certificates.Select(certificate => certificate.Name))
            .Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => CertificateNames.Shown(lab.Scenario, name), StringComparer.Ordinal),
    };
}

/// <summary>One virtual IP of the customer.</summary>
internal sealed record SessionVirtualIp
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The address in the lab network.</summary>
    public required string Address { get; init; }

    /// <summary>Where this machine reaches it.</summary>
    public required string Endpoint { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Whether TLS ends at the load balancer.</summary>
    public required bool EndsTls { get; init; }

    /// <summary>Whether clients speak TLS on this port.</summary>
    public required bool UsesTls { get; init; }
}
