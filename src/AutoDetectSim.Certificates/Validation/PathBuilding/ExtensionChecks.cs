using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>Holds the extensions of every certificate of the path against its place in the path, from the server's own certificate up.</summary>
internal static class ExtensionChecks
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string MicrosoftServerGatedCrypto = "1.3.6.1.4.1.311.10.3.3";
    private const string NetscapeServerGatedCrypto = "2.16.840.1.113730.4.1";

    private const int NetscapeClient = 0x80;
    private const int NetscapeServer = 0x40;
    private const int NetscapeSslCa = 0x04;
    private const int NetscapeAnyCa = 0x07;

    private const KeyUsages ServerUsages = KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment | KeyUsages.KeyAgreement;
    private const KeyUsages ClientUsages = KeyUsages.DigitalSignature | KeyUsages.KeyAgreement;

    private enum CaKind
    {
        No,
        BasicConstraints,
        SelfSignedVersion1,
        KeyUsage,
        Netscape,
    }

    private enum Role
    {
        Leaf,
        BelowProxy,
        Issuer,
    }

    internal static void Run(Verification verification)
    {
        var role = Role.Leaf;
        long issuersBelow = 0;
        long proxiesBelow = 0;
        for (var depth = 0; depth < verification.Path.Count; depth++)
        {
            var certificate = verification[depth];
            var extensions = certificate.Extensions;
            if (extensions.UnhandledCritical is not null)
            {
                verification.Raise(ValidationCode.UnhandledCriticalExtension, depth);
            }

            if (extensions.IsProxy)
            {
                verification.Raise(ValidationCode.ProxyCertificatesNotAllowed, depth);
            }

            CheckCa(verification, depth, role);
            if (verification.Path.Count > 1 && certificate.Key.HasExplicitParameters)
            {
                verification.Raise(ValidationCode.EcKeyExplicitParams, depth);
            }

            if (!HasPurpose(verification.Path[depth], role == Role.Issuer, verification.Purpose))
            {
                verification.Raise(ValidationCode.InvalidPurpose, depth);
            }

            if (depth > 1 && extensions.PathLength is { } limit && issuersBelow > limit + proxiesBelow)
            {
                verification.Raise(ValidationCode.PathLengthExceeded, depth);
            }

            issuersBelow += depth > 0 && !certificate.SelfIssued ? 1 : 0;
            role = Role.Issuer;
            if (extensions.IsProxy)
            {
                if (extensions.ProxyPathLength is { } proxyLimit)
                {
                    if (proxiesBelow > proxyLimit)
                    {
                        verification.Raise(ValidationCode.ProxyPathLengthExceeded, depth);
                    }

                    proxiesBelow = proxyLimit;
                }

                proxiesBelow++;
                role = Role.BelowProxy;
            }
        }
    }

    private static void CheckCa(Verification verification, int depth, Role role)
    {
        var kind = verification[depth].IsValid ? CaKindOf(verification[depth]) : CaKind.No;
        if (role == Role.BelowProxy)
        {
            if (kind != CaKind.No)
            {
                verification.Raise(ValidationCode.InvalidNonCa, depth);
            }

            return;
        }

        var isTop = depth == verification.Path.Count - 1;
        if (role == Role.Issuer && (kind == CaKind.No || (!isTop && kind != CaKind.BasicConstraints)))
        {
            verification.Raise(ValidationCode.InvalidCa, depth);
        }
    }

    private static CaKind CaKindOf(DecodedCertificate certificate)
    {
        var extensions = certificate.Extensions;
        if (extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign))
        {
            return CaKind.No;
        }

        if (extensions.HasBasicConstraints)
        {
            return extensions.IsCa ? CaKind.BasicConstraints : CaKind.No;
        }

        if (certificate.IsVersion1 && certificate.SelfSigned)
        {
            return CaKind.SelfSignedVersion1;
        }

        if (extensions.KeyUsage is not null)
        {
            return CaKind.KeyUsage;
        }

        return extensions.NetscapeCertType is { } type && (type & NetscapeAnyCa) != 0 ? CaKind.Netscape : CaKind.No;
    }

    private static bool HasPurpose(PathEntry entry, bool asIssuer, CertificatePurpose purpose)
    {
        // An anchor's own list of uses takes the place of its extensions.
        switch (entry.Anchor?.Settings?.Allows(purpose))
        {
            case true:
                return true;
            case false:
                return false;
        }

        var certificate = entry.Certificate;
        if (!certificate.IsValid)
        {
            return true;
        }

        var isClient = purpose == CertificatePurpose.Client;
        var extensions = certificate.Extensions;
        if (extensions.ExtendedKeyUsage is { } purposes
            && !purposes.Any(use => isClient ? use is ClientAuth : use is ServerAuth or MicrosoftServerGatedCrypto or NetscapeServerGatedCrypto))
        {
            return false;
        }

        if (asIssuer)
        {
            var kind = CaKindOf(certificate);
            return kind != CaKind.No && (kind != CaKind.Netscape || (extensions.NetscapeCertType & NetscapeSslCa) != 0);
        }

        return (extensions.NetscapeCertType is not { } type || (type & (isClient ? NetscapeClient : NetscapeServer)) != 0)
            && (extensions.KeyUsage is not { } usage || (usage & (isClient ? ClientUsages : ServerUsages)) != KeyUsages.None);
    }
}
