using System.Xml.Linq;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>GetFederationInformation of Exchange Online, which answers everyone ([AADINT], [BBOT]): the domains of the tenant that has a domain.</summary>
internal static class FederationInformation
{
    /// <summary>A case of <see cref="Operations.AutoDiscoverSoap"/>.</summary>
    public const string Case = "federationInformation";

    private const string Operation = "GetFederationInformation";
    private const string Schema = "Exchange2015";

    private static readonly XNamespace Messages = SoapEnvelope.Messages;

    /// <summary>Reads a request of this operation; null for every other.</summary>
    /// <param name="request">The request.</param>
    /// <param name="find">Finds the organization of a domain that Exchange Online knows.</param>
    public static Handling? Judge(ExchangeRequest request, Func<string, Organization?> find)
    {
        var document = RequestXml.Read(request.Body);
        if (document.Find(Operation + "RequestMessage") is null || document.Find("Domain")?.Value.Trim() is not { } domain)
        {
            return null;
        }

        return new Handling(Case) { Facts = [(RequestFacts.Detail, find(domain) is { } organization ? string.Join(' ', Domains(organization)) : string.Empty)], ReachesBackEnd = true };
    }

    /// <summary>The answer.</summary>
    /// <param name="facts">What is known of the request.</param>
    public static Answer Answer(RequestFacts facts)
    {
        var build = ExchangeBuild.Parse(facts[RequestFacts.Build]);
        var domains = facts[RequestFacts.Detail].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return AnswerXml.OnOneLine(
            SoapEnvelope.Of(Operation, build, Schema, domains.Length == 0 ? Response("NotFederated", "The domain is not federated.", []) : Response("NoError", "", Known(domains))),
            200,
            AutoDiscoverChallenge.Capabilities(build));
    }

    private static XElement Response(string code, string message, IEnumerable<XElement> parts) => new(
        Messages + "Response",
        new XAttribute(XNamespace.Xmlns + "i", SoapEnvelope.Instance),
        new XElement(Messages + "ErrorCode", code),
        new XElement(Messages + "ErrorMessage", message),
        parts);

    private static IEnumerable<XElement> Known(IEnumerable<string> domains) =>
    [
        new(Messages + "ApplicationUri", "outlook.com"),
        new(Messages + "Domains", domains.Select(domain => new XElement(Messages + "Domain", domain))),
        new(
            Messages + "TokenIssuers",
            new XElement(
                Messages + "TokenIssuer",
                new XElement(Messages + "Endpoint", "https://login.microsoftonline.com/extSTS.srf"),
                new XElement(Messages + "Uri", "urn:federation:MicrosoftOnline"))),
    ];

    private static IEnumerable<string> Domains(Organization organization) =>
        organization.Definition.Domains.Concat([organization.TenantDomain, organization.MailRoutingDomain]).Distinct(StringComparer.OrdinalIgnoreCase);
}
