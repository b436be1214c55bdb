using System.Collections.Concurrent;
using System.Net;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>Every scenario of the library, looked at from outside by <c>check --email</c>.</summary>
[Trait("Needs", "time")]
public sealed class CheckLibraryTests
{
    /// <summary>Enough for a server that answers, also on a busy computer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>For worlds in which something never answers.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(3);

    /// <summary>Labs that run at the same time: most of a check of a world in which something never answers is waiting.</summary>
    private const int AtOnce = 16;

    /// <summary>Faults that do not show to a caller without a password, and why.</summary>
    private static readonly Dictionary<string, string> NotSeenFromOutside = new(StringComparer.Ordinal)
    {
        ["balancer/challenges-merged"] = "AutoDetect reads the line: check tells it as a remark",
        ["balancer/proxy-shares-connections"] = "shows at a logon",
        ["balancer/proxy-splits-ntlm"] = "shows at a logon",
        ["balancer/renewed-on-balancer-only"] = "channel bindings are compared at a logon",
        ["certificates/default-certificate-without-sni"] = "AutoDetect sends the name: check tells it as a warning",
        ["certificates/generation-y-revoked-cross-sign"] = "AutoDetect checks no revocation: check tells it as a remark and a warning",
        ["mail/connector-certificate-without-client-auth"] = "AutoDetect is not affected: check tells it as a remark and a warning",
        ["exchange/auth-certificate-expired"] = "shows with a token",
        ["exchange/basic-everywhere"] = "from outside it is an organization that wants Basic",
        ["exchange/cloud-answers-for-mailbox-on-premises"] = "Exchange Online's answer is right for another mailbox",
        ["exchange/device-blocked"] = "shows after a logon",
        ["exchange/device-quarantined"] = "shows after a logon",
        ["exchange/mailbox-moved"] = "shows after a logon",
        ["exchange/modern-authentication-blocked-for-one-user"] = "shows with a token",
        ["exchange/old-server-holds-the-mailbox"] = "shows with a token",
        ["exchange/one-user-blocked"] = "shows after a logon",
        ["exchange/principal-missing"] = "shows when a token is asked for",
        ["exchange/root-updates-disabled"] = "shows with a token",
        ["exchange/signing-keys-stale"] = "shows with a token",
        ["exchange/stale-device-locks-account"] = "shows at a logon",
        ["exchange/url-rewrite-raw-address"] = "meets callers alone that write @, and AutoDetect writes %40",
        ["exchange/user-agent-blocked"] = "meets one User-Agent alone",
        ["network/autodetect-host-retired"] = "a fault of AutoDetect's own name",
        ["network/autodetect-new-host-unknown"] = "a fault of AutoDetect's own name",
        ["network/broken-ipv6-address"] = "AutoDetect goes on over IPv4, and so does check",
        ["network/ipv6-half-disabled"] = "AutoDetect goes on over IPv4, and so does check",
        ["network/ipv6-refused"] = "AutoDetect goes on over IPv4, and so does check",
        ["network/slow-name-server"] = "the answers come, if late",
        ["service/instance-unavailable"] = "a fault of AutoDetect itself",
        ["service/stale-cache-after-migration"] = "a fault of AutoDetect's cache",
        ["service/stale-provider-after-migration"] = "a fault of AutoDetect's database",
        ["service/still-searching"] = "a fault of AutoDetect itself",
    };

    /// <summary>Worlds that lack AutoDiscover V2 also without their fault: AutoDetect finds the account over autodiscover.xml, which check does not ask.</summary>
    private static readonly string[] WithoutV2 = ["exchange/autodiscover-xml-lower-case", "exchange/autodiscover-xml-one-namespace"];

    /// <summary>Hosts other than autodiscover. of the domain at which a fault shows.</summary>
    private static readonly Dictionary<string, string> Hosts = new(StringComparer.Ordinal)
    {
        ["exchange/cloud-redirects-to-itself"] = "outlook.office365.com",
        ["network/web-site-at-the-apex"] = "contoso.com",
    };

    /// <summary>Mail servers at which a fault shows, and at no port for HTTPS; those whose port begins without TLS are asked with STARTTLS.</summary>
    private static readonly Dictionary<string, (string Host, int Port, MailProtocol? StartTls)> MailServers = new(StringComparer.Ordinal)
    {
        ["mail/imap-certificate-without-intermediate"] = ("mail.contoso.com", 143, MailProtocol.Imap),
        ["mail/smtp-server-without-intermediate"] = ("smtp.fabrikam.com", 587, MailProtocol.Smtp),
    };

    /// <summary>Faults that callers from other networks than AutoDetect's do not meet.</summary>
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["network/firewall-forgets-autodetect"] = "52.125.128.7",
        ["network/firewall-forgets-one-range"] = "52.127.96.7",
        ["network/firewall-rejects"] = "52.125.128.7",
        ["network/activesync-blocked-autodiscover-open"] = "52.125.128.7",
        ["network/autodiscover-blocked-activesync-open"] = "52.125.128.7",
    };

    /// <summary>Worlds without a server of the customer: there is nothing to look at.</summary>
    private static readonly string[] WithoutHost = ["service/insecure-mail-server", "service/mx-answers-late", "service/mx-at-google", "service/office365-without-rest", "service/outlook-com", "service/poisoned-domain", "service/unknown-domain"];

    public static TheoryData<string> Themes => [.. Directory.EnumerateDirectories(Tool.Scenario(".")).Select(folder => Path.GetFileName(folder)).Where(name => name != "lessons"), "*.yaml"];

    [Theory]
    [MemberData(nameof(Themes))]
    public async Task No_fault_that_shows_from_outside_is_called_healthy_and_all_is_healthy_without_it(string theme)
    {
        var mistakes = new ConcurrentBag<string>();
        var files = theme == "*.yaml" ? Directory.GetFiles(Tool.Scenario("."), theme) : Directory.GetFiles(Tool.Scenario(theme), "*.yaml");
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (file, cancellationToken) =>
        {
            var name = theme == "*.yaml" ? Path.GetFileNameWithoutExtension(file) : $"{theme}/{Path.GetFileNameWithoutExtension(file)}";
            if (WithoutHost.Contains(name, StringComparer.Ordinal))
            {
                return;
            }

            var scenario = ScenarioLoader.Load(file).Scenario!;
            await using var lab = await Lab.StartAsync(scenario, cancellationToken: cancellationToken);
            if (scenario.Fault is null)
            {
                await HoldAsync(lab, name, isFaulty: false, mistakes);
                return;
            }

            await HoldAsync(lab, name, isFaulty: !NotSeenFromOutside.ContainsKey(name), mistakes);
            await lab.ChangeAsync(scenario.WithoutFault(), cancellationToken);
            await HoldAsync(lab, name + ", repaired", isFaulty: WithoutV2.Contains(name, StringComparer.Ordinal), mistakes);
        });

        Assert.True(mistakes.IsEmpty, string.Join(Environment.NewLine, mistakes));
    }

    [Fact]
    public void The_exceptions_are_scenarios_of_the_library() =>
        Assert.All(NotSeenFromOutside.Keys.Concat(Hosts.Keys).Concat(Sources.Keys).Concat(WithoutHost).Concat(WithoutV2).Concat(MailServers.Keys), name => Assert.True(File.Exists(Tool.Scenario(name + ".yaml")), name));

    private static async Task HoldAsync(Lab lab, string name, bool isFaulty, ConcurrentBag<string> mistakes)
    {
        var key = name.Split(',')[0];
        var verdicts = new List<string>();
        foreach (var email in lab.Scenario.Expect.Select(expectation => expectation.Detect).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var environment = LabEnvironment.Of(lab) with { Timeout = isFaulty ? Impatience : Patience };
            var request = MailServers.TryGetValue(key, out var mail) ? new CheckRequest { Host = mail.Host, Port = mail.Port, StartTls = mail.StartTls } : new CheckRequest
            {
                Host = Hosts.GetValueOrDefault(key) ?? "autodiscover." + email[(email.LastIndexOf('@') + 1)..],
                Email = email,
                Sources = Sources.TryGetValue(key, out var source) ? [IPAddress.Parse(source)] : [],
            };
            var result = await new CheckRunner(environment).RunAsync(request, progress: null, TestContext.Current.CancellationToken);
            var faults = result.Hosts.SelectMany(host => host.FaultyNodes.SelectMany(node => node.Faults).Concat(host.Errors.Keys)).Distinct(StringComparer.Ordinal);
            verdicts.Add($"{result.Verdict} ({string.Join(", ", faults)})");
        }

        if (isFaulty ? verdicts.TrueForAll(IsHealthy) : !verdicts.TrueForAll(IsHealthy))
        {
            mistakes.Add($"{name}: {string.Join("; ", verdicts)}");
        }
    }

    /// <summary>One source address cannot tell whether a balancer is sticky, and that is no mistake.</summary>
    private static bool IsHealthy(string verdict) =>
        verdict.StartsWith(nameof(Verdict.Healthy), StringComparison.Ordinal) || verdict == $"{nameof(Verdict.NotEnoughProbes)} ()";
}
