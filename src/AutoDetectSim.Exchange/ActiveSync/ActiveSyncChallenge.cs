using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>The 401 answers of ActiveSync (variants A to G of docs/evidence.md).</summary>
internal static class ActiveSyncChallenge
{
    /// <summary>Basic alone.</summary>
    public const string BasicOnly = "basicChallenge";

    /// <summary>Variant A.</summary>
    public const string HybridModern = "hybridModernChallenge";

    /// <summary>Variant B.</summary>
    public const string WrongAudience = "wrongAudienceChallenge";

    /// <summary>Variant A with the error of a token that is not accepted.</summary>
    public const string RefusedToken = "refusedTokenChallenge";

    /// <summary>The same for a token whose signature does not fit ([FBERR]).</summary>
    public const string RefusedSignature = "refusedSignatureChallenge";

    /// <summary>The same from a server whose Auth Certificate has expired.</summary>
    public const string RefusedCertificate = "refusedCertificateChallenge";

    /// <summary>Variant D.</summary>
    public const string NotEnabled = "adfsOffChallenge";

    /// <summary>Variant G.</summary>
    public const string HybridNotEnabled = "modernOffChallenge";

    /// <summary>Variant E.</summary>
    public const string PerMailbox = "perMailboxChallenge";

    /// <summary>Variant F.</summary>
    public const string Gateway = "gatewayChallenge";

    /// <summary>Variant A without its authorization_uri.</summary>
    public const string NoAuthorizationUri = "noAuthorizationUriChallenge";

    /// <summary>Variant C: Exchange Online, both schemes on one line ([SLIDES]).</summary>
    public const string ExchangeOnline =
        $"{Client}, trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", {TokenTypes}, authorization_uri=\"{CloudAuthorizationUri}\", Basic Realm=\"\"";

    // Where the authorization endpoint of every tenant is, as on-premises servers name it ([HMADOC]).
    private const string AuthorizationUri = "https://login.windows.net/common/oauth2/authorize";
    private const string CloudAuthorizationUri = "https://login.microsoftonline.com/common/oauth2/authorize";

    private const string Client = "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\"";
    private const string TokenTypes = "token_types=\"app_asserted_user_v1 service_asserted_app_v1\"";
    private const string InvalidToken = "error=\"invalid_token\"";

    /// <summary>The answers of one organization.</summary>
    public static IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        var tenant = $"00000001-0000-0000-c000-000000000000@{organization.TenantId}";
        var issuers = $"trusted_issuers=\"{tenant},00000004-0000-0ff1-ce00-000000000000@{organization.PrimaryDomain}\"";
        yield return Define(BasicOnly, facts => [Basic(facts)]);
        yield return Define(HybridModern, facts => [Bearer(HybridModernValue(organization)), Basic(facts)]);
        yield return Define(RefusedToken, facts => [Bearer($"{HybridModernValue(organization)}, {InvalidToken}"), Basic(facts)]);
        yield return Define(RefusedSignature, facts =>
        [
            Bearer($"{HybridModernValue(organization)}, {InvalidToken}"),
            Basic(facts),
            Diagnostics("2000000;reason=\"The token has an invalid signature.\";error_category=\"invalid_signature\""),
        ]);
        yield return Define(RefusedCertificate, facts =>
        [
            Bearer($"{HybridModernValue(organization)}, {InvalidToken}"),
            Basic(facts),
            Diagnostics("4000001;reason=\"The OAuth certificate of this server is not valid.\";error_category=\"oauth_not_available\""),
        ]);
        yield return Define(NoAuthorizationUri, facts => [Bearer($"{Client}, {issuers}, {TokenTypes}"), Basic(facts)]);
        yield return Define(WrongAudience, facts =>
        [
            Bearer($"{Client}, trusted_issuers=\"{tenant}\", authorization_uri=\"{AuthorizationUri}\", {InvalidToken}"),
            Basic(facts),
            Diagnostics($"2000003;reason=\"The hostname component of the audience claim value is invalid. Expected 'https://{facts[RequestFacts.Host]}'. Actual 'http://{facts[RequestFacts.Host]}'.\";error_category=\"invalid_resource\""),
        ]);
        yield return Define(NotEnabled, facts =>
        [
            Basic(facts),
            Bearer($"{Client}, {TokenTypes}, {InvalidToken}"),
            NoFlighting(facts),
        ]);
        yield return Define(HybridNotEnabled, facts =>
        [
            Bearer($"{Client}, trusted_issuers=\"{tenant}\", {TokenTypes}, {InvalidToken}"),
            Basic(facts),
            NoFlighting(facts),
        ]);
        yield return Define(PerMailbox, facts => [Basic(facts), Bearer($"{Client}, {TokenTypes}, {Issuer(facts[RequestFacts.Detail], organization)}, {InvalidToken}")]);
        yield return Define(Gateway, facts =>
        [
            Bearer($"{Client}, trusted_issuers=\"00000001-0001-0000-c000-000000000000@*\", authorization_uri=\"{CloudAuthorizationUri}\""),
            Basic(facts),
        ]);
    }

    /// <summary>The value of a Bearer challenge of variant A, which the other virtual directories send as well ([HMACFG]).</summary>
    public static string HybridModernValue(Organization organization) =>
        $"{Client}, trusted_issuers=\"00000001-0000-0000-c000-000000000000@{organization.TenantId},00000004-0000-0ff1-ce00-000000000000@{organization.PrimaryDomain}\", {TokenTypes}, authorization_uri=\"{AuthorizationUri}\"";

    /// <summary>The answer to a token that is refused.</summary>
    public static string Refused(TokenRefusal refusal) => refusal switch
    {
        TokenRefusal.Signature => RefusedSignature,
        TokenRefusal.Certificate => RefusedCertificate,
        _ => RefusedToken,
    };

    /// <summary>Which answer a caller gets that has no credentials.</summary>
    /// <param name="mode">What the node offers to the mailbox, or to an anonymous caller.</param>
    /// <param name="request">The request; a server offers a Bearer only to a caller that sent one ([EASOAUTH]).</param>
    /// <param name="named">The mailbox that the caller names in X-User-Identity, or null.</param>
    public static Handling Choose(AuthenticationMode mode, ExchangeRequest request, EmailAddress? named)
    {
        var node = request.Node;
        if (mode == AuthenticationMode.Gateway)
        {
            return new Handling(Gateway);
        }

        if (request.Authorization.Token is null || mode == AuthenticationMode.Basic)
        {
            return new Handling(BasicOnly);
        }

        if (named is not null && node.Build.HasIssuerPerMailbox && mode is (AuthenticationMode.HybridModern or AuthenticationMode.Adfs))
        {
            return new Handling(PerMailbox) { Facts = [(RequestFacts.Detail, mode == AuthenticationMode.Adfs ? "ADFS" : "AzureAD")] };
        }

        return new Handling(mode switch
        {
            AuthenticationMode.HybridModern => node.IsTlsOffloaded ? WrongAudience : HybridModern,
            AuthenticationMode.NoAuthorizationUri => NoAuthorizationUri,
            AuthenticationMode.ModernOff => HybridNotEnabled,
            _ => NotEnabled,
        })
        {
            // A caller that names its mailbox reads the mailbox here, others the host ([EASOAUTH], [QA1792037]).
            Facts = [(RequestFacts.Detail, named?.Text ?? request.Host)],
        };
    }

    private static AnswerDefinition Define(string name, Func<RequestFacts, (string, string)[]> headers) =>
        new(Operations.ActiveSync, name, facts => Answer.Empty(401, headers(facts)));

    private static string Issuer(string kind, Organization organization) =>
        string.Equals(kind, "ADFS", StringComparison.Ordinal)
            ? $"authorization_uri=\"https://adfs.{organization.PrimaryDomain}/adfs/oauth2/authorize\", issuer_kind=\"ADFS\""
            : $"authorization_uri=\"{AuthorizationUri}\", issuer_kind=\"AzureAD\"";

    private static (string, string) Bearer(string value) => ("WWW-Authenticate", value);

    private static (string, string) Basic(RequestFacts facts) => ("WWW-Authenticate", $"Basic realm=\"{facts[RequestFacts.Realm]}\"");

    private static (string, string) NoFlighting(RequestFacts facts) =>
        Diagnostics($"4000000;reason=\"Flighting is not enabled for domain '{facts[RequestFacts.Detail]}'.\";error_category=\"oauth_not_available\"");

    private static (string, string) Diagnostics(string value) => ("x-ms-diagnostics", value);
}
