using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>Faults of certificates that AutoDetect accepts.</summary>
public sealed class OtherUsesTests
{
    private const string TwoRenewals = """
        certificates:
          before: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
          renewed: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com], extendedKeyUsage: [serverAuth] }
        loadBalancers:
          perimeter:
            CONNECTORS
            nodes: [{ name: ex01, certificate: before }, { name: ex02, certificate: renewed }]
        """;

    [Fact]
    public async Task A_revoked_cross_sign_is_told_with_its_list_although_all_is_well_for_AutoDetect()
    {
        var result = await CheckedLab.CheckAsync("""
            authorities:
              x1: { subject: "CN=Lab Root X1", trusted: true, crlUrl: "http://crl.contoso.com/x1" }
              rootYR: { subject: "CN=Lab Root YR" }
              crossYR: { sameKeyAs: rootYR, issuer: x1, revoked: true }
              yr1: { subject: "CN=YR1", issuer: rootYR }
            certificates: { mail: { issuer: yr1, hosts: [autodiscover.contoso.com, mail.contoso.com] } }
            loadBalancers: { perimeter: { nodes: [{ name: ex01, present: [mail, yr1, crossYR] }] } }
            """);

        Assert.Equal("EX01 revokedIntermediate", result.Remarks());
        Assert.Equal("", result.Faults());
        var warning = Assert.Single(result.Warnings, warning => warning.StartsWith(CheckedLab.Host + ": CN=Lab Root X1 has revoked", StringComparison.Ordinal));
        Assert.Contains("CN=Lab Root X1 has revoked the certificate of CN=Lab Root YR", warning, StringComparison.Ordinal);
        Assert.Contains(", superseded), according to http://crl.contoso.com/x1", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("windows-revocation", result.Hosts[0].Chains[0].Accepting(), StringComparison.Ordinal);
        Assert.Contains(CheckAdvice.For(result), task => task.Contains("replace the revoked intermediate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_without_clientAuth_is_told_where_the_scenario_says_that_a_connector_uses_it()
    {
        var result = await CheckedLab.CheckAsync(TwoRenewals.Replace("CONNECTORS", "connectors: [partner]", StringComparison.Ordinal));

        Assert.Equal("EX02 noClientAuth", result.Remarks());
        var warning = Assert.Single(result.Warnings, warning => warning.StartsWith(CheckedLab.Host + ": EX02", StringComparison.Ordinal));
        Assert.Contains("EX02 cannot use its certificate as a client (no clientAuth, INVALID_PURPOSE): connectors with mutual TLS (partner) fail there", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connector_clientAuth_is_not_looked_for_unless_it_is_asked_for()
    {
        var yaml = TwoRenewals.Replace("CONNECTORS", "algorithm: roundRobin", StringComparison.Ordinal);

        Assert.Equal("", (await CheckedLab.CheckAsync(yaml)).Remarks());
        Assert.Equal("EX02 noClientAuth", (await CheckedLab.CheckAsync(yaml, new CheckRequest { Host = CheckedLab.Host, MutualTls = true })).Remarks());
    }

    [Fact]
    public async Task An_expectation_of_a_connector_says_what_the_partner_found()
    {
        var scenario = CheckedLab.Load(TwoRenewals.Replace("CONNECTORS", "connectors: [partner]", StringComparison.Ordinal));
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(Connectors.Compare(lab, new Dictionary<string, ClientPasses> { ["partner"] = ClientPasses.Sometimes }));
        var difference = Assert.Single(Connectors.Compare(lab, new Dictionary<string, ClientPasses> { ["partner"] = ClientPasses.Always }));
        Assert.Equal("connectors: expected the partner of partner to accept the nodes always, but it accepts them sometimes (OK, INVALID_PURPOSE)", difference);
    }
}
