using AutoDetectSim.Certificates.Issuance;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Certificates.Tests.Issuance;

/// <summary>Definitions that many tests start from.</summary>
internal static class Pki
{
    public const string Host = "mail.contoso.com";

    /// <summary>One certificate <c>mail</c> below a trusted root and a number of intermediates.</summary>
    public static LabPkiDefinition Definition(int intermediates = 1, KeyAlgorithm key = KeyAlgorithm.P256, int seed = 1)
    {
        var authorities = new List<AuthorityRecipe> { new() { Name = "root", Subject = "CN=Contoso Lab Root CA, O=AutoDetectSim", Trusted = true, Key = key } };
        for (var i = 1; i <= intermediates; i++)
        {
            authorities.Add(new AuthorityRecipe { Name = $"ca{i}", Subject = $"CN=Contoso Lab CA {i}, O=AutoDetectSim", Issuer = authorities[^1].Name, Key = key });
        }

        return new LabPkiDefinition
        {
            Seed = seed,
            Authorities = authorities,
            Certificates = [new() { Name = "mail", Issuer = authorities[^1].Name, Hosts = [Host, "autodiscover.contoso.com"], Key = key }],
        };
    }

    public static LabPki Create(LabPkiDefinition? definition = null, TimeProvider? time = null) =>
        LabPki.Create(definition ?? Definition(), time ?? TimeProvider.System);

    public static PresentedChain Present(this LabPki pki, ChainShape shape) => pki.Present(new PresentedChainRecipe { Certificate = "mail", Shape = shape });

    public static IEnumerable<string> NamesOf(this PresentedChain chain) => chain.Certificates.Select(certificate => certificate.Name);

    public static FakeTimeProvider At(string time) => new(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
}
