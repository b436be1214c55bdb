using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>One certificate of a lab: issued by it, or read from a file.</summary>
public sealed class IssuedCertificate
{
    internal IssuedCertificate(string name, X509Certificate2 certificate)
    {
        Name = name;
        Certificate = certificate;
        Der = certificate.RawDataMemory;
    }

    /// <summary>The name in the scenario. A certificate that a shape derives from another has a variant in parentheses, for example <c>mail (expired)</c>.</summary>
    public string Name { get; }

    /// <summary>The DER encoding, as it goes on the wire.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The parsed certificate, without a private key. It belongs to the <see cref="LabPki"/>: do not dispose of it.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The PEM encoding (RFC 7468) with a line feed at its end.</summary>
    /// <returns>The text.</returns>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", Der.Span) + "\n";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
