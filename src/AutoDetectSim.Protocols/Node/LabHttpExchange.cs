using System.Net;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Protocols.Node;

/// <summary>One request to a host of the lab network. Header names are sent as written and in order; Host is added.</summary>
internal sealed record LabHttpRequest
{
    public required string Method { get; init; }

    public required Uri Uri { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// What is asked next on the same connection, once there is an answer; null, or a null result: nothing. The exchange is then
    /// the last one of the connection, and its time that of all.
    /// </summary>
    public Func<LabHttpResponse, LabConnectionRecord, LabHttpRequest?>? Next { get; init; }

    /// <summary>How long the whole exchange may take; past it the exchange ends with <see cref="NodeErrors.TimedOut"/>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What happened to one request, as far as it came: exactly one of <see cref="Response"/> and <see cref="Error"/> is set.</summary>
internal sealed record LabHttpExchange
{
    public required LabHttpRequest Request { get; init; }

    public LabConnectionRecord? Connection { get; init; }

    public LabHttpResponse? Response { get; init; }

    public NodeError? Error { get; init; }

    /// <summary>How long the exchange took for the caller: what passed on the clock, and <see cref="SimulatedWait"/>.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long each part took that was completed; null where no node was reached.</summary>
    public CallTiming? Timing { get; init; }

    /// <summary>Time that a real caller would have waited for something that never came; the lab does not wait it out.</summary>
    public TimeSpan SimulatedWait { get; init; }
}

/// <summary>One answer. Header order and repetition are as received.</summary>
internal sealed record LabHttpResponse
{
    public required int StatusCode { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The values of one header in order of appearance; names compare without regard to case.</summary>
    public IEnumerable<string> Values(string name) =>
        Headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
}

/// <summary>Where a connection went and what was presented there.</summary>
internal sealed record LabConnectionRecord
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public IPAddress? Address { get; init; }

    /// <summary>The name of the virtual IP, or null when the address is none.</summary>
    public string? VirtualIp { get; init; }

    /// <summary>The name of the load balancer that owns the address, or null when nothing was reached.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>The name of the node that answered, or null when nothing was reached or the balancer answered itself.</summary>
    public string? Node { get; init; }

    /// <summary>Certificates in wire order, DER; empty when the handshake did not come so far or the connection is plain.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; init; } = [];

    /// <summary>For example <c>TLSv1.3</c>; null when there was no completed handshake.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The IANA name of the cipher suite; null when there was no completed handshake.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The strict verdict on <see cref="Presented"/>, or null when nothing was judged.</summary>
    public ValidationResult? Validation { get; init; }
}

/// <summary>Why a request got no answer, in the words of a Node.js client ([NODE20]).</summary>
/// <param name="Code">The <c>code</c> of Node's error, one of <see cref="NodeErrors.All"/>.</param>
/// <param name="Message">What happened, in words for the person at the terminal.</param>
internal sealed record NodeError(string Code, string Message);
