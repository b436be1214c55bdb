namespace AutoDetectSim.Certificates.Clients;

/// <summary>The clients that are known, strictest first.</summary>
internal static class KnownClients
{
    private const string Curl = "https://github.com/curl/curl/issues/2793";
    private const string OpenSsl = "https://github.com/openssl/openssl/issues/27016";
    private const string WindowsChainEngine = "https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certgetcertificatechain";
    private const string WindowsPathDiscovery = "https://learn.microsoft.com/troubleshoot/developer/webapps/iis/www-authentication-authorization/configure-intermediate-certificates";
    private const string ChromiumAia = "https://chromium.googlesource.com/chromium/src/+/main/net/cert/cert_net_fetcher.h";
    private const string WindowsDownloadTime = "https://learn.microsoft.com/windows/win32/seccrypto/certificatestatus-urlretrievaltimeout";
    private const string ChromiumFetcher = "https://chromium.googlesource.com/chromium/src/+/main/net/cert_net/cert_net_fetcher_url_request.cc";
    private const string ChromiumNames = "https://developer.chrome.com/blog/chrome-58-deprecations";
    private const string FirefoxPreload = "https://blog.mozilla.org/security/2020/11/13/preloading-intermediate-ca-certificates-into-firefox/";
    private const string Conscrypt = "https://android.googlesource.com/platform/external/conscrypt/+/63c1190";
    private const string AndroidGuide = "https://developer.android.com/privacy-and-security/security-ssl";
    private const string AndroidNames = "https://developer.android.com/about/versions/pie/android-9.0-changes-all";
    private const string MozillaVerifier = "https://searchfox.org/mozilla-central/source/security/certverifier/NSSCertDBTrustDomain.cpp";
    private const string JavaGuide = "https://docs.oracle.com/en/java/javase/17/security/java-pki-programmers-guide.html";

    /// <summary>All profiles, in the order in which reports show them.</summary>
    public static IReadOnlyList<ClientProfile> All { get; } =
    [
        new()
        {
            Name = "autodetect",
            Title = "AutoDetect (Outlook for iOS and Android)",
            Vocabulary = ErrorVocabulary.Node,
            Habits =
            [
                new("Reports Node.js error codes in X-AutoDv2-Error, and fails where a server sends no intermediate.", "[SEED]", HabitBasis.Documented),
                new("The Kestrel edition of 2025 still spells its codes as Node.js does.", "[CAP2025]", HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "node",
            Title = "Node.js",
            Vocabulary = ErrorVocabulary.Node,
            Habits = [new("Uses what was sent and its roots, keeps and downloads nothing, and reports the last error.", "https://nodejs.org/api/tls.html#x509-certificate-error-codes", HabitBasis.Measured)],
        },
        new()
        {
            Name = "openssl",
            Title = "openssl s_client",
            Vocabulary = ErrorVocabulary.OpenSslCommand,
            ChecksHostName = false,
            Habits =
            [
                new("Uses what was sent and its roots; OpenSSL downloads no issuer.", OpenSsl, HabitBasis.Measured),
                new("Does not compare host names unless -verify_hostname is given.", "https://docs.openssl.org/3.0/man1/openssl-s_client/", HabitBasis.Measured),
            ],
        },
        new()
        {
            Name = "curl",
            Title = "curl (OpenSSL)",
            Vocabulary = ErrorVocabulary.Curl,
            Habits = [new("Uses what was sent and its CA bundle, downloads no issuer, and stops at the first error.", Curl, HabitBasis.Measured)],
        },
        new()
        {
            Name = "exchange-online",
            Title = "Exchange Online (mailbox provisioning and connectors)",
            Vocabulary = ErrorVocabulary.ExchangeOnline,
            Habits =
            [
                new("Reports UntrustedRoot when an on-premises server sends its own certificate only.", "https://github.com/microsoft/CSS-Exchange/issues/2030", HabitBasis.Documented),
                new("Provisioning fails as AutoDetect does when the ActiveSync host sends no intermediate.", "[SEED]", HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "android",
            Title = "Android apps (Conscrypt)",
            Vocabulary = ErrorVocabulary.Android,
            TriesOtherPaths = true,
            KeepsIntermediates = true,
            NeedsSubjectAlternativeName = true,
            Habits =
            [
                new("Downloads no issuer; a missing intermediate is an error for a fresh app.", AndroidGuide, HabitBasis.Documented),
                new("Keeps intermediates that it has met in a valid chain, in the memory of the process.", Conscrypt, HabitBasis.Documented),
                new("Does not fall back to the common name.", AndroidNames, HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "java",
            Title = "Java (SunJSSE)",
            Vocabulary = ErrorVocabulary.Java,
            TriesOtherPaths = true,
            Habits = [new("Can follow AIA (com.sun.security.enableAIAcaIssuers), but does not unless it is switched on; its path builder backtracks.", JavaGuide, HabitBasis.Documented)],
        },
        new()
        {
            Name = "thunderbird",
            Title = "Thunderbird (Mozilla)",
            Vocabulary = ErrorVocabulary.Mozilla,
            TriesOtherPaths = true,
            NeedsSubjectAlternativeName = true,
            Habits =
            [
                new("Uses what was sent, in any order, and its roots; version 153 keeps and downloads no intermediates.", MozillaVerifier, HabitBasis.Measured),
                new("Holds intermediates of the public CAs in advance, once it has fetched that list.", FirefoxPreload, HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "windows",
            Title = "Windows (Schannel: Outlook desktop, Edge, PowerShell)",
            Vocabulary = ErrorVocabulary.Windows,
            TriesOtherPaths = true,
            KeepsIntermediates = true,
            DownloadsIssuers = true,
            Habits =
            [
                new("Builds paths from its intermediate store as well as from what was sent.", WindowsPathDiscovery, HabitBasis.Documented),
                new("Downloads missing issuers by AIA and keeps them.", WindowsChainEngine, HabitBasis.Documented),
                new("Gives a download 15 seconds.", WindowsDownloadTime, HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "connectivity-analyzer",
            Title = "Microsoft Remote Connectivity Analyzer",
            ShortTitle = "Microsoft's connectivity analyzer",
            Vocabulary = ErrorVocabulary.Windows,
            TriesOtherPaths = true,
            KeepsIntermediates = true,
            DownloadsIssuers = true,
            Habits = [new("Said that all was well while AutoDetect failed: it judges as Windows does.", "[SEED]", HabitBasis.Inferred)],
        },
        new()
        {
            Name = "browser",
            Title = "Browsers (Chrome, Firefox)",
            ShortTitle = "browsers",
            Vocabulary = ErrorVocabulary.Chromium,
            TriesOtherPaths = true,
            KeepsIntermediates = true,
            DownloadsIssuers = true,
            NeedsSubjectAlternativeName = true,
            Habits =
            [
                new("Chrome downloads missing issuers by AIA.", ChromiumAia, HabitBasis.Documented),
                new("Chrome gives a download 15 seconds and 64 KB, and follows no redirect but to http.", ChromiumFetcher, HabitBasis.Documented),
                new("Firefox downloads none, but holds every intermediate of the public CAs in advance.", FirefoxPreload, HabitBasis.Documented),
                new("Chrome does not fall back to the common name.", ChromiumNames, HabitBasis.Documented),
            ],
        },
    ];

    /// <summary>Windows: what Outlook on the desktop relies on.</summary>
    public static ClientProfile Windows { get; } = Find("windows")!;

    /// <summary>Reads <c>all</c>, or names with commas between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unknown">The names that are no profile's.</param>
    public static IReadOnlyList<ClientProfile> Parse(string text, out IReadOnlyList<string> unknown)
    {
        unknown = [];
        if (string.Equals(text.Trim(), "all", StringComparison.OrdinalIgnoreCase))
        {
            return All;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        unknown = [.. names.Where(name => Find(name) is null)];
        return [.. All.Where(profile => names.Contains(profile.Name, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>One profile by its name, or null.</summary>
    public static ClientProfile? Find(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));
}
