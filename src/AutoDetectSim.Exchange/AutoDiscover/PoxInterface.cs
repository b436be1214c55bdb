using System.Globalization;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>AutoDiscover with plain old XML: autodiscover.xml, for Outlook and for ActiveSync devices.</summary>
internal sealed class PoxInterface(LogonService logons, TimeProvider time) : IExchangeInterface
{
    private const string Folder = "/autodiscover";
    private const string Path = Folder + "/autodiscover.xml";

    /// <inheritdoc />
    public string Operation => Operations.AutoDiscoverPox;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(Path) || IsDefaultDocument(request.Path);

    // The default document of the virtual directory.
    private static bool IsDefaultDocument(string path) => path.TrimEnd('/').Equals(Folder, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization) => new PoxAnswers(organization).All();

    /// <inheritdoc />
    public async ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        var logon = await logons.JudgeAsync(request, organization, ChannelBindingCheck.None);
        if (logon.Result != LogonResult.Accepted)
        {
            return AutoDiscoverChallenge.Choose(request, logon);
        }

        var document = RequestXml.Read(request.Body);
        if (document.IsHostile)
        {
            return new Handling(PoxAnswers.BadRequest);
        }

        // A GET by someone who is logged on is an invalid request as well ([MC646]).
        if (!HttpMethods.IsPost(request.Context.Request.Method)
            || document.Root is not { Name.LocalName: "Autodiscover" }
            || !EmailAddress.TryParse(document.Find("EMailAddress")?.Value.Trim(), out var address))
        {
            return Error("600");
        }

        return document.Find("AcceptableResponseSchema")?.Value.Trim() switch
        {
            PoxAnswers.OutlookSchema => Outlook(organization, address),
            PoxAnswers.MobileSyncSchema => MobileSync(organization, address),
            null or "" => Error("600"),
            _ => Error("601"),
        };
    }

    private Handling Outlook(Organization organization, EmailAddress address)
    {
        if (!organization.HasMailbox(address))
        {
            return Error("500");
        }

        if (organization.Settings(address).RedirectUrl is { } url)
        {
            return new Handling(PoxAnswers.OutlookRedirectUrl) { Facts = [(RequestFacts.Email, address.Text), (RequestFacts.Url, url)], ReachesBackEnd = true };
        }

        return organization.RedirectAddressOf(address) is { } elsewhere
            ? new Handling(PoxAnswers.OutlookRedirectAddress) { Facts = [(RequestFacts.Email, address.Text), (RequestFacts.Detail, elsewhere)], ReachesBackEnd = true }
            : Known(PoxAnswers.OutlookSettings, organization, address);
    }

    private static Handling MobileSync(Organization organization, EmailAddress address)
    {
        if (!organization.HasMailbox(address))
        {
            return new Handling(PoxAnswers.MobileSyncError) { Facts = [(RequestFacts.Email, address.Text), (RequestFacts.DisplayName, address.LocalPart)], ReachesBackEnd = true };
        }

        var known = Known(PoxAnswers.MobileSyncSettings, organization, address);
        return organization.RedirectAddressOf(address) is { } elsewhere
            ? known with { Case = PoxAnswers.MobileSyncRedirect, Facts = [.. known.Facts, (RequestFacts.Detail, elsewhere)] }
            : known;
    }

    private static Handling Known(string name, Organization organization, EmailAddress address) => new(name)
    {
        Facts = [(RequestFacts.Email, address.Text), (RequestFacts.DisplayName, organization.DisplayNameOf(address))],
        ReachesBackEnd = true,
        MailboxServer = organization.Settings(address).Server,
    };

    private Handling Error(string code) => new(PoxAnswers.Error)
    {
        Facts = [(RequestFacts.Status, code), (RequestFacts.Time, time.GetUtcNow().ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture))],
    };
}
