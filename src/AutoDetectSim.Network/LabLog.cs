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

    [LoggerMessage(2600, LogLevel.Information, "{Role} listens on {EndPoint}.")]
    public static partial void PartListens(this ILogger logger, string role, string endPoint);

    [LoggerMessage(2601, LogLevel.Information, "Connection {Number} from {Source} to {VirtualIp}/{Node}: server name {ServerName}, presented {Presented}, {Requests} requests, last status {Status}, fault {Fault}, problem: {Problem}")]
    public static partial void ConnectionServed(this ILogger logger, long number, string source, string virtualIp, string node, string? serverName, string presented, int requests, int? status, string fault, string? problem);

    [LoggerMessage(2602, LogLevel.Information, "Connection from {Source} to {Balancer} relayed to {Node}: {Sent} bytes there, {Received} bytes back, {End}")]
    public static partial void ConnectionRelayed(this ILogger logger, string source, string balancer, string node, long sent, long received, string end);

    [LoggerMessage(2603, LogLevel.Warning, "Attempt from {Source} to {Host}:{Port} reached no node: {Code}: {Problem}")]
    public static partial void AttemptFailed(this ILogger logger, string source, string host, int port, string code, string problem);

    [LoggerMessage(2604, LogLevel.Warning, "{Part} at {Address} does not answer: {Problem}")]
    public static partial void PartSilent(this ILogger logger, string part, string address, string problem);

    [LoggerMessage(2605, LogLevel.Information, "{Part} at {Address} answers again.")]
    public static partial void PartAnswers(this ILogger logger, string part, string address);

    [LoggerMessage(2606, LogLevel.Information, "{Roles} stops; open connections have {Seconds} seconds to end.")]
    public static partial void PartStops(this ILogger logger, string roles, int seconds);

    [LoggerMessage(3000, LogLevel.Information, "Detection {RequestId} of {Email}: status {Status}, {Services} services, {Protocols} protocols, AutoDv2 error {Error}, {Milliseconds} ms")]
    public static partial void Detected(this ILogger logger, Guid requestId, string email, int status, int services, int protocols, string? error, long milliseconds);

    [LoggerMessage(3001, LogLevel.Debug, "Detection {RequestId}, {Step}: {Sentence}")]
    public static partial void DetectionStep(this ILogger logger, Guid requestId, string step, string sentence);

    [LoggerMessage(4000, LogLevel.Warning, "{Node} cannot download Entra's metadata, and rejects tokens: {Problem}")]
    public static partial void MetadataNotDownloaded(this ILogger logger, string node, string problem);
}
