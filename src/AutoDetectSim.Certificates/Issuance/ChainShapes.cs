using System.Text.Json;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>The names of the shapes in scenario files, and a strict client's verdict on them.</summary>
public static class ChainShapes
{
    private static readonly Dictionary<string, ChainShape> ByName =
        Enum.GetValues<ChainShape>().ToDictionary(shape => JsonNamingPolicy.CamelCase.ConvertName(shape.ToString()), StringComparer.Ordinal);

    /// <summary>Every name, in the order of <see cref="ChainShape"/>.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The name in scenario files and on command lines, for example <c>missingIntermediate</c>.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The name.</returns>
    public static string NameOf(ChainShape shape) => JsonNamingPolicy.CamelCase.ConvertName(shape.ToString());

    /// <summary>Finds a shape by its name.</summary>
    /// <param name="name">The name, case-sensitive, as in <see cref="Names"/>.</param>
    /// <param name="shape">The shape, when there is one.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string name, out ChainShape shape) => ByName.TryGetValue(name, out shape);

    /// <summary>
    /// What Node.js 20 reports for a certificate in this shape when the certificate is otherwise sound, its real root is
    /// among the trust anchors, and the caller asked for one of its hosts ([OPENSSL-SRC], [NODE20]).
    /// </summary>
    /// <param name="shape">The shape.</param>
    /// <param name="intermediates">The number of intermediates between the certificate and its root.</param>
    /// <returns><c>OK</c> or the error code.</returns>
    public static string ExpectedNodeCode(ChainShape shape, int intermediates = 1) => Expected(shape, intermediates).NodeName();

    private static ValidationCode Expected(ChainShape shape, int intermediates) => shape switch
    {
        ChainShape.MissingIntermediate or ChainShape.WrongIntermediate or ChainShape.UnrelatedIntermediate => ValidationCode.UnableToVerifyLeafSignature,
        ChainShape.ExpiredIntermediate or ChainShape.ExpiredLeaf => ValidationCode.CertHasExpired,
        ChainShape.NotYetValidLeaf => ValidationCode.CertNotYetValid,
        ChainShape.NameMismatch => ValidationCode.AltNameInvalid,
        ChainShape.SelfSigned => ValidationCode.DepthZeroSelfSignedCert,
        // One certificate alone never ends as ..._LOCALLY: the signature check overwrites it ([OPENSSL-SRC]).
        ChainShape.UntrustedRoot => intermediates == 0 ? ValidationCode.UnableToVerifyLeafSignature : ValidationCode.UnableToGetIssuerCertLocally,
        ChainShape.UntrustedRootIncluded => ValidationCode.SelfSignedCertInChain,
        ChainShape.ClientAuthOnly => ValidationCode.InvalidPurpose,
        _ => ValidationCode.Ok,
    };
}
