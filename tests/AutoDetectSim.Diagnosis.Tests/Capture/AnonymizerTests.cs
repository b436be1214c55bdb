using AutoDetectSim.Diagnosis.Tests.Checking;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

public sealed class AnonymizerTests
{
    private const string Secret = """
        authorities:
          root: { subject: "CN=Tailspin Toys Root, O=Tailspin Toys, L=Springfield, C=US", trusted: true }
          issuing: { subject: "CN=Tailspin Toys Issuing, O=Tailspin Toys, C=US", issuer: root, aiaUrl: http://pki.tailspintoys.com/issuing.cer, crlUrl: http://pki.tailspintoys.com/issuing.crl }
        certificates:
          mail:
            issuer: issuing
            hosts: [autodiscover.tailspintoys.com, secretserver.tailspintoys.com, "*.eu.tailspintoys.com"]
            subject: "CN=secretserver.tailspintoys.com, O=Tailspin Toys, OU=Secret Projects, C=US"
          shop: { issuer: issuing, hosts: [shop.tailspintoys.com] }
        organizations:
          tailspin: { domains: [tailspintoys.com], activeSyncUrl: https://secretserver.tailspintoys.com/Microsoft-Server-ActiveSync, mailboxes: [wendy.weasel@tailspintoys.com] }
        loadBalancers:
          perimeter:
            hosts: [autodiscover.tailspintoys.com, secretserver.tailspintoys.com]
            nodes: [{ name: tt-ex01, certificate: mail, withoutSni: shop }, { name: tt-ex02, certificate: mail, present: missingIntermediate }]
        dns:
          tailspintoys.com: { MX: ["10 tailspintoys-com.mail.protection.outlook.com"] }
        """;

    [Fact]
    public async Task No_name_is_left_and_every_verdict_is_the_same()
    {
        var request = new CheckRequest { Host = "autodiscover.tailspintoys.com", Email = "wendy.weasel@tailspintoys.com" };
        await using var lab = await Lab.StartAsync(CheckedLab.Load(Secret), cancellationToken: TestContext.Current.CancellationToken);
        var (check, world) = await new CaptureRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, TestContext.Current.CancellationToken);
        var anonymizer = new Anonymizer();
        var written = ScenarioWriter.Write(anonymizer.Apply(new ScenarioReproduction(world).Make().Scenario));
        foreach (var name in new[] { "tailspin", "toys", "secret", "wendy", "weasel", "springfield", "tt-ex" })
        {
            Assert.DoesNotContain(name, written, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("tailspin", string.Concat(Blobs(CheckedLab.Load(written))), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("mail.protection.outlook.com", written, StringComparison.Ordinal);

        await using var again = await Lab.StartAsync(CheckedLab.Load(written), cancellationToken: TestContext.Current.CancellationToken);
        var check2 = await CheckedLab.CheckAsync(again, new CheckRequest { Host = anonymizer.Host(request.Host), Email = anonymizer.Email(request.Email!) });
        Assert.Equal([], CaptureComparison.Compare(check, check2, anonymizer));
    }

    [Fact]
    public void The_same_name_becomes_the_same_other_name_and_different_ones_stay_different()
    {
        var names = new AnonymousNames();
        Assert.Equal("customer.example", names.Host("tailspintoys.com"));
        Assert.Equal("autodiscover.customer.example", names.Host("autodiscover.TAILSPINTOYS.com"));
        Assert.Equal("*.customer.example", names.Host("*.tailspintoys.com"));
        Assert.Equal("other2.example", names.Host("wingtip.co.uk"));
        Assert.Equal(names.Host("a.wingtip.co.uk"), names.Host("a.wingtip.co.uk"));
        Assert.NotEqual(names.Host("a.wingtip.co.uk"), names.Host("b.wingtip.co.uk"));
        Assert.Equal("user1@customer.example", names.Email("bob@tailspintoys.com"));
        Assert.Equal("CN=mail.customer.example, O=Organization 1, C=US", names.Subject("CN=mail.tailspintoys.com, O=Tailspin Toys, C=US"));
        Assert.Equal("203.0.113.10", names.Host("203.0.113.10"));
    }

    private static IEnumerable<string> Blobs(Scenario scenario) => scenario.Authorities.SelectMany(authority => authority.Extensions)
        .Concat(scenario.Certificates.SelectMany(certificate => certificate.Extensions))
        .Select(extension => extension.Value)
        .OfType<string>()
        .Select(value => System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(value)));
}
