using System.Globalization;
using System.Net;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace AutoDetectSim.Network;

/// <summary>Turns records of the zone, which are written in zone file form, into records that go on the wire.</summary>
internal static class DnsRecords
{
    /// <summary>TTL of answers in seconds: 0, to make changes of the zone visible at once.</summary>
    public const int TimeToLive = 0;

    /// <summary>The most bytes that one character-string of a TXT record holds (RFC 1035 3.3.14).</summary>
    private const int MaximumText = 255;

    /// <summary>How often a secondary server would ask, ask again, and give up, in seconds: values that are common.</summary>
    private const int Refresh = 3600;
    private const int Retry = 600;
    private const int Expire = 86_400;

    /// <summary>The type of the zone for a type on the wire; false when the zone holds no such records.</summary>
    public static bool TryGetType(RecordType wire, out DnsRecordType type)
    {
        (var known, type) = wire switch
        {
            RecordType.A => (true, DnsRecordType.A),
            RecordType.Aaaa => (true, DnsRecordType.Aaaa),
            RecordType.CName => (true, DnsRecordType.Cname),
            RecordType.Mx => (true, DnsRecordType.Mx),
            RecordType.Srv => (true, DnsRecordType.Srv),
            RecordType.Txt => (true, DnsRecordType.Txt),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>A CNAME record.</summary>
    public static DnsRecordBase Alias(Alias alias) => new CNameRecord(Name(alias.Owner), TimeToLive, Name(alias.Target));

    /// <summary>The SOA record of a zone. Its last number, for which negative answers may be kept (RFC 2308), is 0 as all TTLs are.</summary>
    /// <param name="apex">The zone; the empty string for the root.</param>
    public static SoaRecord Authority(string apex)
    {
        var zone = apex.Length == 0 ? DomainName.Root : DomainName.Parse(apex);
        return new SoaRecord(zone, TimeToLive, DomainName.Parse("ns1") + zone, DomainName.Parse("hostmaster") + zone, 1, Refresh, Retry, Expire, TimeToLive);
    }

    /// <summary>One record; null for a value that does not have the form of its type.</summary>
    public static DnsRecordBase? Create(DomainName owner, DnsRecordType type, string value)
    {
        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return type switch
        {
            DnsRecordType.A when IPAddress.TryParse(value, out var address) => new ARecord(owner, TimeToLive, address),
            DnsRecordType.Aaaa when IPAddress.TryParse(value, out var address) => new AaaaRecord(owner, TimeToLive, address),
            DnsRecordType.Cname => new CNameRecord(owner, TimeToLive, Name(value)),
            DnsRecordType.Mx when fields is [var preference, var host] => new MxRecord(owner, TimeToLive, Number(preference), Name(host)),
            DnsRecordType.Srv when fields is [var priority, var weight, var port, var target] =>
                new SrvRecord(owner, TimeToLive, Number(priority), Number(weight), Number(port), Name(target)),
            DnsRecordType.Txt => new TxtRecord(owner, TimeToLive, value.Chunk(MaximumText).Select(part => new string(part))),
            _ => null,
        };
    }

    private static ushort Number(string text) => ushort.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DomainName Name(string text) => text is "." ? DomainName.Root : DomainName.Parse(text);
}
