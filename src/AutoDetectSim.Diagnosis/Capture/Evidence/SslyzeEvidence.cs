using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>JSON of sslyze 5 and 6 (--json_out): every certificate deployment of every server that was scanned.</summary>
internal static class SslyzeEvidence
{
    private static readonly (string Command, string Version)[] Versions =
    [
        ("tls_1_0_cipher_suites", "1.0"), ("tls_1_1_cipher_suites", "1.1"), ("tls_1_2_cipher_suites", "1.2"), ("tls_1_3_cipher_suites", "1.3"),
    ];

    public static bool IsLike(JsonElement root) => root.Find("server_scan_results") is { ValueKind: JsonValueKind.Array };

    public static IReadOnlyList<CapturedConnection> Parse(JsonElement root) =>
        [.. root.GetProperty("server_scan_results").EnumerateArray().SelectMany(ParseServer)];

    private static IEnumerable<CapturedConnection> ParseServer(JsonElement server)
    {
        if (server.Find("scan_result", "certificate_info", "result", "certificate_deployments") is not { ValueKind: JsonValueKind.Array } deployments)
        {
            yield break;
        }

        var host = server.Find("server_location", "hostname");
        var port = server.Find("server_location", "port");
        foreach (var deployment in deployments.EnumerateArray())
        {
            if (deployment.Find("received_certificate_chain") is not { ValueKind: JsonValueKind.Array } chain)
            {
                continue;
            }

            var certificates = chain.EnumerateArray()
                .Select(certificate => certificate.Find("as_pem"))
                .Where(pem => pem is { ValueKind: JsonValueKind.String })
                .SelectMany(pem => PemEvidence.Certificates(pem!.Value.GetString()))
                .ToList();
            if (certificates.Count > 0)
            {
                yield return new CapturedConnection
                {
                    Host = host is { ValueKind: JsonValueKind.String } ? host.Value.GetString() : null,
                    Port = port is { ValueKind: JsonValueKind.Number } && port.Value.TryGetInt32(out var number) && number is > 0 and < 65536 ? number : 443,
                    Presented = certificates,
                    ReachedAnchor = deployment.Find("verified_certificate_chain") is { ValueKind: JsonValueKind.Array } ? true : null,
                    TlsVersions = [.. Versions.Where(version => server.Find("scan_result", version.Command, "result", "is_tls_version_supported") is { ValueKind: JsonValueKind.True }).Select(version => version.Version)],
                };
            }
        }
    }
}
