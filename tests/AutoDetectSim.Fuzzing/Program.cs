using System.Buffers.Binary;
using AutoDetectSim.Certificates.Validation;
using SharpFuzz;

// The input is a Certificate message's list: three bytes of length before each certificate. Files that are named are
// replayed; without any, libFuzzer drives (instrument AutoDetectSim.Certificates.dll with `sharpfuzz` first).
if (args.Length > 0)
{
    foreach (var file in args)
    {
        Judge(File.ReadAllBytes(file));
    }

    return;
}

Fuzzer.LibFuzzer.Run(Judge);

static void Judge(ReadOnlySpan<byte> input)
{
    var presented = new List<ReadOnlyMemory<byte>>();
    while (input.Length >= 3)
    {
        var length = Math.Min((input[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(input[1..]), input.Length - 3);
        presented.Add(input.Slice(3, length).ToArray());
        input = input[(3 + length)..];
    }

    // The certificates that decode are also the anchors, so that the search of the trust list is fuzzed as well.
    var anchors = TrustAnchors.FromPem(presented.Select(static p => System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", p.Span)));
    var result = new StrictPathValidator(cacheSize: 0).Validate(presented, anchors, "mail.contoso.com", DateTimeOffset.UnixEpoch.AddYears(56));
    _ = result.Explanation.Length + result.ChainIssues.Count + result.Path.Count + result.Presented.Count;
}
