using System.Text.Json;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>JSON of sslyze 2 to 6 (--json_out): every certificate deployment of every server, the verdict of the trust stores, versions, errors.</summary>
internal static class SslyzeForm
{
    private static readonly (string New, string Old, string Version)[] Commands =
    [
        ("tls_1_0_cipher_suites", "tlsv1", "1.0"), ("tls_1_1_cipher_suites", "tlsv1_1", "1.1"), ("tls_1_2_cipher_suites", "tlsv1_2", "1.2"), ("tls_1_3_cipher_suites", "tlsv1_3", "1.3"),
    ];

    public static bool IsLike(JsonElement root) => root.Find("server_scan_results") is { ValueKind: JsonValueKind.Array } || root.Find("accepted_targets") is { ValueKind: JsonValueKind.Array };

    public static IEnumerable<EvidenceCall> Read(JsonElement root, int line)
    {
        var at = EvidenceTime.Parse(root.FindText("date_scans_completed") ?? root.FindText("date_scans_started"));
        foreach (var server in root.FindItems("server_scan_results").Concat(root.FindItems("accepted_targets")))
        {
            foreach (var call in ReadServer(server, line))
            {
                yield return call with { At = at, AtBasis = at is null ? null : "date_scans_completed" };
            }
        }

        foreach (var error in root.FindItems("server_connectivity_errors").Concat(root.FindItems("invalid_server_strings")).Concat(root.FindItems("invalid_targets")))
        {
            var (host, port) = CommandLine.Target(error.FindText("server_string"));
            var words = error.FindText("error_message") ?? "";
            if (host is not null && HandshakeFailures.Find(words, line, isDone: false) is { } failure)
            {
                yield return new EvidenceCall { Form = "sslyze", Line = line, Host = host, Port = port, SendsServerName = true, Failure = failure, At = at, AtBasis = at is null ? null : "date_scans_completed" };
            }
        }
    }

    private static IEnumerable<EvidenceCall> ReadServer(JsonElement server, int line)
    {
        // 5 and 6: server_location beside scan_result; 3 and 4: below server_info; 2: server_info itself.
        var location = server.Find("server_location") ?? server.Find("server_info", "server_location") ?? server.Find("server_info") ?? server;
        var network = server.Find("network_configuration") ?? server.Find("server_info", "network_configuration") ?? location;
        var probing = server.Find("connectivity_result") ?? server.Find("server_info", "tls_probing_result") ?? location;
        var protocol = network.FindText("tls_opportunistic_encryption") ?? location.FindText("tls_wrapped_protocol") ?? location.FindText("tls_opportunistic_encryption");
        var call = new EvidenceCall
        {
            Form = "sslyze",
            Line = line,
            Host = CommandLine.Target(location.FindText("hostname")).Host,
            Port = location.FindNumber("port"),
            ServerName = CommandLine.Target(network.FindText("tls_server_name_indication")).Host,
            SendsServerName = true,
            Protocol = protocol is null or "HTTPS" or "PLAIN_TLS" or "0" ? null : protocol.Replace("STARTTLS_", "", StringComparison.Ordinal).ToLowerInvariant(),
            DemandsClientCertificate = probing.FindText("client_auth_requirement") is "REQUIRED" || server.FindText("scan_result", "certificate_info", "error_reason") is "CLIENT_CERTIFICATE_NEEDED",
            TlsVersions = Accepted(server, probing),
            Remarks = probing.FindText("client_auth_requirement") is "OPTIONAL" ? ["the server asks for a client certificate, and goes on without one"] : [],
        };
        var count = 0;
        foreach (var deployment in Deployments(server))
        {
            if (Deployment(deployment, line) is { Sent.Count: > 0 } found)
            {
                count++;
                yield return call with
                {
                    Sent = found.Sent,
                    Verdict = found.Verdict,
                    Remarks = count > 1 ? [.. call.Remarks, "the server has several certificates; which one a client gets depends on what it offers"] : call.Remarks,
                };
            }
        }

        if (count == 0 && call.DemandsClientCertificate)
        {
            yield return call;
        }
        else if (count == 0 && Failure(server, line) is { } failure)
        {
            yield return call with { Failure = failure };
        }
    }

    private static IEnumerable<JsonElement> Deployments(JsonElement server)
    {
        var info = server.Find("scan_result", "certificate_info", "result") ?? server.Find("scan_commands_results", "certificate_info");
        if (info is { } found)
        {
            return found.FindItems("certificate_deployments");
        }

        return server.Find("commands_results", "certinfo") is { } old ? old.Find("certificate_deployments") is not null ? old.FindItems("certificate_deployments") : [old] : [];
    }

    private static (IReadOnlyList<SentCertificate> Sent, EvidenceVerdict? Verdict) Deployment(JsonElement deployment, int line)
    {
        var chain = deployment.Find("received_certificate_chain") is { ValueKind: JsonValueKind.Array } ? deployment.FindItems("received_certificate_chain") : deployment.FindItems("certificate_chain");
        var sent = chain.Select(certificate => certificate.FindText("as_pem")).OfType<string>().SelectMany(pem => PemReader.Read(pem, line).Take(1)).Select(SentCertificate.Of).ToList();
        return (sent, Verdict(deployment, line));
    }

    /// <summary>AutoDetect trusts what Mozilla does; where that store was not asked, all of them count.</summary>
    private static EvidenceVerdict? Verdict(JsonElement deployment, int line)
    {
        var results = deployment.FindItems("path_validation_results").Concat(deployment.FindItems("path_validation_result_list"))
            .Select(result => (
                Store: result.FindText("trust_store", "name") ?? "",
                Passed: (result.Find("was_validation_successful") ?? result.Find("is_certificate_trusted")) is { ValueKind: JsonValueKind.True } || result.FindText("verify_string") is "ok",
                Error: result.FindText("validation_error") ?? result.FindText("openssl_error_string") ?? result.FindText("verify_string") ?? ""))
            .ToList();
        if (results.Count == 0)
        {
            return deployment.Find("verified_certificate_chain") is { ValueKind: JsonValueKind.Array } ? VerdictCodes.Of(0, "verified_certificate_chain", line) : null;
        }

        var one = results.Find(result => result.Store.StartsWith("Mozilla", StringComparison.OrdinalIgnoreCase));
        one = one.Store is null ? results.TrueForAll(result => result.Passed) ? results[0] : results.Find(result => !result.Passed) : one;
        var words = $"path_validation_results, {one.Store}: {(one.Passed ? "successful" : one.Error.Length > 100 ? one.Error[..100] + "..." : one.Error)}";
        if (one.Passed)
        {
            return VerdictCodes.Of(0, words, line);
        }

        var code = VerdictCodes.Find(one.Error);
        return code is > 0
            ? VerdictCodes.Of(code.Value, words, line) with { ReachedAnchor = code is 18 or 19 or 20 ? false : null }
            : new EvidenceVerdict { Passed = false, Words = words, Line = line, ReachedAnchor = one.Error.Contains("candidates exhausted", StringComparison.Ordinal) ? false : null };
    }

    private static List<string> Accepted(JsonElement server, JsonElement probing)
    {
        var known = Commands
            .Select(command => (command.Version, Result: server.Find("scan_result", command.New, "result") ?? server.Find("scan_commands_results", command.New) ?? server.Find("commands_results", command.Old)))
            .Where(command => command.Result is { ValueKind: JsonValueKind.Object })
            .ToList();
        if (known.Count >= 3)
        {
            return [.. known.Where(command => IsAccepted(command.Result!.Value)).Select(command => command.Version)];
        }

        return (probing.FindText("highest_tls_version_supported") ?? probing.FindText("highest_ssl_version_supported")) switch
        {
            "TLS_1_0" or "TLSV1" => ["1.0"],
            "TLS_1_1" or "TLSV1_1" => ["1.0", "1.1"],
            _ => [],
        };
    }

    private static bool IsAccepted(JsonElement result) =>
        result.Find("is_tls_version_supported") is { } said
            ? said.ValueKind == JsonValueKind.True
            : result.FindItems("accepted_cipher_suites").Concat(result.FindItems("accepted_cipher_list")).Any();

    private static CallFailure? Failure(JsonElement server, int line)
    {
        var trace = server.FindText("connectivity_error_trace") ?? server.FindText("scan_result", "certificate_info", "error_trace");
        if (trace is null)
        {
            return null;
        }

        var lines = trace.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var last = lines.LastOrDefault() ?? "";
        var told = lines.Reverse().Select(words => HandshakeFailures.Find(words, line, isDone: false)).FirstOrDefault(known => known is not null);
        return told ?? new CallFailure(NodeErrors.ProtocolError, TransportFault.Alert, last, line)
        {
            Alert = "handshake_failure",
            Deviation = $"line {line}: sslyze does not say how the handshake failed; an alert is assumed",
        };
    }
}
