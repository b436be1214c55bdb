using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Hosts;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Cli.Verify;

/// <summary>All that is wrong with presented certificates, in plain words; what the verdict is about comes first.</summary>
internal static class Findings
{
    /// <summary>The findings, a sentence each.</summary>
    public static IReadOnlyList<string> Of(ValidationResult result, IReadOnlyList<ReadOnlyMemory<byte>> presented, ChainOrder? order, string? host, DateTimeOffset at)
    {
        var found = new List<string>();
        var faults = ChainFaults.Find(result, presented, ChainCompletion.Unknown);
        found.AddRange(faults.Select(FaultNames.Words));
        if (order is { IsUpsideDown: true })
        {
            found.Add("your file is upside down: the server's own certificate comes last");
        }
        else if (order is { IsRight: false } && order.Places[0] != 0)
        {
            found.Add("the server's own certificate does not come first");
        }

        if (host is not null && presented.Count > 0 && DecodedCertificate.TryDecode(order?.Right[0] ?? presented[0], out _, out _) is { } own && !ServerIdentity.Matches(own, host))
        {
            found.Add($"the certificate is not for {host}");
            found.Remove(FaultNames.Words(FaultNames.NameMismatch));
        }

        foreach (var certificate in result.Presented)
        {
            if (certificate.NotAfter < at)
            {
                found.Add($"{certificate.Subject} has expired ({certificate.NotAfter:yyyy-MM-dd})");
            }
            else if (certificate.NotBefore > at)
            {
                found.Add($"{certificate.Subject} is not valid before {certificate.NotBefore:yyyy-MM-dd}");
            }
        }

        found.AddRange(ChainFaults.Remarks(result, presented).Where(remark => !faults.Contains(remark, StringComparer.Ordinal)).Select(FaultNames.Words));
        return [.. found.Distinct(StringComparer.Ordinal)];
    }
}
