using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Network;

/// <summary>
/// Every message that a lab logs. They are in one class because the generator of log messages writes several in an order that differs from build to build.
/// </summary>
internal static partial class LabLog
{
    [LoggerMessage(2000, LogLevel.Information, "Changed: {Change}")]
    public static partial void LabChanged(this ILogger logger, string change);

    [LoggerMessage(2100, LogLevel.Warning, "The gateway refused {Host}:{Port}, which is not a host of the lab.")]
    public static partial void GatewayRefused(this ILogger logger, string host, int port);

    [LoggerMessage(2200, LogLevel.Debug, "The DNS server could not serve a message.")]
    public static partial void DnsMessageNotServed(this ILogger logger, Exception exception);

    [LoggerMessage(2300, LogLevel.Information, "Health probe: {Node} is {State} the pool of {Balancer}.")]
    public static partial void HealthProbeChanged(this ILogger logger, string node, string state, string balancer);

    [LoggerMessage(2400, LogLevel.Error, "{Node} could not answer {Method} {Path}.")]
    public static partial void RequestNotAnswered(this ILogger logger, Exception exception, string node, string method, string path);

    [LoggerMessage(2500, LogLevel.Error, "The TLS key log {File} cannot be written; the lab goes on without it.")]
    public static partial void KeyLogEnded(this ILogger logger, Exception exception, string file);

    [LoggerMessage(3000, LogLevel.Information, "Detection {RequestId} of {Email}: status {Status}, {Services} services, {Protocols} protocols, AutoDv2 error {Error}, {Milliseconds} ms")]
    public static partial void Detected(this ILogger logger, Guid requestId, string email, int status, int services, int protocols, string? error, long milliseconds);

    [LoggerMessage(3001, LogLevel.Debug, "Detection {RequestId}, {Step}: {Sentence}")]
    public static partial void DetectionStep(this ILogger logger, Guid requestId, string step, string sentence);

    [LoggerMessage(4000, LogLevel.Warning, "{Node} cannot download Entra's metadata, and rejects tokens: {Problem}")]
    public static partial void MetadataNotDownloaded(this ILogger logger, string node, string problem);
}
