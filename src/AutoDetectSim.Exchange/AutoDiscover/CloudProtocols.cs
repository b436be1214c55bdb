using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The protocols of Exchange Online's AutoDiscover V2: the list of October 2022 ([PNS]), and where each one leads ([AADINT], [GROMOX]).</summary>
internal static class CloudProtocols
{
    private const string Host = ExchangeOnline.Host;
    private const string Outlook = "outlook.office.com";
    private const string Substrate = "substrate.office.com";

    private static readonly (string Name, string Address)[] Known =
    [
        ("Rest", $"{Outlook}/api"),
        ("ActiveSync", $"{Host}{ExchangePaths.ActiveSync}"),
        ("Ews", $"{Host}/EWS/Exchange.asmx"),
        ("Substrate", Substrate),
        ("SubstrateSearchService", $"{Host}/search"),
        ("AutodiscoverV1", $"{Host}/autodiscover/autodiscover.xml"),
        ("SubstrateNotificationService", $"{Substrate}/insights"),
        ("OutlookMeetingScheduler", $"{Outlook}/scheduling/api"),
        ("OutlookPay", $"{Outlook}/opay"),
        ("Actions", $"{Host}/actions"),
        ("Connectors", $"{Host}/connectors"),
        ("ConnectorsProcessors", $"{Host}/connectorsprocessors"),
        ("ConnectorsWebhook", $"{Host}/webhook"),
        ("NotesClient", $"{Substrate}/notesfabric"),
        ("OwaPoweredExperience", $"{Host}/"),
        ("ToDo", $"{Substrate}/todob2"),
        ("Weve", $"{Substrate}/WeveB2"),
        ("OutlookLocationsService", $"{Host}/locations/api"),
        ("OutlookCloudSettingsService", $"{Substrate}/ows/v1/outlookcloudsettings/settings"),
        ("OutlookTailoredExperiences", $"{Substrate}/txpB2"),
        ("OwaPoweredExperienceV2", $"{Outlook}/ows/v1.0/Opx/configuration"),
        ("Speedway", $"{Outlook}/ows/groupsapi/v0.1/"),
        ("SpeechAndLanguagePersonalization", $"{Host}/slp"),
        ("SubstrateSignalService", $"{Substrate}/SubstrateSignalService"),
        ("CompliancePolicyService", $"{Outlook}/CompliancePolicy/api/"),
    ];

    private static readonly Dictionary<string, string> Addresses = Known.ToDictionary(protocol => protocol.Name, protocol => "https://" + protocol.Address, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names in the order in which an error lists them.</summary>
    public static string Names { get; } = string.Join(',', Known.Select(protocol => protocol.Name));

    /// <summary>The address of a protocol; null for one that does not exist.</summary>
    public static string? AddressOf(string protocol) => Addresses.GetValueOrDefault(protocol);
}
