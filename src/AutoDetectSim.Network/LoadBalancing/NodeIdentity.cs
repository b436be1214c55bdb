using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network.LoadBalancing;

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

    /// <summary>The names of the presented certificates in wire order.</summary>
    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>The chain that is meant to be on the wire.</summary>
    public Func<PresentedChain> Presented { get; }

    /// <summary>The TLS settings.</summary>
    public Func<TlsServerSettings> Settings { get; }
}
