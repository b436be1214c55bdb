namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>One kind of HTTP answer that a host gave, with one answer as an example.</summary>
internal sealed record AnswerDocument
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required int Status { get; init; }

    /// <summary>Connections that got such an answer.</summary>
    public required int Count { get; init; }

    /// <summary>Names of the nodes that gave it.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Header fields of the example, in order of appearance.</summary>
    public required IReadOnlyList<HeaderDocument> Headers { get; init; }

    /// <summary>The beginning of the example's body.</summary>
    public required string Body { get; init; }

    /// <summary>The meaning of the answer, a sentence each.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}

/// <summary>One header field.</summary>
internal sealed record HeaderDocument(string Name, string Value);
