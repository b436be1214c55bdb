using System.Globalization;
using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Exchange.Entra;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange;

/// <summary>
/// The simulated Exchange Online and login endpoint: AutoDiscover V2, which knows the hybrid organizations of the
/// scenario, ActiveSync up to its challenge, and the documents behind the authorization URL.
/// </summary>
internal sealed class ExchangeOnline
{
    /// <summary>The host that Exchange Online redirects to and whose URLs it gives.</summary>
    public const string Host = "outlook.office365.com";

    /// <summary>The newer name of Exchange Online, which answers alike ([CLOUDMS]).</summary>
    public const string NewHost = "outlook.cloud.microsoft";

    /// <summary>The value of <see cref="RequestFacts.Organization"/> in mapping files for Exchange Online; the space keeps it distinct from names of a scenario.</summary>
    public const string OrganizationName = "Exchange Online";

    private const string Challenged = "challenge";
    private const string NotFound = "notFound";

    private const string SoapPath = "/autodiscover/autodiscover.svc";
    private const string ProxyName = "AS9PR06CA0331";

    private static readonly ExchangeNode FrontEnd = new(
        new NodeDefinition { Name = "AM0PR04CA0024", Build = "15.20.5723.33", Auth = AuthenticationMode.HybridModern },
        new Organization(new OrganizationDefinition { Name = OrganizationName, Domains = ["eurprd04.prod.outlook.com"] }, seed: 0),
        balancer: null,
        seed: 0);

    private static readonly (string Folder, string Operation)[] Challenging =
    [
        (ExchangePaths.ActiveSync, Operations.ActiveSync),
        ("/EWS", Operations.Ews),
        ("/autodiscover/autodiscover.xml", Operations.AutoDiscoverPox),
        (SoapPath, Operations.AutoDiscoverSoap),
    ];

    private readonly ExchangeDirectory _directory;
    private readonly EntraInterface _login;
    private readonly NodeSignature _signature;
    private readonly IAnswerSource _answers;

    /// <summary>The simulated Exchange Online of one lab.</summary>
    /// <param name="directory">The organizations of the scenario.</param>
    /// <param name="login">The login endpoint.</param>
    /// <param name="signature">Adds what identifies the front end.</param>
    /// <param name="answers">Gives the answers, those of <see cref="Answers"/> among them.</param>
    public ExchangeOnline(ExchangeDirectory directory, EntraInterface login, NodeSignature signature, IAnswerSource answers)
    {
        _directory = directory;
        _login = login;
        _signature = signature;
        _answers = answers;
    }

    /// <summary>The host names of the simulated Exchange Online.</summary>
    public static IReadOnlyList<string> Hosts { get; } =
        [Host, NewHost, "outlook.office.com", "autodiscover-s.outlook.com", "substrate.office.com", .. EntraInterface.Hosts];

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

        var (operation, verdict) = EntraInterface.Hosts.Contains(request.Host, StringComparer.OrdinalIgnoreCase) ? (Operations.Login, _login.Judge(request)) : Judge(request);
        await _answers.AnswerAsync(context, RequestFacts.Of(request, OrganizationName, operation, verdict), response => Sign(response, operation, verdict));
    }

    private void Sign(HttpResponse response, string operation, Handling verdict)
    {
        _signature.Sign(response.HttpContext, FrontEnd, operation, verdict);
        if (verdict.ReachesBackEnd && response.Headers["X-FEServer"].Count == 1)
        {
            ShowProxies(response);
        }
    }

    // Front end, proxy and mailbox server of Exchange Online each leave their mark ([PNS], [O365ENUM]).
    private static void ShowProxies(HttpResponse response)
    {
        var status = response.StatusCode.ToString(CultureInfo.InvariantCulture);
        response.Headers.Append("X-FEServer", ProxyName);
        response.Headers["X-CalculatedFETarget"] = FrontEnd.FqdnOf(ProxyName);
        response.Headers["X-BackEndHttpStatus"] = new([status, status]);
        response.Headers["X-Proxy-BackendServerStatus"] = status;
        response.Headers["X-Proxy-RoutingCorrectness"] = "1";
        response.Headers["X-RUM-Validated"] = "1";
    }

    /// <summary>All answers of the simulated Exchange Online.</summary>
    internal static IEnumerable<AnswerDefinition> Answers()
    {
        foreach (var answer in AutoDiscoverV2Answers.All(CloudProtocols.Names))
        {
            yield return answer;
        }

        yield return new AnswerDefinition(Operations.ActiveSync, Challenged, Challenge);
        yield return new AnswerDefinition(Operations.Ews, Challenged, Challenge);
        yield return new AnswerDefinition(Operations.AutoDiscoverPox, Challenged, AutoDiscoverChallenged);
        yield return new AnswerDefinition(Operations.AutoDiscoverSoap, Challenged, AutoDiscoverChallenged);
        yield return new AnswerDefinition(Operations.Other, NotFound, _ => IisAnswers.NotFound());
        yield return new AnswerDefinition(Operations.AutoDiscoverSoap, FederationInformation.Case, FederationInformation.Answer);
        foreach (var answer in EntraInterface.Answers())
        {
            yield return answer;
        }
    }

    private (string Operation, Handling Verdict) Judge(ExchangeRequest request)
    {
        if (request.IsBelow(AutoDiscoverV2Request.Path))
        {
            return (Operations.AutoDiscoverV2, JudgeAutoDiscover(AutoDiscoverV2Request.Read(request)));
        }

        if (request.IsBelow(SoapPath) && HttpMethods.IsPost(request.Context.Request.Method) && FederationInformation.Judge(request, FindFederated) is { } federation)
        {
            return (Operations.AutoDiscoverSoap, federation);
        }

        foreach (var (folder, operation) in Challenging)
        {
            if (request.IsBelow(folder))
            {
                return (operation, new Handling(Challenged) { Facts = [(RequestFacts.Detail, MailboxGuid(request.Authorization))] });
            }
        }

        return (Operations.Other, new Handling(NotFound));
    }

    private Organization? FindFederated(string domain) => _directory.FindDomain(domain) is { IsHybrid: true } organization ? organization : null;

    // A wrong password for a mailbox that exists shows in the answer of Exchange Online ([O365ENUM]).
    private string MailboxGuid(RequestAuthorization authorization) =>
        EmailAddress.TryParse(authorization.UserName, out var address) && ViewOf(_directory.Find(address), address) == CloudView.Cloud
            ? new Seed(0).GuidOf("mailbox", address.Text).ToString()
            : "";

    private static Answer Challenge(RequestFacts facts) => Answer.Empty(
        401,
        [("WWW-Authenticate", ActiveSyncChallenge.ExchangeOnline), .. facts[RequestFacts.Detail].Length == 0 ? Array.Empty<(string, string)>() : [("X-MailboxGuid", facts[RequestFacts.Detail])]]);

    // By the federation header clients tell Microsoft 365 from a server ([EWSJS23]).
    private static Answer AutoDiscoverChallenged(RequestFacts facts) => Answer.Empty(
        401,
        [
            ("Cache-Control", "private"),
            .. AutoDiscoverChallenge.Capabilities(FrontEnd.Build),
            ("x-federationtrusttokenissueruri", "urn:federation:MicrosoftOnline"),
            ("WWW-Authenticate", ActiveSyncChallenge.ExchangeOnline),
        ]);

    private Handling JudgeAutoDiscover(AutoDiscoverV2Request asked)
    {
        if (asked.EmailText is null || asked.Protocol is null)
        {
            return new Handling(AutoDiscoverV2Answers.MissingParameter) { Facts = [(RequestFacts.Detail, asked.EmailText is null ? "Email" : "Protocol")] };
        }

        if (asked.Email is null)
        {
            return new Handling(AutoDiscoverV2Answers.InvalidAddress) { Facts = [(RequestFacts.Detail, asked.EmailText)] };
        }

        List<(string, string)> facts = [(RequestFacts.Email, asked.Email.Text), (RequestFacts.Protocol, asked.Protocol)];
        if (CloudProtocols.AddressOf(asked.Protocol) is not { } url)
        {
            return new Handling(AutoDiscoverV2Answers.ProtocolNotSupported) { Facts = facts };
        }

        var organization = _directory.Find(asked.Email);
        switch (ViewOf(organization, asked.Email))
        {
            case CloudView.Unknown:
                return AutoDiscoverV2Interface.RedirectTo(Host, asked, facts);
            case CloudView.OnPremises:
                return AutoDiscoverV2Interface.RedirectTo(organization!.AutoDiscoverHost, asked, facts);
        }

        return new Handling(AutoDiscoverV2Answers.Success)
        {
            Facts = [.. facts, (RequestFacts.Url, url), .. asked.WantsServerLocation ? [(RequestFacts.Detail, "EUR")] : Array.Empty<(string, string)>()],
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
}
