using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Network;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Every value that X-AutoDv2-Error can have: the verdicts on certificates, the faults of the network, and those above TLS.</summary>
internal static class ErrorCodes
{
    private static readonly string[] NetworkCodes =
        ["EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EPROTO", LabNetworkError.TimedOut,
            TlsErrors.AlertCode(TlsAlertDescription.CertificateRequired), "HPE_HEADER_OVERFLOW", "HPE_INVALID_CONSTANT"];

    // What Node's HTTP parser says of an answer that is not HTTP.
    private static readonly string[] ParserCodes =
    [
        "HPE_CR_EXPECTED", "HPE_HEADER_OVERFLOW", "HPE_INVALID_CHUNK_SIZE", "HPE_INVALID_CONSTANT", "HPE_INVALID_CONTENT_LENGTH", "HPE_INVALID_HEADER_TOKEN",
        "HPE_INVALID_STATUS", "HPE_INVALID_TRANSFER_ENCODING", "HPE_INVALID_VERSION", "HPE_UNEXPECTED_CONTENT_LENGTH",
    ];

    private static readonly string[] ProtocolCodes =
    [
        AutoDetectErrors.BadRequest, AutoDetectErrors.BadResponse, AutoDetectErrors.InvalidProtocol, AutoDetectErrors.InvalidUrl,
        AutoDetectErrors.MissingAuthorizationUrl, AutoDetectErrors.TooManyRedirects,
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<ValidationCode>().Where(code => code != ValidationCode.Ok).Select(code => code.NodeName())
            .Concat(NetworkCodes).Concat(ParserCodes).Concat(ProtocolCodes)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
