using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>Names what is wrong with a presented chain, from nothing but the chain and the strict verdict.</summary>
internal static class ChainFaults
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>Faults that make a strict client refuse the chain; the one that the verdict names first.</summary>
    /// <param name="verdict">The strict verdict.</param>
    /// <param name="presented">The chain.</param>
    /// <param name="completion">Where certificates that were seen elsewhere lead the chain.</param>
    public static IReadOnlyList<string> Find(ValidationResult verdict, IReadOnlyList<ReadOnlyMemory<byte>> presented, ChainCompletion completion)
    {
        if (verdict.Accepted)
        {
            return [];
        }

        var certificates = Decode(presented);
        var events = verdict.Trail.Count > 0 ? verdict.Trail : [new ValidationEvent(verdict.Code, verdict.Depth ?? 0)];
        return [.. events.Reverse().SelectMany(raised => Names(raised, verdict, certificates, completion)).Distinct(StringComparer.Ordinal)];
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

    private static IEnumerable<string> Names(ValidationEvent raised, ValidationResult verdict, List<DecodedCertificate> certificates, ChainCompletion completion)
    {
        var isLeaf = raised.Depth == 0;
        if (raised.Code is ValidationCode.UnableToVerifyLeafSignature or ValidationCode.UnableToGetIssuerCertLocally or ValidationCode.UnableToGetIssuerCert)
        {
            // A server's own certificate alone says nothing about its root: that takes knowing what is missing.
            return (isLeaf, completion) switch
            {
                (true, ChainCompletion.Untrusted) => [FaultNames.UntrustedRoot, WithoutIssuer(certificates)],
                (true, _) => [WithoutIssuer(certificates)],
                (false, ChainCompletion.Trusted) => [FaultNames.MissingIntermediate],
                _ => [FaultNames.UntrustedRoot],
            };
        }

        return [Name(raised, verdict, certificates)];
    }

    private static string Name(ValidationEvent raised, ValidationResult verdict, List<DecodedCertificate> certificates)
    {
        var isLeaf = raised.Depth == 0;
        switch (raised.Code)
        {
            case ValidationCode.DepthZeroSelfSignedCert:
                return FaultNames.SelfSigned;
            case ValidationCode.SelfSignedCertInChain:
                return FaultNames.UntrustedRootIncluded;
            case ValidationCode.CertSignatureFailure:
                return FaultNames.WrongIntermediate;
            case ValidationCode.CertHasExpired:
                return isLeaf ? FaultNames.ExpiredLeaf
                    : IsExpiredCrossSign(verdict, raised.Depth) ? FaultNames.ExpiredCrossSign
                    : IsAnchor(verdict, raised.Depth) ? FaultNames.ExpiredRoot
                    : FaultNames.ExpiredIntermediate;
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

    /// <summary>An expired root, or an expired certificate right below it, above an intermediate that outlives both: the authority has another root by now.</summary>
    private static bool IsExpiredCrossSign(ValidationResult verdict, int depth)
    {
        var cross = IsAnchor(verdict, depth) ? depth - 1 : depth;
        return cross >= 2
            && IsAnchor(verdict, cross + 1)
            && HasExpired(cross) && HasExpired(cross + 1) && !HasExpired(cross - 1);

        bool HasExpired(int at) => verdict.Trail.Any(raised => raised.Code == ValidationCode.CertHasExpired && raised.Depth == at);
    }

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
