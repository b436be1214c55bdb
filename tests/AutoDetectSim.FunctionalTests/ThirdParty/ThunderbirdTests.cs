using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.FunctionalTests.Mail;
using AutoDetectSim.FunctionalTests.Network;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>Thunderbird's account set-up and its IMAP against the servers of a lab.</summary>
[Trait("Needs", "tools")]
public sealed class ThunderbirdTests
{
    [Fact]
    public async Task Thunderbird_finds_the_servers_of_a_mailbox_and_nothing_for_strangers()
    {
        await using var lab = await NetworkLab.StartAsync("""
            organizations:
              contoso: { domains: [contoso.test], password: secret, mailboxes: [your@contoso.test] }
            loadBalancers:
              perimeter: { hosts: [autodiscover.contoso.test, mail.contoso.test], nodes: 1 }
            """);
        var results = await lab.ThunderbirdAsync(("your@contoso.test", "secret"), ("your@contoso.test", "wrong"), ("nobody@contoso.test", "secret"));

        var found = results[0].GetProperty("found");
        Assert.Equal("exchange", found.GetProperty("type").GetString());
        Assert.Equal("mail.contoso.test", found.GetProperty("hostname").GetString());
        Assert.Equal("https://mail.contoso.test/EWS/Exchange.asmx", found.GetProperty("ews").GetString());
        Assert.Equal("https://mail.contoso.test/owa/", found.GetProperty("owa").GetString());
        Assert.Equal("200", Attempt(results[0], "autodiscover.contoso.test"));
        Assert.Equal(["401", "401"], results.Skip(1).Select(result => Attempt(result, "autodiscover.contoso.test")));
        Assert.All(results.Skip(1), result => Assert.Equal(JsonValueKind.Null, result.GetProperty("found").ValueKind));
    }

    [Fact]
    public async Task Thunderbird_says_of_every_chain_what_its_profile_says()
    {
        // Each shape has a hierarchy of its own, so that nothing that was kept of one helps another.
        var names = ChainShapes.Names.ToDictionary(shape => shape, shape => shape.ToLowerInvariant());
        await using var lab = await NetworkLab.StartAsync(
            "authorities:\n"
            + Each(names, (_, name) => $"  {name}-root: {{ subject: CN=Root of {name}, trusted: true }}\n  {name}-issuing: {{ subject: CN=Issuing CA of {name}, issuer: {name}-root }}\n")
            + "certificates:\n" + Each(names, (_, name) => $"  {name}: {{ issuer: {name}-issuing, hosts: [autodiscover.{name}.test] }}\n")
            + "organizations:\n" + Each(names, (_, name) => $"  {name}: {name}.test\n")
            + "loadBalancers:\n"
            + Each(names, (shape, name) => $"  {name}: {{ hosts: [autodiscover.{name}.test], nodes: [{{ name: {name}, certificate: {name}, present: {shape} }}] }}\n"));
        var results = await lab.ThunderbirdAsync([.. names.Values.Select(name => ($"your@{name}.test", "secret"))]);

        var runner = new CheckRunner(LabEnvironment.Of(lab.Lab));
        var profiles = KnownClients.Parse("thunderbird", out _);
        foreach (var (name, result) in names.Values.Zip(results))
        {
            var host = $"autodiscover.{name}.test";
            var check = await runner.RunAsync(new CheckRequest { Host = host, Attempts = 1, Profiles = profiles }, progress: null, TestContext.Current.CancellationToken);
            var verdict = check.Hosts[0].Chains[0].Clients.Single().FirstVisit;
            Assert.Equal((name, verdict.Accepted ? "200" : verdict.Words), (name, Attempt(result, host)));
        }
    }

    [Fact]
    public async Task A_Thunderbird_that_has_met_the_intermediate_elsewhere_still_notices_that_a_server_lacks_it()
    {
        await using var lab = await NetworkLab.StartAsync("""
            authorities:
              root: { subject: CN=Root, trusted: true }
              issuing: { subject: CN=Issuing CA, issuer: root }
            certificates:
              contoso: { issuer: issuing, hosts: [autodiscover.contoso.test] }
              fabrikam: { issuer: issuing, hosts: [autodiscover.fabrikam.test] }
            organizations:
              contoso: contoso.test
              fabrikam: fabrikam.test
            loadBalancers:
              contoso: { hosts: [autodiscover.contoso.test], nodes: [{ name: ex01, certificate: contoso, present: missingIntermediate }] }
              fabrikam: { hosts: [autodiscover.fabrikam.test], nodes: [{ name: ex02, certificate: fabrikam }] }
            """);
        var results = await lab.ThunderbirdAsync(("your@contoso.test", "secret"), ("your@fabrikam.test", "secret"), ("your@contoso.test", "secret"));
        Assert.Equal("SEC_ERROR_UNKNOWN_ISSUER", Attempt(results[0], "autodiscover.contoso.test"));
        Assert.Equal("200", Attempt(results[1], "autodiscover.fabrikam.test"));
        Assert.Equal("SEC_ERROR_UNKNOWN_ISSUER", Attempt(results[2], "autodiscover.contoso.test"));
    }

    [Fact]
    public async Task Thunderbird_logs_on_to_the_IMAP_server_that_serves_its_intermediate_and_refuses_the_one_that_does_not()
    {
        // Thunderbird connects as often as it likes, so each server has a host of its own.
        await using var lab = await NetworkLab.StartAsync($$"""
            organizations: { contoso: { domains: [contoso.com], password: {{MailLab.Password}}, mailboxes: [{{MailLab.Mailbox}}] } }
            loadBalancers:
              incomplete: { hosts: [autodiscover.contoso.com, {{MailLab.Host}}], mail: [imap], nodes: { ex01: { imap: { present: missingIntermediate } } } }
              complete: { hosts: [imap.contoso.com], mail: [imap], nodes: [ex02] }
            """);
        (string, string, string, IPEndPoint, bool) Logon(string balancer, string port, string password = MailLab.Password) =>
            (MailLab.Mailbox, password, balancer == "complete" ? "imap.contoso.com" : MailLab.Host, lab.VirtualIp($"{balancer}-{port}").EndPoint!, port == "imap");

        var logons = await lab.ThunderbirdLogonsAsync(
            Logon("incomplete", "imaps"),
            Logon("complete", "imaps"),
            Logon("incomplete", "imap"),
            Logon("complete", "imap"),
            Logon("incomplete", "imaps"),
            Logon("complete", "imaps", "wrong"));

        Assert.Equal(["SEC_ERROR_UNKNOWN_ISSUER", "OK", "SEC_ERROR_UNKNOWN_ISSUER", "OK", "SEC_ERROR_UNKNOWN_ISSUER"], logons.Take(5));
        Assert.StartsWith("0x", logons[5], StringComparison.Ordinal);
    }

    private static string Each(IReadOnlyDictionary<string, string> names, Func<string, string, string> line) =>
        names.Aggregate(new StringBuilder(), (text, pair) => text.Append(CultureInfo.InvariantCulture, $"{line(pair.Key, pair.Value)}")).ToString();

    /// <summary>The HTTP status, or the certificate error, that an https host ended with.</summary>
    private static string Attempt(JsonElement result, string host) => result.GetProperty("attempts").GetProperty("https://" + host).ToString();
}
