namespace AutoDetectSim.Network;

/// <summary>Asks the DNS zone of a lab. No name outside the lab exists.</summary>
internal interface ILabDnsResolver
{
    /// <summary>Asks for the records of one type at one name; a CNAME in the way is followed.</summary>
    ValueTask<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken);
}

/// <summary>The record types that a lab's zone holds.</summary>
internal enum DnsRecordType
{
    A,
    Aaaa,
    Cname,
    Mx,
    Srv,
    Txt,
}

/// <summary>The response codes that a lab's zone gives (RFC 1035 4.1.1).</summary>
internal enum DnsStatus
{
    NoError,
    ServerFailure,
    NonExistentDomain,
}

/// <summary>The answer to one query.</summary>
/// <param name="Status">The response code.</param>
/// <param name="Records">Record data in zone file form, for example <c>203.0.113.10</c> or <c>10 mail.contoso.com</c>, in zone order; MX and SRV by ascending preference.</param>
internal sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<string> Records)
{
    /// <summary>How long the name servers took to answer; it is counted, not waited for.</summary>
    public TimeSpan Delay { get; init; }
}
