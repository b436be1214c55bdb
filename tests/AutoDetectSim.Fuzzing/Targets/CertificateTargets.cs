using System.Buffers.Binary;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Aia;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Certificates that a server sends, and those that stand at URLs in them.</summary>
internal static class CertificateTargets
{
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
