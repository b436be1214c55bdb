using System.Net;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;

namespace AutoDetectSim.Hosting;

/// <summary>Answers queries from the zone of a lab.</summary>
/// <param name="zone">The zone; it may change.</param>
/// <param name="loopback">Where the virtual IPs listen: at real ports, their addresses are answered with the corresponding loopback addresses.</param>
internal sealed class DnsAnswers(DnsZone zone, LoopbackPlan loopback)
{
    /// <summary>The answer, and how long it takes.</summary>
    /// <param name="query">The query.</param>
    /// <param name="parts">Where the parts of a lab in several processes are; null: this process is the lab.</param>
    public (DnsMessage Response, TimeSpan Delay) Of(DnsMessage query, PartTable? parts = null)
    {
        var response = query.CreateResponseInstance();
        response.IsAuthoritiveAnswer = true;

        // Stub resolvers such as systemd-resolved take no server that does not offer recursion; to them the lab is the whole internet.
        response.IsRecursionAllowed = true;
        response.ReturnCode = ReturnCode.FormatError;
        if (query.Questions is not [var question])
        {
            return (response, TimeSpan.Zero);
        }

        if (question.RecordClass is not (RecordClass.INet or RecordClass.Any))
        {
            response.ReturnCode = ReturnCode.Refused;
            return (response, TimeSpan.Zero);
        }

        return (response, Fill(question, response, parts));
    }

    private TimeSpan Fill(DnsQuestion question, DnsMessage response, PartTable? parts)
    {
        // The name exists or not whatever is asked of it; of other types than those of the scenario there is the SOA record of an apex.
        var isKnown = DnsRecords.TryGetType(question.RecordType, out var type);
        var answer = zone.Query(question.Name.ToString(), isKnown ? type : DnsRecordType.A, out var aliases);
        response.ReturnCode = Code(answer.Status);
        var owner = question.Name;
        foreach (var alias in aliases)
        {
            var record = (CNameRecord)DnsRecords.Alias(alias);
            response.AnswerRecords.Add(record);
            owner = record.CanonicalName;
        }

        var found = response.AnswerRecords.Count;
        foreach (var value in isKnown ? answer.Records : [])
        {
            foreach (var reachable in Reachable(type, value, parts))
            {
                if (DnsRecords.Create(owner, type, reachable) is { } record)
                {
                    response.AnswerRecords.Add(record);
                }
            }
        }

        if (response.AnswerRecords.Count == found && answer.Status != DnsStatus.ServerFailure)
        {
            AddAuthority(question, owner, answer.Status, response);
        }

        return answer.Delay;
    }

    /// <summary>The SOA record of the zone: the answer where an apex is asked for it, and what a negative answer has to say (RFC 2308).</summary>
    private void AddAuthority(DnsQuestion question, DomainName owner, DnsStatus status, DnsMessage response)
    {
        var authority = DnsRecords.Authority(zone.ApexOf(owner.ToString()));
        var isAnswer = question.RecordType is RecordType.Soa or RecordType.Any && status == DnsStatus.NoError && authority.Name.Equals(owner);
        (isAnswer ? response.AnswerRecords : response.AuthorityRecords).Add(authority);
    }

    /// <summary>The values by which clients reach what a record leads to; none where nothing corresponds to it, as for IPv6 addresses at real ports and of parts.</summary>
    private IReadOnlyList<string> Reachable(DnsRecordType type, string value, PartTable? parts) => parts is null && !loopback.HasStandardPorts ? [value] : type switch
    {
        DnsRecordType.A when !IPAddress.TryParse(value, out _) => [value],
        DnsRecordType.A when parts is not null => [.. parts.Of(IPAddress.Parse(value)).Select(address => address.ToString())],
        DnsRecordType.A => [loopback.Find(IPAddress.Parse(value)) is { } local ? local.ToString() : value],
        DnsRecordType.Aaaa => [],
        _ => [value],
    };

    private static ReturnCode Code(DnsStatus status) => status switch
    {
        DnsStatus.NoError => ReturnCode.NoError,
        DnsStatus.ServerFailure => ReturnCode.ServerFailure,
        _ => ReturnCode.NxDomain,
    };
}
