using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>Turns OpenSSL's results, as numbers or as words of any version, into verdicts.</summary>
internal static class VerdictCodes
{
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    private const string Locally = "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";

    private static readonly (string Words, int Code)[] Words =
    [
        ("unable to verify the first certificate", 21),
        ("unable to verify leaf signature", 21),
        ("unable to get local issuer certificate", 20),
        ("unable to get issuer certificate", 2),
        ("self-signed certificate in certificate chain", 19),
        ("self signed certificate in certificate chain", 19),
        ("self-signed certificate", 18),
        ("self signed certificate", 18),
        ("certificate has expired", 10),
        ("certificate is not yet valid", 9),
        ("certificate signature failure", 7),
        ("hostname mismatch", 62),
        ("unsupported certificate purpose", 26),
        ("unsuitable certificate purpose", 26),
        ("invalid ca certificate", 79),
        ("path length constraint exceeded", 25),
        ("ee certificate key too weak", 66),
        ("ca certificate key too weak", 67),
        ("ca signature digest algorithm too weak", 68),
        ("certificate not trusted", 27),
        ("certificate revoked", 23),
        ("permitted subtree violation", 47),
        ("excluded subtree violation", 48),
    ];

    /// <summary>A verdict for a number of OpenSSL (X509_V_ERR_*).</summary>
    public static EvidenceVerdict Of(int code, string words, int line, bool hasOwnTrust = false) => new()
    {
        Passed = code == 0,
        Codes = code == 0 ? [] : Nodes(code),
        Words = words,
        Line = line,
        HasOwnTrust = hasOwnTrust,
        ReachedAnchor = code switch
        {
            0 => true,
            2 or 18 or 19 or 20 or 27 => false,
            _ => null,
        },
    };

    /// <summary>The number that OpenSSL's words stand for, or null.</summary>
    public static int? Find(string words)
    {
        if (words.Trim().TrimEnd('.').EndsWith(NodeErrors.Ok, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        foreach (var (known, code) in Words)
        {
            if (words.Contains(known, StringComparison.OrdinalIgnoreCase))
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>Codes of Node.js for a number. Programs that stop at the first error say 20 where Node.js, which goes on, says 21.</summary>
    private static IReadOnlyList<string> Nodes(int code) => code switch
    {
        20 or 27 => [Locally, LeafSignature, "UNABLE_TO_GET_ISSUER_CERT"],
        21 => [LeafSignature],
        24 => ["INVALID_CA", "INVALID_PURPOSE", "UNSPECIFIED"],
        62 => ["ERR_TLS_CERT_ALTNAME_INVALID"],
        _ when Enum.IsDefined((ValidationCode)code) => [((ValidationCode)code).NodeName()],
        _ => ["UNSPECIFIED", string.Create(CultureInfo.InvariantCulture, $"{code}")],
    };
}
