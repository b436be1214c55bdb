using System.Buffers.Binary;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Protocols.Aia;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Certificates that a server sends, and those that stand at URLs in them.</summary>
internal static class CertificateTargets
{
    /// <summary>A certificate whose serial number is on the sample list, and whose subject is the list's issuer.</summary>
    private static readonly DecodedCertificate Leaf = DecodedCertificate.TryDecode(Convert.FromBase64String("MIIBfTCCASSgAwIBAgICSgswCgYIKoZIzj0EAwIwLjEWMBQGA1UECgwNQXV0b0RldGVjdFNpbTEUMBIGA1UEAwwLTGFiIFJvb3QgWDEwHhcNMjYxMTMwMjA0NTQzWhcNMzYxMTI3MjA0NTQzWjAuMRYwFAYDVQQKDA1BdXRvRGV0ZWN0U2ltMRQwEgYDVQQDDAtMYWIgUm9vdCBYMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMCuTjc5I8A/UT3X2/G0fatpYUn2Ye6tT9mZnRGRCaJ7h6yiuXsVNkGP2B7B4tG5qP1hgs1f7BdzLyxVM8sz3zCjMjAwMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFG0IjfWe5YaFm2BU55k8rGbsnrV+MAoGCCqGSM49BAMCA0cAMEQCIEiaJkjS/kGhZLo6yqHRDglrWNHlZTEyFEFhpMRkOzD+AiA2xxv9SxjtGbopJblGDJs+OuFCd2ke4VkGZvIuYG7iog=="), out _, out _)!;

    /// <summary>The input is a Certificate message's list: three bytes of length before each certificate.</summary>
    public static void Judge(ReadOnlySpan<byte> input)
    {
        var presented = new List<ReadOnlyMemory<byte>>();
        while (input.Length >= 3)
        {
            var length = Math.Min((input[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(input[1..]), input.Length - 3);
            presented.Add(input.Slice(3, length).ToArray());
            input = input[(3 + length)..];
        }

        // The certificates that decode are also the anchors: the search of the trust list is fuzzed as well.
        var anchors = TrustAnchors.FromPem(presented.Select(static der => PemEncoding.WriteString("CERTIFICATE", der.Span)));
        var result = new StrictPathValidator(cacheSize: 0).Validate(presented, anchors, "mail.contoso.com", DateTimeOffset.UnixEpoch.AddYears(56));
        _ = result.Explanation.Length + result.ChainIssues.Count + result.Path.Count + result.Presented.Count;
    }

    public static void Revocation(ReadOnlySpan<byte> input)
    {
        if (RevocationList.TryDecode(input.ToArray()) is { } list)
        {
            _ = list.Issuer.ToString() + list.NextUpdate;
            if (list.TryFind(Leaf, out var entry) && entry.Reason is { Length: 0 })
            {
                throw new FuzzException("A reason without a word was found.");
            }

            if (list.IsSignedBy(Leaf))
            {
                throw new FuzzException("A server's certificate has signed a list.");
            }
        }
    }

    public static void Download(ReadOnlySpan<byte> input)
    {
        foreach (var certificate in AiaContent.Read(input.ToArray()))
        {
            if (certificate.IsEmpty)
            {
                throw new FuzzException("An empty certificate was found.");
            }
        }
    }
}
