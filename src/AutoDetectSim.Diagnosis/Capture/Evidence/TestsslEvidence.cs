using System.Globalization;
using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>
/// JSON of testssl.sh, flat (--jsonfile) or pretty (--jsonfile-pretty). Version 3.0 writes the server's own certificate and the number that was
/// sent; 3.2 writes the intermediates as well.
/// </summary>
internal static class TestsslEvidence
{
    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["TLS1"] = "1.0",
        ["TLS1_1"] = "1.1",
        ["TLS1_2"] = "1.2",
        ["TLS1_3"] = "1.3",
    };

    public static bool IsLike(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray().Take(50).Any(element => Text(element, "id") is not null && Text(element, "finding") is not null),
        JsonValueKind.Object => root.TryGetProperty("scanResult", out var results) && results.ValueKind == JsonValueKind.Array,
        _ => false,
    };

    public static IReadOnlyList<CapturedConnection> Parse(JsonElement root)
    {
        var findings = new List<Finding>();
        if (root.ValueKind == JsonValueKind.Array)
        {
            findings.AddRange(root.EnumerateArray().Select(element => Read(element, Text(element, "ip"), Text(element, "port"))).OfType<Finding>());
        }
        else
        {
            foreach (var result in root.GetProperty("scanResult").EnumerateArray().Where(result => result.ValueKind == JsonValueKind.Object))
            {
                var target = $"{Text(result, "targetHost")}/{Text(result, "ip")}";
                findings.AddRange(result.EnumerateObject()
                    .Where(section => section.Value.ValueKind == JsonValueKind.Array)
                    .SelectMany(section => section.Value.EnumerateArray())
                    .Select(element => Read(element, target, Text(result, "port")))
                    .OfType<Finding>());
            }
        }

        // Several addresses of one name are several servers.
        return [.. findings.GroupBy(finding => (finding.Target, finding.Port)).Select(group => ToConnection(group.Key.Target, group.Key.Port, [.. group])).OfType<CapturedConnection>()];
    }

    private static CapturedConnection? ToConnection(string? target, string? port, List<Finding> findings)
    {
        var certificates = findings.Where(finding => finding.Id is "cert" || finding.Id.StartsWith("cert ", StringComparison.Ordinal))
            .Take(1)
            .Concat(findings.Where(finding => finding.Id.StartsWith("intermediate_cert <", StringComparison.Ordinal)))
            .SelectMany(finding => PemEvidence.Certificates(Unfold(finding.Value)))
            .ToList();
        if (certificates.Count == 0)
        {
            return null;
        }

        var sent = Number(findings, "certs_countServer");
        var trust = findings.FirstOrDefault(finding => finding.Id.StartsWith("cert_chain_of_trust", StringComparison.Ordinal))?.Value;
        return new CapturedConnection
        {
            Host = target?.Split('/')[0] is { Length: > 0 } host ? host : null,
            Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number : 443,
            Presented = certificates,
            UnseenCertificates = Math.Clamp((sent ?? 0) - certificates.Count, 0, 20),
            ReachedAnchor = trust switch
            {
                null => null,
                _ when trust.StartsWith("passed", StringComparison.OrdinalIgnoreCase) => true,
                _ when trust.Contains("chain incomplete", StringComparison.OrdinalIgnoreCase) => null,
                _ => false,
            },
            TlsVersions = [.. findings.Where(finding => Versions.ContainsKey(finding.Id) && finding.Value.StartsWith("offered", StringComparison.Ordinal)).Select(finding => Versions[finding.Id]).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>Line ends are blanks in these files: what stands between the two fence lines is base64 with blanks in it.</summary>
    private static string Unfold(string pem) => pem
        .Replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n", StringComparison.Ordinal)
        .Replace("-----END CERTIFICATE-----", "\n-----END CERTIFICATE-----\n", StringComparison.Ordinal);

    private static int? Number(List<Finding> findings, string id) =>
        findings.FirstOrDefault(finding => string.Equals(finding.Id, id, StringComparison.Ordinal)) is { } found && int.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Finding? Read(JsonElement element, string? target, string? port) =>
        Text(element, "id") is { } id && Text(element, "finding") is { } finding ? new Finding(target, port, id, finding) : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Finding(string? Target, string? Port, string Id, string Value);
}
