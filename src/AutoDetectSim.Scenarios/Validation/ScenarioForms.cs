using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>The forms of <see cref="ScalarSyntax"/>, and host names and addresses as scenarios write them.</summary>
internal static partial class ScenarioForms
{
    private const string HostPattern = @"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$";
    // For editors: an internationalized name is kept in its ASCII form.
    private const string WrittenHostPattern = @"^([A-Za-z0-9_\u0080-\uffff]([A-Za-z0-9_\u0080-\uffff-]{0,61}[A-Za-z0-9_\u0080-\uffff])?\.)*[A-Za-z0-9_\u0080-\uffff]([A-Za-z0-9_\u0080-\uffff-]{0,61}[A-Za-z0-9_\u0080-\uffff])?$";
    private const string CertificateHostPattern = @"^[^\s/@]{1,253}$";
    // Wider than EmailAddress on purpose: a scenario may expect of AutoDetect that it refuses an address, for example one whose
    // domain has a single label or an underscore. It is also what editors check by the JSON schema.
    private const string EmailPattern = @"^[^\s@""<>(),;:\\\[\]]{1,64}@[^\s@]{1,253}$";
    private const string BuildPattern = @"^1[45]\.[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}$";
    private const string SharePattern = @"^([0-9]{1,7}/[0-9]{1,7}|[0-9]*\.?[0-9]+%?)$";
    private const string MailServerPattern = "^([Ii][Mm][Aa][Pp]|[Pp][Oo][Pp]3|[Ss][Mm][Tt][Pp])://[^/:@]+:[0-9]{2,3}$";
    private const string UrlPathPattern = @"^/[!-~]*$";
    private const string UrlPattern = "^[Hh][Tt][Tt][Pp][Ss]?://.+$";

    private static readonly IdnMapping Idn = new();
    private static readonly System.Buffers.SearchValues<char> NoPathCharacters = System.Buffers.SearchValues.Create("\0*?<>|\"");
    private static readonly string[] DnsTypes = ["A", "AAAA", "CNAME", "MX", "SRV", "TXT", DnsRecordSyntax.NonExistent, DnsRecordSyntax.ServerFailure, DnsRecordSyntax.Delay];
    private static readonly string[] TlsVersions = ["1.0", "1.1", "1.2", "1.3"];

    /// <summary>All of them.</summary>
    public static TextForms All { get; } = TextForms.Common.With(new Dictionary<string, TextForm>(StringComparer.Ordinal)
    {
        [ScalarSyntax.Email] = new()
        {
            Words = "an e-mail address such as your@contoso.com",
            Pattern = EmailPattern,
            Normalize = text => text.LastIndexOf('@') is >= 0 and var at ? text[..(at + 1)] + ToAscii(text[(at + 1)..]) : text,
            IsValid = text => TextForm.Matches(EmailForm(), text) && IsHostName(EmailAddress.DomainOf(text)!),
        },
        [ScalarSyntax.HostName] = new() { Words = "a host or domain name such as mail.contoso.com", Pattern = WrittenHostPattern, Normalize = ToAscii, IsValid = IsHostName },
        [ScalarSyntax.CertificateHost] = new()
        {
            Words = "a host name, a wildcard such as *.contoso.com, or an IP address",
            Pattern = CertificateHostPattern,
            Normalize = ToAscii,
            IsValid = text => HostNames.Problem(text) is null,
        },
        [ScalarSyntax.IpAddress] = new() { Words = "an IPv4 or IPv6 address", IsValid = IsAddress },
        [ScalarSyntax.Cidr] = new() { Words = $"a source range such as 52.125.128.0/20, or one of {string.Join(", ", SourceRanges.Names)}", IsValid = IsRange },
        [ScalarSyntax.Share] = new() { Words = "a share of connections such as 1/20 or 5%", Pattern = SharePattern, IsValid = text => Share.TryParse(text, out _) },
        [ScalarSyntax.UrlPath] = new() { Words = "a path such as /owa/healthcheck.htm", Pattern = UrlPathPattern, IsValid = text => TextForm.Matches(UrlPathForm(), text) },
        [ScalarSyntax.Url] = new() { Words = "an absolute http or https URL", Pattern = UrlPattern, IsValid = IsUrl },
        [ScalarSyntax.Validity] = new() { Words = "an RFC 3339 time or an offset from the lab's start such as -30d", IsValid = text => ValidityBound.TryParse(text, out _, out _) },
        [ScalarSyntax.DistinguishedName] = new() { Words = "a distinguished name such as CN=Lab Root CA, O=Contoso", IsValid = text => DistinguishedNames.TryParse(text, out _) },
        [ScalarSyntax.KeyUsage] = new() { Words = $"an extended key usage ({ExtendedKeyUsages.KnownNames}) or a dotted OID", IsValid = text => ExtendedKeyUsages.TryParse(text, out _) },
        [ScalarSyntax.Build] = new() { Words = "a build of Exchange 2010 to SE such as 15.2.1748.10", Pattern = BuildPattern, IsValid = text => ExchangeBuild.TryParse(text, out _) },
        [ScalarSyntax.Path] = new()
        {
            Words = "a path relative to the scenario",
            IsValid = text => !Path.IsPathRooted(text) && !text.Split('/', '\\').Contains("..", StringComparer.Ordinal) && text.AsSpan().IndexOfAny(NoPathCharacters) < 0,
        },
        [ScalarSyntax.TlsVersion] = TextForm.OneOf("a TLS version", TlsVersions),
        [ScalarSyntax.TlsAlert] = TextForm.OneOf("a TLS alert", TlsAlerts.Names),
        [ScalarSyntax.ErrorCode] = TextForm.OneOf("an X-AutoDv2-Error value such as UNABLE_TO_VERIFY_LEAF_SIGNATURE or ENOTFOUND", NodeErrors.All),
        [ScalarSyntax.Outcome] = TextForm.OneOf("an outcome", CamelCase<Outcome>.All),
        [ScalarSyntax.Provisioning] = TextForm.OneOf("a result of provisioning", CamelCase<ProvisioningOutcome>.All),
        [ScalarSyntax.ClientProfile] = TextForm.OneOf("a kind of client", [.. KnownClients.All.Select(client => client.Name)]),
        [ScalarSyntax.MailServer] = new()
        {
            Words = "a mail server at one of its protocol's ports, such as imap://mail.contoso.com:993",
            Pattern = MailServerPattern,
            Normalize = text => text.ToLowerInvariant(),
            IsValid = text => MailServerAddress.TryParse(text, out var server) && IsHostName(server.Host),
        },
        [ScalarSyntax.HttpStatus] = TextForm.Matching("an HTTP status from 100 to 599", HttpStatusForm()),
        [ScalarSyntax.DnsType] = TextForm.OneOf("a record type", DnsTypes),
    });

    /// <summary>An internationalized name in its ASCII form (punycode); any other text as it is.</summary>
    private static string ToAscii(string text)
    {
        try
        {
            return Ascii.IsValid(text) ? text : Idn.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    public static bool IsHostName(string text) => text.Length <= 253 && TextForm.Matches(HostForm(), text);

    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        // IPAddress.Parse also accepts 1 and 0x7f.1, which are never meant.
        && (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? !text.Contains('%', StringComparison.Ordinal) : text.Count(letter => letter == '.') == 3);

    private static bool IsRange(string text) =>
        IsAddress(text) || SourceRanges.IsName(text)
        || (text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && IsAddress(text[..slash]) && IPNetwork.TryParse(text, out _));

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && (IsHostName(url.Host) || IsAddress(url.Host.Trim('[', ']')));

    [GeneratedRegex(HostPattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostForm();

    [GeneratedRegex(EmailPattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailForm();

    [GeneratedRegex(UrlPathPattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UrlPathForm();

    [GeneratedRegex("^[1-5][0-9][0-9]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HttpStatusForm();
}
