namespace AutoDetectSim.Protocols.Node.Llhttp;

/// <summary>Why llhttp refuses an answer.</summary>
/// <param name="Code">The <c>code</c> of Node's error, for example <c>HPE_INVALID_CONSTANT</c>.</param>
/// <param name="Reason">What is wrong, to follow the words "The answer of HOST ".</param>
internal sealed record LlhttpError(string Code, string Reason)
{
    public const string InvalidConstant = "HPE_INVALID_CONSTANT";
    public const string InvalidVersion = "HPE_INVALID_VERSION";
    public const string InvalidStatus = "HPE_INVALID_STATUS";
    public const string InvalidHeaderToken = "HPE_INVALID_HEADER_TOKEN";
    public const string UnexpectedSpace = "HPE_UNEXPECTED_SPACE";
    public const string HeaderOverflow = "HPE_HEADER_OVERFLOW";
    public const string InvalidContentLength = "HPE_INVALID_CONTENT_LENGTH";
    public const string UnexpectedContentLength = "HPE_UNEXPECTED_CONTENT_LENGTH";
    public const string InvalidTransferEncoding = "HPE_INVALID_TRANSFER_ENCODING";
    public const string InvalidChunkSize = "HPE_INVALID_CHUNK_SIZE";
    public const string ChunkExtensionsOverflow = "HPE_CHUNK_EXTENSIONS_OVERFLOW";
    public const string CrExpected = "HPE_CR_EXPECTED";
    public const string LfExpected = "HPE_LF_EXPECTED";
    public const string Strict = "HPE_STRICT";
    public const string ClosedConnection = "HPE_CLOSED_CONNECTION";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        InvalidConstant, InvalidVersion, InvalidStatus, InvalidHeaderToken, UnexpectedSpace, HeaderOverflow, InvalidContentLength, UnexpectedContentLength,
        InvalidTransferEncoding, InvalidChunkSize, ChunkExtensionsOverflow, CrExpected, LfExpected, Strict, ClosedConnection,
    ];
}

/// <summary>A server sent an answer that llhttp refuses.</summary>
/// <param name="error">Why.</param>
internal sealed class LlhttpException(LlhttpError error) : IOException(error.Reason)
{
    public LlhttpError Error { get; } = error;
}
