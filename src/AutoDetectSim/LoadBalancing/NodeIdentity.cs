using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Tls;

namespace AutoDetectSim.LoadBalancing;

/// <summary>What a node presents, and how it speaks TLS: both are made when the first connection needs them.</summary>
internal sealed class NodeIdentity
{
    private readonly Lazy<IReadOnlyList<string>> _names;

    /// <param name="present">Makes the presented chain.</param>
    /// <param name="settings">Makes the TLS settings for that chain.</param>
    public NodeIdentity(Func<PresentedChain> present, Func<PresentedChain, TlsServerSettings> settings)
    {
        var chain = new Lazy<PresentedChain>(present);
        var tls = new Lazy<TlsServerSettings>(() => settings(chain.Value));
        Presented = () => chain.Value;
        Settings = () => tls.Value;
        _names = new Lazy<IReadOnlyList<string>>(() => [.. chain.Value.Certificates.Select(certificate => certificate.Name)]);
    }

    /// <summary>What the chain is made from; null for a service that belongs to the lab itself.</summary>
    public PresentedChainRecipe? Recipe { get; init; }

    /// <summary>The TLS versions that are accepted, as scenarios write them.</summary>
    public IReadOnlyList<string> TlsVersions { get; init; } = [];

    /// <summary>Whether a client certificate is demanded.</summary>
    public bool ClientCertificate { get; init; }

    /// <summary>The names of the presented certificates in wire order.</summary>
    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>The chain that is meant to be on the wire.</summary>
    public Func<PresentedChain> Presented { get; }

    /// <summary>The TLS settings.</summary>
    public Func<TlsServerSettings> Settings { get; }
}
