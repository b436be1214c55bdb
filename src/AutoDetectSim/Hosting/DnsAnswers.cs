using System.Net;
using ARSoft.Tools.Net.Dns;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;

namespace AutoDetectSim.Hosting;

/// <summary>Answers queries from the zone of a lab.</summary>
/// <param name="zone">The zone; it may change.</param>
/// <param name="loopback">Where the virtual IPs listen: at real ports, their addresses are answered with the corresponding loopback addresses.</param>
internal sealed class DnsAnswers(DnsZone zone, LoopbackPlan loopback)
{
    /// <summary>The answer, and how long it takes.</summary>
    public (DnsMessage Response, TimeSpan Delay) Of(DnsMessage query)
    {
        var response = query.CreateResponseInstance();
        response.IsAuthoritiveAnswer = true;
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

        return (response, Fill(question, response));
    }

    private TimeSpan Fill(DnsQuestion question, DnsMessage response)
    {
        var name = question.Name.ToString();
        if (!DnsRecords.TryGetType(question.RecordType, out var type))
        {
            // The name exists or not whatever is asked of it; records of another type there are none.
            var existence = zone.Query(name, DnsRecordType.A);
            response.ReturnCode = Code(existence.Status);
            return existence.Delay;
        }

        var answer = zone.Query(name, type, out var aliases);
        response.ReturnCode = Code(answer.Status);
        var owner = question.Name;
        foreach (var alias in aliases)
        {
            var record = (CNameRecord)DnsRecords.Alias(alias);
            response.AnswerRecords.Add(record);
            owner = record.CanonicalName;
        }

        foreach (var value in answer.Records)
        {
            if (Reachable(type, value) is { } reachable && DnsRecords.Create(owner, type, reachable) is { } record)
            {
                response.AnswerRecords.Add(record);
            }
        }

        return answer.Delay;
    }

    /// <summary>The value by which this computer reaches what a record leads to; null where nothing on loopback corresponds to it, as for IPv6 addresses at real ports.</summary>
    private string? Reachable(DnsRecordType type, string value) => !loopback.HasStandardPorts ? value : type switch
    {
        DnsRecordType.A => IPAddress.TryParse(value, out var address) && loopback.Find(address) is { } local ? local.ToString() : value,
        DnsRecordType.Aaaa => null,
        _ => value,
    };

    private static ReturnCode Code(DnsStatus status) => status switch
    {
        DnsStatus.NoError => ReturnCode.NoError,
        DnsStatus.ServerFailure => ReturnCode.ServerFailure,
        _ => ReturnCode.NxDomain,
    };
}
