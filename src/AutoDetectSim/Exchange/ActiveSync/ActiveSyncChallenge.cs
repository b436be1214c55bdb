using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>The WWW-Authenticate values of ActiveSync (protocol.md 4.5).</summary>
internal static class ActiveSyncChallenge
{
    /// <summary>The application that all Exchange servers are to Entra.</summary>
    public const string ClientId = "00000002-0000-0ff1-ce00-000000000000";

    /// <summary>Where the authorization endpoint of every tenant is, as on-premises servers name it ([HMADOC]).</summary>
    public const string AuthorizationUri = "https://login.windows.net/common/oauth2/authorize";

    /// <summary>Variant C: Exchange Online, both schemes on one line ([SLIDES]).</summary>
    public const string ExchangeOnline =
        $"{Client}, trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", {TokenTypes}, "
        + "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", Basic Realm=\"\"";

    private const string Client = $"Bearer client_id=\"{ClientId}\"";
    private const string TokenTypes = "token_types=\"app_asserted_user_v1 service_asserted_app_v1\"";

    /// <summary>What every 401 of ActiveSync has.</summary>
    public static string Basic(string realm) => $"Basic realm=\"{realm}\"";

    /// <summary>Variant A: hybrid modern authentication.</summary>
    public static string HybridModern(Organization organization) =>
        $"{Client}, {TrustedIssuers(organization)}, {TokenTypes}, authorization_uri=\"{AuthorizationUri}\"";

    /// <summary>Variant D: OAuth is not enabled for the domain.</summary>
    public static string NotEnabled() => $"{Client}, {TokenTypes}, error=\"invalid_token\"";

    /// <summary>The x-ms-diagnostics of variant D.</summary>
    public static string NotEnabledDiagnostics(string host) =>
        $"4000000;reason=\"Flighting is not enabled for domain '{host}'.\";error_category=\"oauth_not_available\"";

    private static string TrustedIssuers(Organization organization) =>
        $"trusted_issuers=\"00000001-0000-0000-c000-000000000000@{organization.TenantId},00000004-0000-0ff1-ce00-000000000000@{organization.PrimaryDomain}\"";
}
