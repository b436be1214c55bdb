using System.Xml.Linq;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>AutoDiscover with SOAP: autodiscover.svc, of which clients use GetUserSettings.</summary>
internal sealed class SoapInterface(LogonService logons) : IExchangeInterface
{
    private const string Path = "/autodiscover/autodiscover.svc";
    private const string GetUserSettings = "GetUserSettingsRequestMessage";

    // The limits of Exchange's throttling for one request.
    private const int MaximumUsers = 90;
    private const int MaximumSettings = 100;

    /// <inheritdoc />
    public string Operation => Operations.AutoDiscoverSoap;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(Path);

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization) => new SoapAnswers(organization).All();

    /// <inheritdoc />
    public async ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        var logon = await logons.JudgeAsync(request, organization, ChannelBindingCheck.None);
        if (logon.Result != LogonResult.Accepted)
        {
            return AutoDiscoverChallenge.Choose(request, logon);
        }

        if (!HttpMethods.IsPost(request.Context.Request.Method))
        {
            return new Handling(SoapAnswers.ServicePage);
        }

        var document = RequestXml.Read(request.Body);
        if (document.IsHostile || document.Root is not { Name.LocalName: "Envelope" })
        {
            return new Handling(SoapAnswers.BadRequest);
        }

        if (document.Find(GetUserSettings) is not { } message)
        {
            return new Handling(SoapAnswers.UnknownAction);
        }

        return document.Find("RequestedServerVersion")?.Value.Trim() is { } version && version.StartsWith("Exchange20", StringComparison.Ordinal)
            ? Judge(message)
            : new Handling(SoapAnswers.MissingVersion);
    }

    private static Handling Judge(XElement message)
    {
        var users = Values(message, "Mailbox");
        var settings = Values(message, "Setting");
        if (users.Count == 0 || settings.Count == 0 || users.Count > MaximumUsers || settings.Count > MaximumSettings)
        {
            return new Handling(SoapAnswers.InvalidRequest);
        }

        return new Handling(SoapAnswers.UserSettings)
        {
            Facts = [(RequestFacts.Users, string.Join(' ', users)), (RequestFacts.Settings, string.Join(' ', settings))],
            ReachesBackEnd = true,
        };
    }

    // Neither addresses nor names of settings have spaces; what has some can match nothing, and is cut to its length limit.
    private static List<string> Values(XElement message, string name) =>
    [
        .. message.Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal))
            .Select(element => string.Concat(element.Value.Where(letter => !char.IsWhiteSpace(letter))))
            .Where(value => value.Length is > 0 and <= 254),
    ];
}
