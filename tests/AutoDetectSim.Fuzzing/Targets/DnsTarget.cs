using ARSoft.Tools.Net.Dns;
using AutoDetectSim.Hosting;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Queries to the lab's DNS server. Bytes that are not a message end within the library, which has no specific exception for them.</summary>
internal static class DnsTarget
{
    private const string Zone = """
        dns:
          contoso.com: { MX: ["20 backup.contoso.com", "10 mail.contoso.com"], TXT: ["v=spf1 mx -all"] }
          _autodiscover._tcp.contoso.com: { SRV: ["0 0 443 mail.contoso.com"] }
          mail.contoso.com: { A: ["203.0.113.10"], AAAA: ["2001:db8::10"] }
          owa.contoso.com: { CNAME: [mail.contoso.com] }
          broken.contoso.com: { SERVFAIL: [] }
          slow.contoso.com: { A: ["203.0.113.99"], DELAY: [700ms] }
        """;

    private static readonly Lazy<DnsAnswers> Answers = new(() =>
        new DnsAnswers(DnsZone.Create(ScenarioLoader.Parse(Zone, "zone.yaml", baseDirectory: null).Scenario!, []), new LoopbackPlan(null)));

    public static void Answer(ReadOnlySpan<byte> input)
    {
        DnsMessage query;
        try
        {
            query = DnsMessage.Parse(input.ToArray());
        }
        catch (Exception)
        {
            return;
        }

        var (response, delay) = Answers.Value.Of(query);
        if (delay < TimeSpan.Zero || (response.ReturnCode != ReturnCode.NoError && response.AnswerRecords.Count > 1))
        {
            throw new FuzzException($"{response.ReturnCode} with {response.AnswerRecords.Count} records after {delay}.");
        }
    }
}
