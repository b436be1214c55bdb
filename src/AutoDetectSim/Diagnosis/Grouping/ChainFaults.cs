using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Diagnosis.Grouping;

/// <summary>Names what is wrong with a presented chain, from nothing but the chain and the strict verdict.</summary>
internal static class ChainFaults
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>Faults that make a strict client refuse the chain; the one that the verdict names first.</summary>
    /// <param name="verdict">The strict verdict.</param>
    /// <param name="presented">The chain.</param>
    /// <param name="canBeCompleted">Whether certificates that were seen elsewhere lead the chain to a trust anchor.</param>
    public static IReadOnlyList<string> Find(ValidationResult verdict, IReadOnlyList<ReadOnlyMemory<byte>> presented, bool canBeCompleted)
    {
        if (verdict.Accepted)
        {
            return [];
        }

        var certificates = Decode(presented);
        var events = verdict.Trail.Count > 0 ? verdict.Trail : [new ValidationEvent(verdict.Code, verdict.Depth ?? 0)];
        return [.. events.Reverse().Select(raised => Name(raised, verdict, certificates, canBeCompleted)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What is odd about a presented chain, but puts no strict client off.</summary>
    public static IReadOnlyList<string> Remarks(ValidationResult verdict, IReadOnlyList<ReadOnlyMemory<byte>> presented)
    {
        var remarks = new List<string>();
        var hasDuplicates = presented.Select(der => Convert.ToHexString(der.Span)).Distinct(StringComparer.Ordinal).Count() < presented.Count;
        foreach (var issue in verdict.ChainIssues)
        {
            switch (issue)
            {
                case ChainIssue.IncorrectOrder:
                    remarks.Add(FaultNames.WrongOrder);
                    break;
                case ChainIssue.ContainsAnchor:
                    remarks.Add(FaultNames.ContainsAnchor);
                    break;
                case ChainIssue.ExtraCerts when !hasDuplicates:
                    remarks.Add(FaultNames.ExtraCertificates);
                    break;
            }
        }

        if (hasDuplicates)
        {
            remarks.Add(FaultNames.Duplicates);
        }

        return remarks;
    }

    private static string Name(ValidationEvent raised, ValidationResult verdict, List<DecodedCertificate> certificates, bool canBeCompleted)
    {
        var isLeaf = raised.Depth == 0;
        switch (raised.Code)
        {
            case ValidationCode.DepthZeroSelfSignedCert:
                return FaultNames.SelfSigned;
            case ValidationCode.SelfSignedCertInChain:
                return FaultNames.UntrustedRootIncluded;
            case ValidationCode.UnableToVerifyLeafSignature or ValidationCode.UnableToGetIssuerCertLocally or ValidationCode.UnableToGetIssuerCert:
                return isLeaf ? WithoutIssuer(certificates) : canBeCompleted ? FaultNames.MissingIntermediate : FaultNames.UntrustedRoot;
            case ValidationCode.CertSignatureFailure:
                return FaultNames.WrongIntermediate;
            case ValidationCode.CertHasExpired:
                return isLeaf ? FaultNames.ExpiredLeaf : IsAnchor(verdict, raised.Depth) ? FaultNames.ExpiredRoot : FaultNames.ExpiredIntermediate;
            case ValidationCode.CertNotYetValid:
                return isLeaf ? FaultNames.NotYetValidLeaf : FaultNames.NotYetValidIntermediate;
            case ValidationCode.AltNameInvalid:
                return FaultNames.NameMismatch;
            case ValidationCode.InvalidPurpose:
                return isLeaf && certificates.Count > 0 && IsForClientsOnly(certificates[0]) ? FaultNames.ClientAuthOnly : FaultNames.WrongPurpose;
            default:
                return FaultNames.InvalidCertificate;
        }
    }

    /// <summary>The issuer of the leaf is not there: was another sent in its place?</summary>
    private static string WithoutIssuer(List<DecodedCertificate> certificates)
    {
        var others = certificates.Skip(1).Where(certificate => !certificate.SelfSigned && !certificate.SameAs(certificates[0])).ToList();
        return others switch
        {
            [] => FaultNames.MissingIntermediate,
            _ when others.Any(certificate => certificate.Subject.Equals(certificates[0].Issuer)) => FaultNames.WrongIntermediate,
            _ => FaultNames.UnrelatedIntermediate,
        };
    }

    private static bool IsAnchor(ValidationResult verdict, int depth) =>
        depth < verdict.Path.Count && verdict.Path[depth].Origin == CertificateOrigin.Anchor;

    private static bool IsForClientsOnly(DecodedCertificate leaf)
    {
        var usages = CertificateFacts.ExtendedKeyUsages(leaf.Der);
        return usages.Contains(ClientAuth, StringComparer.Ordinal) && !usages.Contains(ServerAuth, StringComparer.Ordinal);
    }

    private static List<DecodedCertificate> Decode(IReadOnlyList<ReadOnlyMemory<byte>> presented)
    {
        var certificates = new List<DecodedCertificate>(presented.Count);
        foreach (var der in presented)
        {
            if (DecodedCertificate.TryDecode(der, out _, out _) is { } certificate)
            {
                certificates.Add(certificate);
            }
        }

        return certificates;
    }
}
