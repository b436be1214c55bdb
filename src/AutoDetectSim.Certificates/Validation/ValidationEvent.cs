using System.Runtime.InteropServices;

namespace AutoDetectSim.Certificates.Validation;

/// <summary>One error that was raised while a chain was judged; the last one raised is the verdict.</summary>
/// <param name="Code">The error.</param>
/// <param name="Depth">The position in the path, 0 for the server's own certificate.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValidationEvent(ValidationCode Code, int Depth)
{
    /// <summary>OpenSSL's name and the depth, for example <c>UNABLE_TO_GET_ISSUER_CERT_LOCALLY@1</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Code.OpenSslName()}@{Depth}");
}
