namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>The extensions that decide about a chain.</summary>
internal static class ExtensionOid
{
    internal const string NetscapeCertType = "2.16.840.1.113730.1.1";
    internal const string SubjectKeyIdentifier = "2.5.29.14";
    internal const string KeyUsage = "2.5.29.15";
    internal const string SubjectAltName = "2.5.29.17";
    internal const string IssuerAltName = "2.5.29.18";
    internal const string BasicConstraints = "2.5.29.19";
    internal const string NameConstraints = "2.5.29.30";
    internal const string CrlDistributionPoints = "2.5.29.31";
    internal const string CertificatePolicies = "2.5.29.32";
    internal const string PolicyMappings = "2.5.29.33";
    internal const string AuthorityKeyIdentifier = "2.5.29.35";
    internal const string PolicyConstraints = "2.5.29.36";
    internal const string ExtendedKeyUsage = "2.5.29.37";
    internal const string InhibitAnyPolicy = "2.5.29.54";
    internal const string AuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";
    internal const string IpAddressBlocks = "1.3.6.1.5.5.7.1.7";
    internal const string AsIdentifiers = "1.3.6.1.5.5.7.1.8";
    internal const string ProxyCertInfo = "1.3.6.1.5.5.7.1.14";
    internal const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";

    /// <summary>Whether OpenSSL lets an extension be critical. It then need not evaluate it: policies never are.</summary>
    internal static bool MayBeCritical(string oid) => oid is NetscapeCertType or KeyUsage or SubjectAltName or BasicConstraints
        or CertificatePolicies or CrlDistributionPoints or ExtendedKeyUsage or IpAddressBlocks or AsIdentifiers or OcspNoCheck
        or PolicyConstraints or ProxyCertInfo or NameConstraints or PolicyMappings or InhibitAnyPolicy;
}
