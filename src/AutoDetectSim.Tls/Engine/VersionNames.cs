using System.Security.Authentication;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Protocol versions in the words of Bouncy Castle, OpenSSL and .NET.</summary>
internal static class VersionNames
{
    private static readonly (TlsVersions Flag, ProtocolVersion Version, string OpenSsl)[] Known =
    [
        (TlsVersions.Tls13, ProtocolVersion.TLSv13, "TLSv1.3"),
        (TlsVersions.Tls12, ProtocolVersion.TLSv12, "TLSv1.2"),
        (TlsVersions.Tls11, ProtocolVersion.TLSv11, "TLSv1.1"),
        (TlsVersions.Tls10, ProtocolVersion.TLSv10, "TLSv1"),
    ];

    /// <summary>The versions of a set, newest first.</summary>
    internal static ProtocolVersion[] ToVersions(this TlsVersions versions) =>
        [.. Known.Where(known => versions.HasFlag(known.Flag)).Select(known => known.Version)];

    /// <summary>The set of those versions that can be spoken.</summary>
    internal static TlsVersions ToFlags(IEnumerable<ProtocolVersion> versions) =>
        versions.Aggregate(TlsVersions.None, (flags, version) => flags | Array.Find(Known, known => known.Version.Equals(version)).Flag);

    internal static string OpenSslName(ProtocolVersion version) => Array.Find(Known, known => known.Version.Equals(version)).OpenSsl;

    internal static SslProtocols ToSslProtocols(string? openSslName) => openSslName switch
    {
        "TLSv1.3" => SslProtocols.Tls13,
        "TLSv1.2" => SslProtocols.Tls12,
#pragma warning disable CS0618
        "TLSv1.1" => SslProtocols.Tls11,
        "TLSv1" => SslProtocols.Tls,
#pragma warning restore CS0618
        _ => SslProtocols.None,
    };
}
