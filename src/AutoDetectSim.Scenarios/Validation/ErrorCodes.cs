using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Node.Llhttp;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Every value of X-AutoDv2-Error: certificate verdicts, network errors, and errors above TLS.</summary>
internal static class ErrorCodes
{
    private static readonly string[] NetworkCodes =
        ["EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EPROTO", NodeError.TimedOut,
            TlsErrors.AlertCode(TlsAlertDescription.CertificateRequired)];

    private static readonly string[] ProtocolCodes =
    [
        AutoDetectErrors.BadRequest, AutoDetectErrors.BadResponse, AutoDetectErrors.InvalidProtocol, AutoDetectErrors.InvalidUrl,
        AutoDetectErrors.MissingAuthorizationUrl, AutoDetectErrors.TooManyRedirects,
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<ValidationCode>().Where(code => code != ValidationCode.Ok).Select(code => code.NodeName())
            .Concat(NetworkCodes).Concat(LlhttpError.Codes).Concat(ProtocolCodes)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
