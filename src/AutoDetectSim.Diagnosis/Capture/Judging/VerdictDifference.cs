using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture.Judging;

/// <summary>What can explain that a program and the lab think differently of a chain.</summary>
internal static class VerdictDifference
{
    public static string Explain(EvidenceVerdict verdict, ValidationResult result, EvidenceCall call, CapturedWorld world)
    {
        var day = string.Create(CultureInfo.InvariantCulture, $"{world.At.UtcDateTime:yyyy-MM-dd}");
        if (verdict.Passed)
        {
            return result.NodeCode switch
            {
                "UNABLE_TO_VERIFY_LEAF_SIGNATURE" or "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" or "UNABLE_TO_GET_ISSUER_CERT" when verdict.HasOwnTrust =>
                    "Another trust store: the command names certificates of its own (-CAfile or -CApath), among them an issuer that the server did not send; AutoDetect has none",
                "UNABLE_TO_VERIFY_LEAF_SIGNATURE" or "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" or "UNABLE_TO_GET_ISSUER_CERT" =>
                    "Another trust store: that program had an issuer which the server did not send, from its own store, a cache or a download; AutoDetect has none",
                "SELF_SIGNED_CERT_IN_CHAIN" or "DEPTH_ZERO_SELF_SIGNED_CERT" => "Another trust store: that program trusts this root",
                "CERT_HAS_EXPIRED" or "CERT_NOT_YET_VALID" => $"Another day: the lab judges as of {day}{(call.AtBasis is null ? call.MailedAt is null ? ", when the file was saved" : ", the date of the mail" : $" ({call.AtBasis})")}{Validity(result)}",
                _ => "Programs differ in which keys, hashes and purposes they accept",
            };
        }

        return verdict.Codes switch
        {
            ["CERT_HAS_EXPIRED" or "CERT_NOT_YET_VALID", ..] => $"Another day, or another path: the lab judges as of {day}, and OpenSSL before 1.1 prefers what the server sends to what it trusts",
            ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", ..] or ["SELF_SIGNED_CERT_IN_CHAIN", ..] or ["DEPTH_ZERO_SELF_SIGNED_CERT", ..] =>
                $"Another trust store: that program found no authority that it trusts{(world.Anchors is null ? "" : ", and --ca names other roots")}",
            ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"] => "What is listed as sent would lead on: one certificate may be another one of the same name, or the list belongs to another call",
            ["CERT_SIGNATURE_FAILURE"] => "A signature that does not verify cannot be made again",
            ["UNSPECIFIED", ..] => "That program's security level is stricter than AutoDetect's, or it checks more, such as revocation",
            _ => "The evidence does not say why it failed",
        };
    }

    private static string Validity(ValidationResult result) => result.Depth is { } depth && depth < result.Presented.Count && result.Path.Count > depth
        ? $", and {result.Subject} is not valid then"
        : "";
}
