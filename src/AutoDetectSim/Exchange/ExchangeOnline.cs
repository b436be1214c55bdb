using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange;

/// <summary>
/// The stand-in for Exchange Online and the login endpoint: AutoDiscover V2, which knows the hybrid organizations of the
/// scenario, ActiveSync up to its challenge, and the documents behind the authorization URL.
/// </summary>
internal sealed class ExchangeOnline
{
    /// <summary>The host that Exchange Online redirects to and whose URLs it gives.</summary>
    public const string Host = "outlook.office365.com";

    /// <summary>The value of <see cref="CallFacts.Organization"/> in mapping files for Exchange Online; with its space it is no name of a scenario.</summary>
    public const string OrganizationName = "Exchange Online";

    // The list of October 2022 ([PNS]).
    private const string SupportedProtocols =
        "Rest,ActiveSync,Ews,Substrate,SubstrateSearchService,AutodiscoverV1,SubstrateNotificationService,OutlookMeetingScheduler,OutlookPay,"
        + "Actions,Connectors,ConnectorsProcessors,ConnectorsWebhook,NotesClient,OwaPoweredExperience,ToDo,Weve,OutlookLocationsService,"
        + "OutlookCloudSettingsService,OutlookTailoredExperiences,OwaPoweredExperienceV2,Speedway,SpeechAndLanguagePersonalization,"
        + "SubstrateSignalService,CompliancePolicyService";

    private const string ActiveSyncChallenged = "challenge";
    private const string Metadata = "metadata";
    private const string Authorize = "authorize";
    private const string NotFound = "notFound";

    private static readonly ExchangeNode FrontEnd = new(
        new NodeDefinition { Name = "AM0PR04CA0024", Build = "15.20.5723.33", Auth = AuthenticationMode.HybridModern },
        new Organization(new OrganizationDefinition { Name = OrganizationName, Domains = ["eurprd04.prod.outlook.com"] }, seed: 0),
        balancer: null);

    private static readonly HashSet<string> Supported = new(SupportedProtocols.Split(','), StringComparer.OrdinalIgnoreCase);

    private readonly ExchangeDirectory _directory;
    private readonly AnswerForwarder _forwarder;
    private readonly NodeSignature _signature;

    public ExchangeOnline(ExchangeDirectory directory, AnswerForwarder forwarder, NodeSignature signature)
    {
        _directory = directory;
        _forwarder = forwarder;
        _signature = signature;
    }

    /// <summary>The host names that the stand-in answers for.</summary>
    public static IReadOnlyList<string> Hosts { get; } =
        [Host, "outlook.office.com", "autodiscover-s.outlook.com", "login.windows.net", "login.microsoftonline.com"];

    /// <summary>Answers a request to one of <see cref="Hosts"/>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(MappingServer.AdminPath, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = new ExchangeRequest(context, FrontEnd);
        if (!await request.TryReadBodyAsync())
        {
            return;
        }

        var (operation, verdict) = request.Host.StartsWith("login.", StringComparison.OrdinalIgnoreCase) ? (Operations.Login, JudgeLogin(request)) : Judge(request);
        var facts = CallFacts.Of(request, OrganizationName, operation, verdict);
        await _forwarder.ForwardAsync(context, facts, _ => _signature.Sign(context, FrontEnd, operation, verdict));
    }

    /// <summary>All answers of the stand-in; mappings are generated from them.</summary>
    internal static IEnumerable<AnswerDefinition> Answers()
    {
        foreach (var answer in AutoDiscoverV2Answers.All(SupportedProtocols))
        {
            yield return answer;
        }

        yield return new AnswerDefinition(Operations.ActiveSync, ActiveSyncChallenged, _ => Answer.Empty(401, ("WWW-Authenticate", ActiveSyncChallenge.ExchangeOnline)));
        yield return new AnswerDefinition(Operations.Other, NotFound, _ => IisAnswers.NotFound());
        yield return new AnswerDefinition(Operations.Login, Metadata, facts => LoginAnswers.Metadata(facts[CallFacts.Detail]));
        yield return new AnswerDefinition(Operations.Login, Authorize, _ => LoginAnswers.SignInPage());
        yield return new AnswerDefinition(Operations.Login, NotFound, _ => IisAnswers.NotFound());
    }

    private (string Operation, Verdict Verdict) Judge(ExchangeRequest request)
    {
        if (request.IsBelow(AutoDiscoverV2Request.Path))
        {
            return (Operations.AutoDiscoverV2, JudgeAutoDiscover(AutoDiscoverV2Request.Read(request)));
        }

        return request.IsBelow("/Microsoft-Server-ActiveSync")
            ? (Operations.ActiveSync, new Verdict(ActiveSyncChallenged))
            : (Operations.Other, new Verdict(NotFound));
    }

    private Verdict JudgeAutoDiscover(AutoDiscoverV2Request asked)
    {
        if (asked.EmailText is null || asked.Protocol is null)
        {
            return new Verdict(AutoDiscoverV2Answers.MissingParameter) { Facts = [(CallFacts.Detail, asked.EmailText is null ? "Email" : "Protocol")] };
        }

        if (asked.Email is null)
        {
            return new Verdict(AutoDiscoverV2Answers.InvalidAddress) { Facts = [(CallFacts.Detail, asked.EmailText)] };
        }

        List<(string, string)> facts = [(CallFacts.Email, asked.Email.Text), (CallFacts.Protocol, asked.Protocol)];
        if (!Supported.Contains(asked.Protocol))
        {
            return new Verdict(AutoDiscoverV2Answers.ProtocolNotSupported) { Facts = facts };
        }

        var organization = _directory.Find(asked.Email);
        switch (ViewOf(organization, asked.Email))
        {
            case CloudView.Unknown:
                return AutoDiscoverV2Interface.RedirectTo(Host, asked, facts);
            case CloudView.OnPremises:
                return AutoDiscoverV2Interface.RedirectTo(organization!.AutoDiscoverHost, asked, facts);
        }

        return new Verdict(AutoDiscoverV2Answers.Success)
        {
            Facts = [.. facts, (CallFacts.Url, UrlOf(asked.Protocol)), .. asked.WantsServerLocation ? [(CallFacts.Detail, "EUR")] : Array.Empty<(string, string)>()],
            ReachesBackEnd = true,
        };
    }

    private static CloudView ViewOf(Organization? organization, EmailAddress mailbox)
    {
        if (organization is not { IsHybrid: true } || !organization.HasMailbox(mailbox))
        {
            return CloudView.Unknown;
        }

        return (organization.Settings(mailbox).CloudView, organization.LocationOf(mailbox)) switch
        {
            (CloudView.Correct, MailboxLocation.OnPremises) => CloudView.OnPremises,
            (CloudView.Correct, _) => CloudView.Cloud,
            var (view, _) => view,
        };
    }

    private static string UrlOf(string protocol) => protocol.ToUpperInvariant() switch
    {
        "ACTIVESYNC" => $"https://{Host}/Microsoft-Server-ActiveSync",
        "AUTODISCOVERV1" => $"https://{Host}/autodiscover/autodiscover.xml",
        "EWS" => $"https://{Host}/EWS/Exchange.asmx",
        "REST" => $"https://{Host}/api",
        _ => $"https://{Host}/{protocol}",
    };

    private static Verdict JudgeLogin(ExchangeRequest request)
    {
        var segments = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (request.Path.EndsWith("/.well-known/openid-configuration", StringComparison.OrdinalIgnoreCase) && segments.Length >= 3)
        {
            return new Verdict(Metadata) { Facts = [(CallFacts.Detail, segments[0])] };
        }

        return request.Path.EndsWith("/oauth2/authorize", StringComparison.OrdinalIgnoreCase)
            || request.Path.EndsWith("/oauth2/v2.0/authorize", StringComparison.OrdinalIgnoreCase)
            ? new Verdict(Authorize)
            : new Verdict(NotFound);
    }
}
