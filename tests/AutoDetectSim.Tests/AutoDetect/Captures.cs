using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>What AutoDetect's database held on the days of the captures.</summary>
internal static class Captures
{
    /// <summary>[CAP2025]: example.com pointed at servers of a stranger.</summary>
    public static AutoDetectDefinition ExampleCom { get; } = new()
    {
        Instances = [new AutoDetectInstanceDefinition { Name = "autodetect-deployment-76fffc487d-wfs4b" }],
        Providers =
        [
            new ProviderRecordDefinition
            {
                Name = "seeatest",
                Protocols =
                [
                    new ProtocolRecordDefinition { Protocol = "smtp", Hostname = "smtpgms.jnet.sei.co.jp", Port = 465 },
                    new ProtocolRecordDefinition { Protocol = "imap", Hostname = "imapgms.jnet.sei.co.jp", Port = 993 },
                ],
                CreatedAt = "2020-02-03T05:31:23.2980248",
                UpdatedAt = "2020-02-03T09:12:59.024587",
            },
        ],
        Domains = [new DomainRecordDefinition { Name = "example.com", ProviderId = "seeatest" }],
    };

    /// <summary>[CAP2025]: neither Exchange Online nor DNS knew example.com, and the search took 3472 ms.</summary>
    public static FakeNetwork WithoutExampleCom() => new FakeNetwork()
        .Host("outlook.office365.com", request => Reply.Redirect(request.Uri.OriginalString) with { Elapsed = TimeSpan.FromMilliseconds(3000) })
        .Host("autodiscover.example.com", Reply.Failed("ENOTFOUND") with { Elapsed = TimeSpan.FromMilliseconds(472) });
}
