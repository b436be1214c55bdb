using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>Remarks on chains that AutoDetect accepts, and that fail elsewhere: at clients that check revocation, and as client certificates of connectors.</summary>
internal static class OtherUses
{
    /// <summary>Adds what was found to the chains and nodes of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="revoked">Certificates that were met and have been revoked.</param>
    /// <param name="connectors">Connectors that present the nodes' certificates, by name; null where none are known of.</param>
    /// <param name="asClient">Judges a chain as a client certificate.</param>
    public static HostDiagnosis Remark(HostDiagnosis host, IReadOnlyList<RevokedCertificate> revoked, IReadOnlyList<string>? connectors, Func<ChainGroup, ValidationResult> asClient)
    {
        var onWire = revoked.Where(one => host.Chains.Any(chain => Sends(chain, one))).ToList();
        var chains = host.Chains.Select(chain => chain with { Remarks = [.. chain.Remarks, .. Of(chain)] }).ToList();
        return host with
        {
            Chains = chains,
            Revoked = onWire,
            Connectors = connectors,
            Nodes =
            [
                .. host.Nodes.Select(node => node with
                {
                    Remarks = [.. node.Remarks.Concat(chains.Where(chain => node.Chains.Contains(chain.Label, StringComparer.Ordinal)).SelectMany(chain => chain.Remarks)).Distinct(StringComparer.Ordinal)],
                }),
            ],
        };

        IEnumerable<string> Of(ChainGroup chain)
        {
            if (onWire.Exists(one => Sends(chain, one)))
            {
                yield return FaultNames.RevokedIntermediate;
            }

            if (connectors is not null && chain.Strict.Accepted && asClient(chain).Code == ValidationCode.InvalidPurpose)
            {
                yield return FaultNames.NoClientAuth;
            }
        }
    }

    private static bool Sends(ChainGroup chain, RevokedCertificate revoked) => chain.Presented.Any(der => der.Span.SequenceEqual(revoked.Der.Span));
}
