using System.Globalization;
using System.Net.Sockets;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Record data in zone file form.</summary>
internal static class DnsRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        foreach (var (owner, types) in scenario.Dns)
        {
            var path = ModelPath.Root / "dns" / owner;
            CheckAlone("CNAME", $"{owner} has a CNAME, so it cannot have other records (RFC 1034 3.6.2)");
            CheckAlone(DnsRecordSyntax.NonExistent, $"{owner} does not exist (NXDOMAIN), so it cannot have records");
            CheckAlone(DnsRecordSyntax.ServerFailure, $"The name server of {owner} fails (SERVFAIL), so its records have no effect");
            if (types.TryGetValue(DnsRecordSyntax.Delay, out var delays) && delays.Count != 1)
            {
                problems.AddAt(path / DnsRecordSyntax.Delay, $"`{DnsRecordSyntax.Delay}` takes one value, a duration such as 3s", null, "3s");
            }

            foreach (var (type, records) in types)
            {
                for (var index = 0; index < records.Count; index++)
                {
                    if (Expected(type.ToUpperInvariant(), records[index]) is { } expected)
                    {
                        problems.AddAt(path / type / index, $"`{ScalarReader.Shown(records[index])}` is not a valid {type} record; expected {expected}", records[index], expected);
                    }
                }
            }

            void CheckAlone(string type, string message)
            {
                if (types.ContainsKey(type) && types.Keys.Any(other => !Is(other, type) && !Is(other, DnsRecordSyntax.Delay)))
                {
                    problems.AddAt(path / type, message, owner);
                }
            }
        }
    }

    /// <summary>What a record of the type looks like, or null when this one does.</summary>
    internal static string? Expected(string type, string record)
    {
        var fields = record.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return type switch
        {
            "A" when !Address(record, AddressFamily.InterNetwork) => "an IPv4 address",
            "AAAA" when !Address(record, AddressFamily.InterNetworkV6) => "an IPv6 address",
            "CNAME" when !Host(record) => "a host name",
            "MX" when !(fields is [var preference, var host] && Number(preference) && HostOrNone(host)) => "a preference and a host, such as 10 mail.contoso.com",
            "SRV" when !(fields is [var priority, var weight, var port, var target] && Number(priority) && Number(weight) && Number(port) && HostOrNone(target)) =>
                "priority, weight, port and host, such as 0 0 443 mail.contoso.com",
            DnsRecordSyntax.Delay when !DurationText.TryParse(record, out _) => "a duration such as 500ms or 3s",
            _ => null,
        };
    }

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool Address(string text, AddressFamily family) =>
        ScenarioForms.IsAddress(text) && System.Net.IPAddress.Parse(text).AddressFamily == family;

    private static bool Host(string text) => ScenarioForms.IsHostName(text.EndsWith('.') ? text[..^1] : text);

    // A single dot means "none" (RFC 7505, RFC 2782).
    private static bool HostOrNone(string text) => text is "." || Host(text);

    private static bool Number(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
