using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Database;

/// <summary>A provider record as the pipeline uses it.</summary>
internal sealed class ProviderRecord(ProviderRecordDefinition definition)
{
    public ProviderRecordDefinition Definition { get; } = definition;

    public string Id => Definition.Name;

    public IReadOnlyList<ServiceEntry> Services { get; } = definition.Service is null
        ? []
        : [new ServiceEntry { Service = definition.Service, Protocol = definition.ServiceProtocol ?? Protocol(definition.Service), Hostname = Hostname(definition.Service) }];

    /// <summary>Whether an MX target shows this provider.</summary>
    public bool HasMailExchanger(string host)
    {
        foreach (var name in Definition.MailExchangers)
        {
            if (name.StartsWith('.') ? host.EndsWith(name, StringComparison.OrdinalIgnoreCase) : host.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The servers of the record for one address.</summary>
    public IReadOnlyList<ProtocolEntry> Protocols(EmailAddress email) =>
        [.. Definition.Protocols.Select(protocol => ProtocolEntry.FromRecord(protocol, email))];

    private static string? Protocol(string service) => service is "office365" or "outlook" ? "rest" : null;

    private static string? Hostname(string service) => service switch
    {
        "office365" => "outlook.office365.com",
        "outlook" => "outlook.live.com",
        _ => null,
    };
}
