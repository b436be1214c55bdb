using System.Globalization;
using System.Xml.Linq;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The answers of autodiscover.xml ([POXDOC], [POXERR], [MS-ASCMD]).</summary>
internal sealed class PoxAnswers(Organization organization)
{
    /// <summary>Cases of <see cref="Operations.AutoDiscoverPox"/>.</summary>
    public const string Challenge = "challenge";
    public const string BearerChallenge = "bearerChallenge";
    public const string BadRequest = "badRequest";
    public const string Error = "error";
    public const string OutlookSettings = "outlookSettings";
    public const string OutlookRedirectAddress = "outlookRedirectAddress";
    public const string OutlookRedirectUrl = "outlookRedirectUrl";
    public const string MobileSyncSettings = "mobileSyncSettings";
    public const string MobileSyncRedirect = "mobileSyncRedirect";
    public const string MobileSyncError = "mobileSyncError";

    /// <summary>The response schema of Outlook, and what its requests are in.</summary>
    public const string OutlookSchema = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    /// <summary>The response schema of ActiveSync devices.</summary>
    public const string MobileSyncSchema = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

    private static readonly XNamespace Outer = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static readonly XNamespace Outlook = OutlookSchema;
    private static readonly XNamespace MobileSync = MobileSyncSchema;

    /// <summary>All answers.</summary>
    public IEnumerable<AnswerDefinition> All()
    {
        yield return Define(Challenge, AutoDiscoverChallenge.Unauthorized);
        yield return Define(BearerChallenge, facts => AutoDiscoverChallenge.Unauthorized(facts, organization));
        yield return WindowsChallenge.Define(Operations.AutoDiscoverPox);
        yield return Define(BadRequest, facts => Answer.Empty(400, [("Cache-Control", "private"), .. Capabilities(facts)]));
        yield return Define(Error, facts => Send(facts, ErrorElement(facts)));
        yield return Define(OutlookSettings, facts => Send(facts, OutlookElement(facts)));
        yield return Define(OutlookRedirectAddress, facts => Send(facts, OutlookRedirect("redirectAddr", "RedirectAddr", facts[RequestFacts.Detail])));
        yield return Define(OutlookRedirectUrl, facts => Send(facts, OutlookRedirect("redirectUrl", "RedirectUrl", facts[RequestFacts.Url])));
        yield return Define(MobileSyncSettings, facts => Send(facts, MobileSyncElement(facts, MobileSyncServer())));
        yield return Define(MobileSyncRedirect, facts => Send(facts, MobileSyncElement(facts, new XElement(MobileSync + "Redirect", facts[RequestFacts.Detail]))));
        yield return Define(MobileSyncError, facts => Send(facts, MobileSyncElement(
            facts,
            new XElement(
                MobileSync + "Error",
                new XElement(MobileSync + "Status", "2"),
                new XElement(MobileSync + "Message", "The directory service could not be reached"),
                new XElement(MobileSync + "DebugData", "MailUser")))));
    }

    private static AnswerDefinition Define(string name, Func<RequestFacts, Answer> give) => new(Operations.AutoDiscoverPox, name, give);

    private static IReadOnlyList<(string, string)> Capabilities(RequestFacts facts) => AutoDiscoverChallenge.Capabilities(ExchangeBuild.Parse(facts[RequestFacts.Build]));

    private Answer Send(RequestFacts facts, XElement response) => AnswerXml.Indented(InForm(new XElement(Outer + "Autodiscover", response)), Capabilities(facts));

    // What servers make of the form that are not Exchange ([TBEAS], [MC2986]).
    private XElement InForm(XElement root) => organization.Definition.AutoDiscoverXml switch
    {
        AutoDiscoverXmlForm.OneNamespace => Renamed(root, name => Outer + name.LocalName),
        AutoDiscoverXmlForm.LowerCase => Renamed(root, name => name.Namespace + name.LocalName.ToLowerInvariant()),
        _ => root,
    };

    private static XElement Renamed(XElement root, Func<XName, XName> rename)
    {
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = rename(element.Name);
        }

        return root;
    }

    // The Id identifies the server: two nodes return two Ids for one fault ([POXERRDOC]).
    private static XElement ErrorElement(RequestFacts facts)
    {
        var (code, message) = facts[RequestFacts.Status] switch
        {
            "601" => ("601", "Provider is not available"),
            "500" => ("500", "The email address can't be found."),
            _ => ("600", "Invalid Request"),
        };
        return new XElement(
            Outer + "Response",
            new XElement(
                Outer + "Error",
                new XAttribute("Time", facts[RequestFacts.Time]),
                new XAttribute("Id", ServerHash.Of(facts[RequestFacts.Node]).ToString(CultureInfo.InvariantCulture)),
                new XElement(Outer + "ErrorCode", code),
                new XElement(Outer + "Message", message),
                new XElement(Outer + "DebugData")));
    }

    private static XElement MobileSyncElement(RequestFacts facts, XElement action) => new(
        MobileSync + "Response",
        new XElement(MobileSync + "Culture", "en:us"),
        new XElement(
            MobileSync + "User",
            new XElement(MobileSync + "DisplayName", facts[RequestFacts.DisplayName]),
            new XElement(MobileSync + "EMailAddress", facts[RequestFacts.Email])),
        new XElement(MobileSync + "Action", action));

    private XElement MobileSyncServer() => new(
        MobileSync + "Settings",
        new XElement(
            MobileSync + "Server",
            new XElement(MobileSync + "Type", "MobileSync"),
            new XElement(MobileSync + "Url", organization.ActiveSyncUrl),
            new XElement(MobileSync + "Name", organization.ActiveSyncUrl)));

    private static XElement OutlookRedirect(string action, string name, string target) => new(
        Outlook + "Response",
        new XElement(
            Outlook + "Account",
            new XElement(Outlook + "Action", action),
            new XElement(Outlook + name, target)));

    private XElement OutlookElement(RequestFacts facts)
    {
        var build = ExchangeBuild.Parse(facts[RequestFacts.Build]);
        var profile = new MailboxProfile(organization, facts[RequestFacts.Email], facts[RequestFacts.Server]);
        return new XElement(
            Outlook + "Response",
            new XElement(
                Outlook + "User",
                new XElement(Outlook + "DisplayName", facts[RequestFacts.DisplayName]),
                new XElement(Outlook + "LegacyDN", profile.LegacyDn),
                new XElement(Outlook + "AutoDiscoverSMTPAddress", facts[RequestFacts.Email]),
                new XElement(Outlook + "DeploymentId", profile.DeploymentId)),
            new XElement(
                Outlook + "Account",
                new XElement(Outlook + "AccountType", "email"),
                new XElement(Outlook + "Action", "settings"),
                new XElement(Outlook + "MicrosoftOnline", "False"),
                new XElement(
                    Outlook + "Protocol",
                    new XElement(Outlook + "Type", "EXCH"),
                    new XElement(Outlook + "Server", profile.ServerFqdn),
                    new XElement(Outlook + "ServerDN", profile.ServerDn),
                    new XElement(Outlook + "ServerVersion", build.HexVersion),
                    new XElement(Outlook + "MdbDN", profile.DatabaseDn),
                    new XElement(Outlook + "AD", profile.DirectoryServer),
                    Urls(profile),
                    new XElement(Outlook + "ServerExclusiveConnect", "off")),
                new XElement(
                    Outlook + "Protocol",
                    new XElement(Outlook + "Type", "EXPR"),
                    new XElement(Outlook + "Server", profile.ExternalHost),
                    new XElement(Outlook + "SSL", "On"),
                    new XElement(Outlook + "AuthPackage", "Ntlm"),
                    Urls(profile),
                    new XElement(Outlook + "ServerExclusiveConnect", "on"),
                    new XElement(Outlook + "CertPrincipalName", "None")),
                new XElement(
                    Outlook + "Protocol",
                    new XElement(Outlook + "Type", "WEB"),
                    new XElement(
                        Outlook + "Internal",
                        new XElement(Outlook + "OWAUrl", new XAttribute("AuthenticationMethod", "Basic, Fba"), profile.OwaUrl),
                        profile.EwsUrl.Length == 0 ? null : new XElement(
                            Outlook + "Protocol",
                            new XElement(Outlook + "Type", "EXCH"),
                            new XElement(Outlook + "ASUrl", profile.EwsUrl))))));
    }

    private static IEnumerable<XElement> Urls(MailboxProfile profile)
    {
        if (profile.EwsUrl.Length > 0)
        {
            yield return new XElement(Outlook + "ASUrl", profile.EwsUrl);
            yield return new XElement(Outlook + "EwsUrl", profile.EwsUrl);
            yield return new XElement(Outlook + "EmwsUrl", profile.EwsUrl);
            yield return new XElement(Outlook + "EcpUrl", profile.EcpUrl);
            yield return new XElement(Outlook + "OOFUrl", profile.EwsUrl);
            yield return new XElement(Outlook + "UMUrl", profile.EwsUrl);
        }

        yield return new XElement(Outlook + "OABUrl", profile.OabUrl);
    }
}
