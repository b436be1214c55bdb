using System.Collections.Concurrent;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>Makes what nodes present. Nodes that present alike share one identity, however many they are.</summary>
/// <param name="pki">Where the chains come from.</param>
/// <param name="keyLog">Where TLS secrets go, or null.</param>
/// <param name="before">The identities of the lab before a change; those whose chains stay are used again.</param>
internal sealed class NodeIdentities(LabPki pki, TlsKeyLog? keyLog, NodeIdentities? before)
{
    private readonly ConcurrentDictionary<PresentedChainRecipe, ConcurrentDictionary<string, NodeIdentity>> _shared = new(PresentedChainRecipeComparer.Instance);

    private readonly ConcurrentDictionary<PresentedChainRecipe, ConcurrentDictionary<string, NodeIdentity>> _old = before?._shared ?? [];

    /// <summary>The identity of a node behind a balancer, as the scenario has it.</summary>
    public NodeIdentity Of(LoadBalancerDefinition balancer, NodeDefinition node) =>
        Of(balancer.Tls == TlsHandling.Terminate ? balancer.Present! : Presentable(node.Present!, node.IntermediateStore), node.TlsVersions, node.ClientCertificate);

    /// <summary>The identity that presents a chain.</summary>
    public NodeIdentity Of(PresentedChainRecipe recipe, IReadOnlyList<string> tlsVersions, bool clientCertificate) =>
        Of(recipe, NodeTls.Http11, tlsVersions, clientCertificate);

    /// <summary>The identity that presents a chain to mail programs.</summary>
    public NodeIdentity OfMail(PresentedChainRecipe recipe, NodeDefinition node) =>
        Of(Presentable(recipe, node.IntermediateStore), [], node.TlsVersions, clientCertificate: false);

    private NodeIdentity Of(PresentedChainRecipe recipe, IReadOnlyList<string> applicationProtocols, IReadOnlyList<string> tlsVersions, bool clientCertificate)
    {
        var settings = $"{string.Join(',', applicationProtocols)}/{string.Join(',', tlsVersions)}/{clientCertificate}";
        return _shared.GetOrAdd(recipe, static _ => new(StringComparer.Ordinal)).GetOrAdd(settings, _ =>
            pki.HasTakenOver(recipe) && _old.TryGetValue(recipe, out var known) && known.TryGetValue(settings, out var identity)
                ? identity
                : new NodeIdentity(() => pki.Present(recipe), chain => NodeTls.Settings(chain, applicationProtocols, tlsVersions, clientCertificate, keyLog)));
    }

    /// <summary>
    /// What Windows puts on the wire: it builds the path from its intermediate store, and sends as much of it as it finds. A
    /// recipe that lists certificates, or that already has a fault, is unchanged.
    /// </summary>
    /// <exception cref="LabPkiException">The recipe names a certificate that does not exist.</exception>
    public PresentedChainRecipe Presentable(PresentedChainRecipe recipe, IReadOnlyList<string>? intermediateStore)
    {
        if (intermediateStore is null || recipe.Names is not null || recipe.Shape != ChainShape.Complete)
        {
            return recipe;
        }

        var complete = pki.NamesOf(recipe);
        var found = complete.Skip(1).TakeWhile(name => intermediateStore.Contains(name, StringComparer.Ordinal));
        return recipe with { Names = [complete[0], .. found] };
    }
}
