using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing.Tests;

/// <summary>Scenarios that are built in code.</summary>
public sealed class BuilderTests
{
    [Fact]
    public void What_is_built_in_code_is_the_model_of_the_scenario_file()
    {
        var built = new ScenarioBuilder("one-in-twenty")
            .WithSeed(20210515)
            .WithEdition(Edition.Kestrel2025)
            .WithAuthority("root", configure: root => root with { Subject = "CN=Contoso Lab Root CA, O=AutoDetectSim" })
            .WithAuthority("issuing", "root", issuing => issuing with { Subject = "CN=Contoso Lab Issuing CA 1, O=AutoDetectSim", Aia = true })
            .WithCertificate("mail", "issuing", ["autodiscover.contoso.com", "mail.contoso.com"])
            .WithOrganization("contoso.com", contoso => contoso with { Auth = AuthenticationMode.Basic, Mailboxes = ["your@contoso.com"] })
            .WithLoadBalancer("perimeter", perimeter => perimeter
                .WithHosts("autodiscover.contoso.com", "mail.contoso.com")
                .WithAlgorithm(BalancingAlgorithm.Random)
                .WithNode("ex01", ["mail", "issuing"])
                .WithNode("ex{02..20}", ChainShape.MissingIntermediate, node => node with { Latency = TimeSpan.FromMilliseconds(20) })
                .With(it => it with { Persistence = Persistence.None }))
            .WithDns("contoso.com", "MX", "10 mail.contoso.com")
            .WithDns("old.contoso.com", "CNAME", "mail.contoso.com")
            .WithDns("contoso.com", "TXT", "one", "two")
            .With(scenario => scenario with { Title = "Nineteen of twenty", Expect = [new Expectation { Detect = "your@contoso.com", Attempts = 20 }] })
            .Build();

        var read = ScenarioLoader.Parse(
            """
            name: one-in-twenty
            title: Nineteen of twenty
            seed: 20210515
            edition: "2025"
            authorities:
              root: { subject: "CN=Contoso Lab Root CA, O=AutoDetectSim", trusted: true }
              issuing: { subject: "CN=Contoso Lab Issuing CA 1, O=AutoDetectSim", issuer: root, aia: true }
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
            organizations:
              contoso: { domains: [contoso.com], auth: basic, mailboxes: [your@contoso.com] }
            loadBalancers:
              perimeter:
                hosts: [autodiscover.contoso.com, mail.contoso.com]
                algorithm: random
                persistence: none
                nodes:
                  - { name: ex01, certificate: mail, present: [mail, issuing] }
                  - { name: "ex{02..20}", certificate: mail, present: missingIntermediate, latency: 20ms }
            dns:
              contoso.com: { MX: ["10 mail.contoso.com"], TXT: [one, two] }
              old.contoso.com: { CNAME: mail.contoso.com }
            expect: { detect: your@contoso.com, attempts: 20 }
            """,
            "one-in-twenty.yaml",
            null);
        Assert.Empty(read.Problems);
        Assert.Equal(ScenarioWriter.Write(read.Scenario!), ScenarioWriter.Write(built));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var failure = Assert.Throws<ScenarioException>(() => new ScenarioBuilder("bad")
            .WithCertificate("mail", "nobody", ["mail.contoso.com"])
            .WithLoadBalancer("perimeter", perimeter => perimeter.WithHosts("mail.contoso.com").WithNode("ex01", ["mail", "isuing"]).WithNode("ex01"))
            .Build());
        Assert.True(failure.Problems.Count >= 2, failure.Message);
        Assert.Contains("nobody", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ex01", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("bad: ", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ScenarioBuilder().WithLoadBalancer("perimeter", perimeter => perimeter.WithNode("ex{20..02}")));
    }

    [Fact]
    public void A_scenario_that_was_built_stays_as_it_is()
    {
        var builder = new ScenarioBuilder();
        var before = builder.Build();
        var text = ScenarioWriter.Write(before);
        builder.WithLoadBalancer("other").WithDns("contoso.com", "TXT", "one");
        Assert.Equal(text, ScenarioWriter.Write(before));
        Assert.Equal("other", builder.Build().LoadBalancers[0].Name);
    }
}
