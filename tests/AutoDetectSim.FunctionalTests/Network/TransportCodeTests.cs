using System.Text;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>Faults of the transport ([NODE20]): what Node reports of the lab, what AutoDetect's client reports, and what a detection says are one code.</summary>
[Trait("Needs", "tools")]
public sealed class TransportCodeTests
{
    private static readonly (string Name, string Settings, string Code)[] Rows =
    [
        ("healthy", "", "none"),
        ("tls10", "tlsVersions: ['1.0']", "EPROTO"),
        ("tls11", "tlsVersions: ['1.1']", "EPROTO"),
        ("clientcert12", "clientCertificate: true, tlsVersions: ['1.2']", "EPROTO"),
        ("clientcert13", "clientCertificate: true", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"),
        ("plainhttp", "fault: plainHttp", "EPROTO"),
        ("alert", "fault: alert, alert: handshake_failure", "EPROTO"),
        ("alertname", "fault: alert, alert: unrecognized_name", "EPROTO"),
        ("reset", "fault: reset", "ECONNRESET"),
        ("closed", "fault: closed", "ECONNRESET"),
        ("truncated", "fault: truncatedHandshake", "ECONNRESET"),
        ("resetanswer", "fault: resetAnswer", "ECONNRESET"),
        ("truncatedanswer", "fault: truncatedAnswer", "ECONNRESET"),
        ("nothttp", "fault: notHttp", "HPE_INVALID_CONSTANT"),
        ("malformedstatus", "fault: malformedStatus", "HPE_INVALID_STATUS"),
        ("malformedheader", "fault: malformedHeader", "HPE_INVALID_HEADER_TOKEN"),
        ("barelinefeeds", "fault: bareLineFeeds", "HPE_CR_EXPECTED"),
        ("oversizedhead", "fault: oversizedHead", "HPE_HEADER_OVERFLOW"),
        ("duplicatelength", "fault: duplicateLength", "HPE_UNEXPECTED_CONTENT_LENGTH"),
        ("lengthandchunks", "fault: lengthAndChunks", "HPE_INVALID_TRANSFER_ENCODING"),
        ("malformedchunk", "fault: malformedChunk", "HPE_INVALID_CHUNK_SIZE"),
        ("trailingdata", "fault: trailingData", "HPE_CLOSED_CONNECTION"),
        ("hangup", "fault: hangUp", "ECONNRESET"),
        ("largehello", "fault: resetLargeHello, helloLimit: 200", "ECONNRESET"),
        ("mlkemhello", "fault: resetMlKemHello", "none"),
        ("splithello", "fault: resetSplitHello", "none"),
        ("silent", "fault: silent", "ETIMEDOUT"),
        ("dropped", "fault: dropped", "ETIMEDOUT"),
        ("noanswer", "fault: noAnswer", "ETIMEDOUT"),
        ("refused", "fault: refused", "ECONNREFUSED"),
        ("down", "up: false", "ECONNREFUSED"),
    ];

    [Fact]
    public async Task Node_the_client_of_AutoDetect_and_a_detection_say_the_same_code_for_every_fault()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario());
        var node = await lab.NodeCodesAsync(Rows.Select(row => ($"autodiscover.{row.Name}.test", lab.VirtualIp(row.Name))));
        var said = new List<(string Name, string Node, string Client, string Detection)>();
        foreach (var row in Rows)
        {
            var exchange = await lab.GetAsync($"https://autodiscover.{row.Name}.test/autodiscover/healthcheck.htm");
            var detection = await lab.DetectAsync($"your@{row.Name}.test");
            said.Add((row.Name, node[$"autodiscover.{row.Name}.test"], exchange.Error?.Code ?? "none", detection.Errors.Keys.SingleOrDefault("none")));
        }

        Assert.Equal(Rows.Select(row => (row.Name, row.Code, row.Code, row.Code)), said);
    }

    private static string Scenario()
    {
        var yaml = new StringBuilder("organizations:\n");
        foreach (var row in Rows)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {row.Name}: {{ domains: [{row.Name}.test] }}\n");
        }

        yaml.Append("loadBalancers:\n");
        foreach (var row in Rows)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {row.Name}:\n    hosts: [autodiscover.{row.Name}.test, mail.{row.Name}.test]\n    nodes: [{{ name: {row.Name}01{(row.Settings.Length > 0 ? ", " : "")}{row.Settings} }}]\n");
        }

        return yaml.ToString();
    }
}
