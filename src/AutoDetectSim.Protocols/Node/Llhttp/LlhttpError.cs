namespace AutoDetectSim.Protocols.Node.Llhttp;

/// <summary>Why llhttp refuses an answer.</summary>
/// <param name="Code">One of <see cref="NodeErrors"/>, for example <see cref="NodeErrors.HttpInvalidConstant"/>.</param>
/// <param name="Reason">What is wrong, to follow the words "The answer of HOST ".</param>
internal sealed record LlhttpError(string Code, string Reason);

/// <summary>A server sent an answer that llhttp refuses.</summary>
/// <param name="error">Why.</param>
internal sealed class LlhttpException(LlhttpError error) : IOException(error.Reason)
{
    public LlhttpError Error { get; } = error;
}
