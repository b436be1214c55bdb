using System.Xml.Linq;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The answers of autodiscover.svc ([SOAPDOC]).</summary>
internal sealed class SoapAnswers(Organization organization)
{
    /// <summary>Cases of <see cref="Operations.AutoDiscoverSoap"/>; the challenges are those of autodiscover.xml.</summary>
    public const string UserSettings = "userSettings";
    public const string InvalidRequest = "invalidRequest";
    public const string MissingVersion = "missingVersion";
    public const string UnknownAction = "unknownAction";
    public const string BadRequest = "badRequest";
    public const string ServicePage = "servicePage";

    private static readonly XNamespace Soap = SoapEnvelope.Soap;
    private static readonly XNamespace Messages = SoapEnvelope.Messages;
    private static readonly XNamespace Instance = SoapEnvelope.Instance;

    /// <summary>All answers.</summary>
    public IEnumerable<AnswerDefinition> All()
    {
        yield return Define(PoxAnswers.Challenge, AutoDiscoverChallenge.Unauthorized);
        yield return Define(PoxAnswers.BearerChallenge, facts => AutoDiscoverChallenge.Unauthorized(facts, organization));
        yield return WindowsChallenge.Define(Operations.AutoDiscoverSoap);
        yield return Define(BadRequest, facts => Answer.Empty(400, [("Cache-Control", "private"), .. Capabilities(facts)]));
        yield return Define(ServicePage, facts => Answer.Text(
            200,
            "text/html; charset=UTF-8",
            "<HTML><HEAD><TITLE>Autodiscover Service</TITLE></HEAD><BODY><H1>Autodiscover Service</H1><P>You have created a service.</P></BODY></HTML>",
            [("Cache-Control", "private"), .. Capabilities(facts)]));
        yield return Define(MissingVersion, facts => Fault(facts, "The RequestedServerVersion header is missing or invalid."));
        yield return Define(UnknownAction, facts => Fault(facts, "The message cannot be processed at the receiver, because it asks for no action that the service has."));
        yield return Define(InvalidRequest, facts => Envelope(facts, Response("InvalidRequest", "The request is invalid.", [])));
        yield return Define(UserSettings, facts => Envelope(facts, Response("NoError", "", Split(facts[RequestFacts.Users]).Select(user => User(user, facts)))));
    }

    private static AnswerDefinition Define(string name, Func<RequestFacts, Answer> give) => new(Operations.AutoDiscoverSoap, name, give);

    private static IReadOnlyList<(string, string)> Capabilities(RequestFacts facts) => AutoDiscoverChallenge.Capabilities(ExchangeBuild.Parse(facts[RequestFacts.Build]));

    private static string[] Split(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Answer Fault(RequestFacts facts, string text) => AnswerXml.OnOneLine(
        new XElement(
            Soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "s", Soap),
            new XElement(Soap + "Body", new XElement(Soap + "Fault", new XElement("faultcode", "s:Client"), new XElement("faultstring", text)))),
        500,
        Capabilities(facts));

    private static Answer Envelope(RequestFacts facts, XElement response)
    {
        var build = ExchangeBuild.Parse(facts[RequestFacts.Build]);
        return AnswerXml.OnOneLine(SoapEnvelope.Of("GetUserSettings", build, build.SchemaVersion, response), 200, Capabilities(facts));
    }

    private static XElement Response(string code, string message, IEnumerable<XElement> users) => new(
        Messages + "Response",
        new XAttribute(XNamespace.Xmlns + "i", Instance),
        new XElement(Messages + "ErrorCode", code),
        new XElement(Messages + "ErrorMessage", message),
        new XElement(Messages + "UserResponses", users));

    private XElement User(string mailbox, RequestFacts facts)
    {
        if (!EmailAddress.TryParse(mailbox, out var address) || !organization.HasMailbox(address))
        {
            return User("InvalidUser", $"Invalid user: '{mailbox}'", null, [], []);
        }

        if (organization.Settings(address).RedirectUrl is { } url)
        {
            return User("RedirectUrl", "Redirection URL.", url, [], []);
        }

        if (organization.RedirectAddressOf(address) is { } elsewhere)
        {
            return User("RedirectAddress", "Redirection address.", elsewhere, [], []);
        }

        var values = Values(address, facts);
        var asked = Split(facts[RequestFacts.Settings]).Distinct(StringComparer.Ordinal).ToList();
        return User(
            "NoError",
            "No error.",
            null,
            asked.Where(name => !values.ContainsKey(name)).Select(name => new XElement(
                Messages + "UserSettingError",
                new XElement(Messages + "ErrorCode", "SettingIsNotAvailable"),
                new XElement(Messages + "ErrorMessage", $"Setting '{name}' is not available."),
                new XElement(Messages + "SettingName", name))),
            asked.Where(values.ContainsKey).Select(name => new XElement(
                Messages + "UserSetting",
                new XAttribute(Instance + "type", "StringSetting"),
                new XElement(Messages + "Name", name),
                new XElement(Messages + "Value", values[name]))));
    }

    private static XElement User(string code, string message, string? target, IEnumerable<XElement> errors, IEnumerable<XElement> settings) => new(
        Messages + "UserResponse",
        new XElement(Messages + "ErrorCode", code),
        new XElement(Messages + "ErrorMessage", message),
        target is null ? new XElement(Messages + "RedirectTarget", new XAttribute(Instance + "nil", "true")) : new XElement(Messages + "RedirectTarget", target),
        new XElement(Messages + "UserSettingErrors", errors),
        new XElement(Messages + "UserSettings", settings));

    private Dictionary<string, string> Values(EmailAddress address, RequestFacts facts)
    {
        var build = ExchangeBuild.Parse(facts[RequestFacts.Build]);
        var profile = new MailboxProfile(organization, address.Text, organization.Settings(address).Server ?? facts[RequestFacts.Node]);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["UserDisplayName"] = organization.DisplayNameOf(address),
            ["UserDN"] = profile.LegacyDn,
            ["UserDeploymentId"] = profile.DeploymentId,
            ["AutoDiscoverSMTPAddress"] = address.Text,
            ["CasVersion"] = build.CasVersion,
            ["EwsSupportedSchemas"] = build.EwsSupportedSchemas,
            ["InternalMailboxServer"] = profile.ServerFqdn,
            ["ActiveDirectoryServer"] = profile.DirectoryServer,
            ["MailboxDN"] = profile.DatabaseDn,
            ["ExternalMailboxServer"] = profile.ExternalHost,
            ["ExternalMailboxServerRequiresSSL"] = "True",
            ["ExternalOABUrl"] = profile.OabUrl,
            ["InternalOABUrl"] = profile.OabUrl,
            ["InternalEcpUrl"] = profile.EcpUrl,
            ["ExternalEcpUrl"] = profile.EcpUrl,
        };
        if (profile.EwsUrl.Length > 0)
        {
            values["ExternalEwsUrl"] = profile.EwsUrl;
            values["InternalEwsUrl"] = profile.EwsUrl;
            values["ExternalUMUrl"] = profile.EwsUrl;
            values["InternalUMUrl"] = profile.EwsUrl;
        }

        return values;
    }
}
