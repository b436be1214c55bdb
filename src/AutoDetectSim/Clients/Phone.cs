using AutoDetectSim.AutoDetect;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients;

/// <summary>Outlook for iOS and Android: what it shows for an answer of AutoDetect.</summary>
internal sealed class Phone
{
    private readonly HashSet<string> _exchangeDomains;

    /// <param name="organizations">Whose domains have their mailboxes on Exchange, so that another provider is a wrong one.</param>
    public Phone(IEnumerable<OrganizationDefinition> organizations)
    {
        _exchangeDomains = organizations.SelectMany(organization => organization.Domains).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What the person sees. Status, services and protocols decide, as in the app; headers do not.</summary>
    public Outcome Show(Detection detection)
    {
        switch (detection.Status)
        {
            case DetectionStatus.StillSearching:
                return Outcome.StillSearching;
            case DetectionStatus.Unavailable:
                return Outcome.TryAgain;
            case DetectionStatus.NothingFound:
                return Outcome.SelectProvider;
        }

        var isExchange = _exchangeDomains.Contains(detection.Email.Domain);
        if (detection.Services is [var service, ..])
        {
            return service.Service is "office365" or "outlook"
                ? Outcome.ModernAuthSignIn
                : isExchange ? Outcome.WrongProvider : Outcome.ProviderSignIn;
        }

        if (detection.Protocols.Count == 0)
        {
            return Outcome.SelectProvider;
        }

        var isActiveSync = detection.Protocols.Any(protocol => protocol.Protocol is "eas" or "ews");
        if (isExchange && !isActiveSync)
        {
            return Outcome.WrongProvider;
        }

        if (detection.Protocols.Any(protocol => protocol.Insecure is not null))
        {
            return Outcome.InsecureConnection;
        }

        return isActiveSync ? Outcome.BasicAuthAdded : Outcome.ImapSetup;
    }
}
