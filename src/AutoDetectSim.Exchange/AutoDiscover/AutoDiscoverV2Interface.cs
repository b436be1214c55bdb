using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>AutoDiscover V2 of an on-premises server: JSON, no authentication.</summary>
internal sealed class AutoDiscoverV2Interface : IExchangeInterface
{
    private const string NotPresent = "notPresent";
    private const string Broken = "broken";
    private const string SupportedProtocols = "ActiveSync,AutodiscoverV1,Ews,Rest";

    /// <inheritdoc />
    public string Operation => Operations.AutoDiscoverV2;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(AutoDiscoverV2Request.Path);

    /// <inheritdoc />
    public ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization) =>
        ValueTask.FromResult(Judge(request, organization));

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization) =>
    [
        .. AutoDiscoverV2Answers.All(SupportedProtocols),
        new AnswerDefinition(Operation, NotPresent, _ => IisAnswers.NotFound()),
        new AnswerDefinition(Operation, Broken, _ => IisAnswers.ServerError()),
    ];

    private static Handling Judge(ExchangeRequest request, Organization organization)
    {
        switch (organization.Definition.AutoDiscoverV2)
        {
            case AutoDiscoverV2Support.ByBuild when request.Node.Build.HasAutoDiscoverV2:
                break;
            case AutoDiscoverV2Support.ServerError:
                return new Handling(Broken);
            default:
                return new Handling(NotPresent);
        }

        var asked = AutoDiscoverV2Request.Read(request);
        if (asked.EmailText is null || asked.Protocol is null)
        {
            return new Handling(AutoDiscoverV2Answers.MissingParameter)
            {
                Facts = [(RequestFacts.Detail, asked.EmailText is null ? "Email" : "Protocol")],
            };
        }

        if (asked.Email is null)
        {
            return new Handling(AutoDiscoverV2Answers.InvalidAddress) { Facts = [(RequestFacts.Detail, asked.EmailText)] };
        }

        List<(string, string)> facts = [(RequestFacts.Email, asked.Email.Text), (RequestFacts.Protocol, asked.Protocol)];
        if (UrlOf(asked.Protocol, request.Node, organization) is not { } url)
        {
            return new Handling(request.Node.Build.HasAutoDiscoverV2ForEws ? AutoDiscoverV2Answers.ProtocolNotSupported : AutoDiscoverV2Answers.InvalidProtocol)
            {
                Facts = facts,
            };
        }

        if (!organization.HasMailbox(asked.Email))
        {
            return new Handling(AutoDiscoverV2Answers.UserNotFound) { Facts = facts, ReachesBackEnd = true };
        }

        if (organization.IsHybrid && organization.LocationOf(asked.Email) == MailboxLocation.Cloud)
        {
            return RedirectTo(ExchangeOnline.Host, asked, facts);
        }

        return new Handling(AutoDiscoverV2Answers.Success)
        {
            Facts = [.. facts, (RequestFacts.Url, url)],
            ReachesBackEnd = true,
            MailboxServer = organization.Settings(asked.Email).Server,
        };
    }

    /// <summary>The redirect to the same question at another host, one further; or the end of the chain.</summary>
    internal static Handling RedirectTo(string host, AutoDiscoverV2Request asked, IReadOnlyList<(string, string)> facts)
    {
        if (asked.RedirectCount >= AutoDiscoverV2Answers.RedirectLimit)
        {
            return new Handling(AutoDiscoverV2Answers.TooManyRedirects) { Facts = facts };
        }

        var count = FormattableString.Invariant($"{asked.RedirectCount + 1}");
        var url = AutoDiscoverV2Request.UrlAt(host, asked.EmailText ?? "", asked.Protocol ?? "", count);
        return new Handling(AutoDiscoverV2Answers.Redirect)
        {
            Facts = [.. facts, (RequestFacts.RedirectCount, count), (RequestFacts.Url, url)],
            ReachesBackEnd = true,
        };
    }

    private static string? UrlOf(string protocol, ExchangeNode node, Organization organization) => protocol.ToUpperInvariant() switch
    {
        "ACTIVESYNC" => organization.ActiveSyncUrl,
        "AUTODISCOVERV1" => $"https://{organization.AutoDiscoverHost}/autodiscover/autodiscover.xml",
        "EWS" when node.Build.HasAutoDiscoverV2ForEws => organization.EwsUrl,
        "REST" when node.Build.HasAutoDiscoverV2ForEws => RestUrl(organization.EwsUrl),
        _ => null,
    };

    private static string RestUrl(string ewsUrl) => Uri.TryCreate(ewsUrl, UriKind.Absolute, out var url) ? $"https://{url.Authority}/api" : "";
}
