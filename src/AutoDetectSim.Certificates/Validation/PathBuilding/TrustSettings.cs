using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>What a "TRUSTED CERTIFICATE" file says about the uses of an anchor.</summary>
internal sealed record TrustSettings(IReadOnlyList<string>? Trusted, IReadOnlyList<string>? Rejected)
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    internal static TrustSettings Create(DerValue value) => new(Purposes(value[0]), Purposes(value[1]));

    /// <summary>Whether the uses that are trusted or rejected say anything about a purpose: true, false, or null for nothing.</summary>
    internal bool? Allows(CertificatePurpose purpose)
    {
        var wanted = purpose == CertificatePurpose.Client ? ClientAuth : ServerAuth;
        if (Rejected?.Any(Matches) == true)
        {
            return false;
        }

        return Trusted is null ? null : Trusted.Any(Matches);

        bool Matches(string use) => use is AnyExtendedKeyUsage || use == wanted;
    }

    private static string[]? Purposes(DerValue? list) =>
        list?.Children.Select(static p => ObjectIdentifiers.Dotted(p!.Content.Span)).ToArray();
}
