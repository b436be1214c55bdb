using System.Security.Cryptography;
using System.Text.Json;

namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>A presented chain, a trust list and a host, to be judged twice.</summary>
internal sealed record GeneratedCase(string Class, string Note, IReadOnlyList<byte[]> Presented, IReadOnlyList<string> Roots, string Host, TestKey ServerKey)
{
    /// <summary>The case as a line for <c>autodetectsim verify --batch</c>.</summary>
    public string ToJson(DateTimeOffset at) => JsonSerializer.Serialize(new
    {
        id = $"{Class}: {Note}",
        presented = Presented.Select(p => PemEncoding.WriteString("CERTIFICATE", p)),
        roots = Roots,
        host = Host,
        at,
    });
}
