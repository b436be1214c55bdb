using System.Text.Json.Serialization;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Web.Api;

/// <summary>One connection in full.</summary>
internal sealed record ConnectionDocument
{
    /// <summary>What the journal's list says of it.</summary>
    public required ConnectionState Connection { get; init; }

    /// <summary>The address and port in the lab network.</summary>
    public required string Address { get; init; }

    /// <summary>What went wrong on purpose; null for nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>How long the parts of it took.</summary>
    public required TimingDocument Timing { get; init; }

    public string? CipherSuite { get; init; }

    /// <summary>The fatal alert by which the client ended the handshake.</summary>
    public string? AlertReceived { get; init; }

    /// <summary>The host for which the chain is judged.</summary>
    public string? Host { get; init; }

    /// <summary>The verdict of a strict client on the presented chain; null without TLS.</summary>
    public string? Code { get; init; }

    public string? Explanation { get; init; }

    /// <summary>The presented certificates.</summary>
    public required IReadOnlyList<CertificateDocument> Presented { get; init; }

    /// <summary>The requests that are remembered.</summary>
    public required IReadOnlyList<RequestDocument> Requests { get; init; }

    /// <summary>How many requests there were, remembered or not.</summary>
    public required int RequestCount { get; init; }
}

/// <summary>How long the parts of a connection took, in milliseconds; null for what is not known or was not reached.</summary>
/// <param name="IsClient">Whether the client measured them, with the time that the lab only counts; a server sees neither name resolution nor connecting.</param>
/// <param name="DnsMs">Finding an address that answers.</param>
/// <param name="TcpMs">Connecting.</param>
/// <param name="TlsMs">The TLS handshake; at a server, the wait for its beginning too.</param>
/// <param name="HttpMs">The requests and their answers; at a server, without the time between them.</param>
internal sealed record TimingDocument(bool IsClient, double? DnsMs, double? TcpMs, double? TlsMs, double? HttpMs);

/// <summary>One request in full. Those of AutoDetect have their headers in the record of the detection.</summary>
internal sealed record RequestDocument
{
    public required string Line { get; init; }

    public int? Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public required double ElapsedMs { get; init; }

    public required string Host { get; init; }

    public required IReadOnlyList<HeaderDocument> Headers { get; init; }

    public required IReadOnlyList<HeaderDocument> AnswerHeaders { get; init; }
}

/// <summary>One header.</summary>
internal sealed record HeaderDocument(string Name, string Value);

/// <summary>One detection in the journal's list.</summary>
internal sealed record DetectionState
{
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Email { get; init; }

    public required int Status { get; init; }

    public required bool Succeeded { get; init; }

    /// <summary>The value of X-AutoDv2-Error.</summary>
    public string? Code { get; init; }

    public required double ElapsedMs { get; init; }

    /// <summary>The customer's nodes that it met.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }
}

/// <summary>One detection in full.</summary>
internal sealed record DetectionDocument
{
    public required DetectionState Detection { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The instance of AutoDetect that answered.</summary>
    public required string Instance { get; init; }

    /// <summary>The source address of its connections.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<StepDocument> Steps { get; init; }
}

/// <summary>One step of a detection.</summary>
internal sealed record StepDocument
{
    /// <summary>The name in X-Debug-Support, for example <c>autoDv2</c>.</summary>
    public required string Stage { get; init; }

    /// <summary><c>found</c>, <c>continued</c>, <c>nothing</c>, <c>failed</c> or <c>skipped</c>.</summary>
    public required string Result { get; init; }

    public required string Asked { get; init; }

    public required string Sentence { get; init; }

    public string? Url { get; init; }

    public string? Code { get; init; }

    /// <summary>The load balancer and node that answered.</summary>
    public string? Node { get; init; }

    /// <summary>How long it took, with the time that the lab only counts.</summary>
    public required double ElapsedMs { get; init; }

    /// <summary>The part of it that the lab only counts.</summary>
    public required double SimulatedMs { get; init; }

    public int? Status { get; init; }
}

/// <summary>Connections that are asked for as a file.</summary>
/// <param name="Form"><c>json</c>, <c>har</c>, <c>curl</c> or <c>powershell</c>.</param>
/// <param name="Numbers">The numbers of the connections.</param>
/// <param name="RootCertificate">The file of roots to name in commands; null: <c>root.pem</c>.</param>
internal sealed record WantedExport([property: JsonRequired] string Form, [property: JsonRequired] IReadOnlyList<long> Numbers, string? RootCertificate);

/// <summary>Connections as a file.</summary>
/// <param name="Text">Its text.</param>
internal sealed record ExportDocument(string Text);

/// <summary>Source-generated JSON of the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConnectionDocument))]
[JsonSerializable(typeof(IReadOnlyList<ConnectionDocument>))]
[JsonSerializable(typeof(IReadOnlyList<DetectionState>))]
[JsonSerializable(typeof(DetectionDocument))]
[JsonSerializable(typeof(WantedExport))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(HarFile))]
internal sealed partial class JournalJson : JsonSerializerContext;
