using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Issuing;

/// <summary>Every key and certificate of a lab: the customer's, and those of the lab's own services.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Customer">The PKI of the scenario.</param>
/// <param name="Services">The PKI of AutoDetect, Exchange Online and the other services of the lab.</param>
/// <param name="RootsPem">The roots that the lab's clients trust.</param>
internal sealed record LabPkiContent(Scenario Scenario, PkiArchive Customer, PkiArchive Services, string RootsPem)
{
    private const KeyAlgorithm TokenAlgorithm = KeyAlgorithm.Rsa2048;
    private const string TokenName = "tokens";

    /// <summary>Adds a new key with which Entra signs tokens: what is written to files is not the key of any other lab.</summary>
    public static PkiArchive WithTokenKey(PkiArchive services)
    {
        using var key = TokenAlgorithm.CreateKey();
        return services with { Keys = new Dictionary<(string Name, KeyAlgorithm Algorithm), string>(services.Keys) { [(TokenName, TokenAlgorithm)] = key.ExportPkcs8PrivateKeyPem() + "\n" } };
    }

    /// <summary>Makes the key with which Entra signs tokens; null where it is not there.</summary>
    public static RSA? TokenKey(PkiArchive services) => (RSA?)services.CreateKey(TokenName, TokenAlgorithm);

    /// <summary>Everything that is presented at a virtual IP, to whomever.</summary>
    public static IEnumerable<NodeIdentity> IdentitiesOf(VirtualIp virtualIp) =>
        virtualIp.Balancer.Nodes.Append(virtualIp.Balancer.Own).OfType<ServedNode>()
            .SelectMany(node => new[] { virtualIp.IdentityOf(node), node.Identity, node.WithoutSni, node.BackEndIdentity }
                .Concat(node.MailServers.Values.Select(mail => mail.Identity)))
            .OfType<NodeIdentity>().Distinct();

    /// <summary>What a scenario is, as far as its PKI can depend on it: two scenarios with the same print have the same one.</summary>
    public static string PrintOf(Scenario scenario)
    {
        var world = new Scenario
        {
            Name = scenario.Name,
            Seed = scenario.Seed,
            Authorities = scenario.Authorities,
            Certificates = scenario.Certificates,
            Organizations = scenario.Organizations,
            LoadBalancers = scenario.LoadBalancers,
            AutoDetect = scenario.AutoDetect,
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ScenarioWriter.Write(world))));
    }
}
