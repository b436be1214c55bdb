using System.Text.Json;
using AutoDetectSim.AutoDetect;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Says what X-Debug-Support tells.</summary>
internal static class DebugSupportText
{
    public static IReadOnlyList<string> Of(JsonElement debug)
    {
        var words = new List<string>();
        var decision = debug.Text("decision")!;
        words.Add($"AutoDetect decided in this order: {decision}.");
        if (!decision.Equals(Detection.Decision, StringComparison.Ordinal))
        {
            words.Add("AutoDetect has not been observed to use this order.");
        }

        var autoDiscover = debug.Member("autoD");
        words.Add(OfAutoDiscover("V2", autoDiscover?.Member("v2")));
        words.Add(OfAutoDiscover("V1", autoDiscover?.Member("v1")));
        var domain = debug.Member("db")?.Member("domain");
        words.Add(OfDomain(domain));
        AddProvider(words, debug.Member("db")?.Member("provider"), domain);
        words.Add(Conclusion(autoDiscover, debug.Member("db")));
        return words;
    }

    private static string OfAutoDiscover(string version, JsonElement? answer) => answer switch
    {
        null => $"AutoDiscover {version} gave nothing{(version is "V2" ? ": the header X-AutoDv2-Error gives the reason" : string.Empty)}.",
        { } found when found.Text("Url") is { } url => $"AutoDiscover {version} gave the address {url}.",
        { } found => $"AutoDiscover {version} gave {found.GetRawText()}.",
    };

    private static string OfDomain(JsonElement? domain)
    {
        if (domain is not { } record)
        {
            return "The database has no record of the domain.";
        }

        var kind = record.IsTrue("fixed") ? "a fixed record" : "a record that is not fixed";
        var provider = record.Text("providerId") is { } id ? $"names provider {id}" : "names no provider";
        var endpoint = record.Text("autoDv2Endpoint") is { } url ? $", and sends AutoDiscover V2 to {url}" : string.Empty;
        var protocols = record.Items("protocols").Count is > 0 and var count ? $", and lists {count} {(count == 1 ? "server" : "servers")}" : string.Empty;
        return $"The database has {kind} of the domain, which {provider}{endpoint}{protocols}.";
    }

    private static void AddProvider(List<string> words, JsonElement? provider, JsonElement? domain)
    {
        if (provider is not { } record)
        {
            words.Add(domain?.Text("providerId") is { } missing
                ? $"The database has no record of provider {missing}."
                : "No provider record was consulted.");
            return;
        }

        var learned = record.IsTrue("IsCrowdsourced") ? ", learned from the feedback of apps" : string.Empty;
        var dates = (record.Text("CreatedAt"), record.Text("UpdatedAt")) switch
        {
            ({ } created, { } updated) => $", made {created} and last changed {updated}",
            ({ } created, null) => $", made {created}",
            _ => string.Empty,
        };
        words.Add(record.Text("Service") is { } service
            ? $"Provider record {record.Text("Id")} signs users in through {service}{learned}{dates}."
            : $"Provider record {record.Text("Id")} lists servers{learned}{dates}.");
        foreach (var protocol in record.Items("Protocols").Concat(domain?.Items("protocols") ?? []))
        {
            words.Add(OfProtocol(protocol));
        }
    }

    private static string OfProtocol(JsonElement protocol)
    {
        var port = protocol.Text("Port") is { } number ? ":" + number : string.Empty;
        var encryption = protocol.Text("Encryption") is { } kind ? $", {kind}" : string.Empty;
        var validated = protocol.IsTrue("Validated") ? "signed in there before" : "never signed in there";
        var insecure = protocol.Text("Insecure") is { } fault ? $"; its TLS is known to be insecure ({fault})" : string.Empty;
        return $"  {protocol.Text("protocol")} at {protocol.Text("Hostname")}{port}{encryption}, user name {protocol.Text("Username") ?? "not given"}; AutoDetect {validated}{insecure}.";
    }

    private static string Conclusion(JsonElement? autoDiscover, JsonElement? database)
    {
        if (autoDiscover?.Member("v2") is not null || autoDiscover?.Member("v1") is not null)
        {
            return "AutoDiscover was reached. If the answer is nevertheless empty, the ActiveSync host that AutoDiscover names failed.";
        }

        return database?.Member("provider") is not null || database?.Member("domain") is not null
            ? "The answer comes from the database alone: no server was asked whether it is still correct."
            : "Nothing was found anywhere: the app shows \"Select your email provider\".";
    }
}
