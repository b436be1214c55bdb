using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>The known clients, strictest first.</summary>
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
    private const string ChromiumMlKem = "https://security.googleblog.com/2024/09/a-new-path-for-kyber-on-web.html";
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
            Version = null,
            Habits =
            [
                new("Reports Node.js error codes in X-AutoDv2-Error, and fails if a server does not send the intermediate.", "[SEED]", HabitBasis.Documented),
                new("The Kestrel edition of 2025 still uses Node.js error codes.", "[CAP2025]", HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "node",
            Title = "Node.js 20",
            Vocabulary = ErrorVocabulary.Node,
            Habits = [new("Uses the certificates that were sent and its roots, neither caches nor downloads, and reports the last error.", "https://nodejs.org/api/tls.html#x509-certificate-error-codes", HabitBasis.Measured)],
        },
        new()
        {
            Name = "node22",
            Title = "Node.js 22",
            Vocabulary = ErrorVocabulary.Node,
            Version = NodeVersion.Node22,
            OffersMlKem = true,
            Habits =
            [
                new("Judges like Node.js 20, but refuses times without seconds, and compares the ASCII form of an internationalized host name.", "[NODE22]", HabitBasis.Measured),
                new("Begins with 1,601 bytes that offer X25519MLKEM768 first; Node.js 20 with 382.", "[NODE22-HELLO]", HabitBasis.Measured),
            ],
        },
        new()
        {
            Name = "node24",
            Title = "Node.js 24",
            Vocabulary = ErrorVocabulary.Node,
            Version = NodeVersion.Node24,
            OffersMlKem = true,
            Habits =
            [
                new("Judges like Node.js 20, but refuses keys below 112 bits of security, such as RSA-1024.", "[NODE24]", HabitBasis.Measured),
                new("Compares the ASCII form of an internationalized host name.", "[NODE24]", HabitBasis.Measured),
                new("Begins with 1,601 bytes that offer X25519MLKEM768 first; Node.js 20 with 382.", "[NODE22-HELLO]", HabitBasis.Measured),
            ],
        },
        new()
        {
            Name = "node26",
            Title = "Node.js 26",
            Vocabulary = ErrorVocabulary.Node,
            Version = NodeVersion.Node26,
            OffersMlKem = true,
            Habits = [new("Judges and begins like Node.js 24.", "[NODE26]", HabitBasis.Measured)],
        },
        new()
        {
            Name = "openssl",
            Title = "openssl s_client",
            Vocabulary = ErrorVocabulary.OpenSslCommand,
            ChecksHostName = false,
            Habits =
            [
                new("Uses the certificates that were sent and its roots; OpenSSL does not download issuers.", OpenSsl, HabitBasis.Measured),
                new("Does not compare host names unless -verify_hostname is given.", "https://docs.openssl.org/3.0/man1/openssl-s_client/", HabitBasis.Measured),
            ],
        },
        new()
        {
            Name = "curl",
            Title = "curl (OpenSSL)",
            Vocabulary = ErrorVocabulary.Curl,
            Habits = [new("Uses the certificates that were sent and its CA bundle, does not download issuers, and stops at the first error.", Curl, HabitBasis.Measured)],
        },
        new()
        {
            Name = "exchange-online",
            Title = "Exchange Online (mailbox provisioning and connectors)",
            Vocabulary = ErrorVocabulary.ExchangeOnline,
            Habits =
            [
                new("Reports UntrustedRoot if an on-premises server sends only its own certificate.", "https://github.com/microsoft/CSS-Exchange/issues/2030", HabitBasis.Documented),
                new("Provisioning fails like AutoDetect if the ActiveSync host does not send the intermediate.", "[SEED]", HabitBasis.Documented),
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
                new("Does not download issuers; a missing intermediate is an error for a newly started app.", AndroidGuide, HabitBasis.Documented),
                new("Caches intermediates from valid chains in the memory of the process.", Conscrypt, HabitBasis.Documented),
                new("Does not fall back to the common name.", AndroidNames, HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "java",
            Title = "Java (SunJSSE)",
            Vocabulary = ErrorVocabulary.Java,
            TriesOtherPaths = true,
            Habits = [new("Can follow AIA (com.sun.security.enableAIAcaIssuers), which is off by default; its path builder backtracks.", JavaGuide, HabitBasis.Documented)],
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
                new("Uses the certificates that were sent, in any order, and its roots; version 153 neither caches nor downloads intermediates.", MozillaVerifier, HabitBasis.Measured),
                new("Preloads intermediates of the public CAs, once it has downloaded that list.", FirefoxPreload, HabitBasis.Documented),
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
                new("Builds paths from its intermediate store and the certificates that were sent.", WindowsPathDiscovery, HabitBasis.Documented),
                new("Downloads missing issuers by AIA and caches them.", WindowsChainEngine, HabitBasis.Documented),
                new("Allows 15 seconds for a download.", WindowsDownloadTime, HabitBasis.Documented),
            ],
        },
        new()
        {
            Name = "windows-revocation",
            Title = "Windows with revocation checking",
            Vocabulary = ErrorVocabulary.Windows,
            TriesOtherPaths = true,
            KeepsIntermediates = true,
            DownloadsIssuers = true,
            ChecksRevocation = true,
            Habits =
            [
                new("Builds paths like Windows, and rejects one with a revoked certificate below the root (CERT_CHAIN_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT).", WindowsChainEngine, HabitBasis.Documented),
                new("Accepts the path if a revocation list cannot be downloaded, as programs do that do not insist on the check.", WindowsChainEngine, HabitBasis.Inferred),
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
            Habits = [new("Reported success while AutoDetect failed: it behaves like Windows.", "[SEED]", HabitBasis.Inferred)],
        },
        new()
        {
            Name = "browser",
            Title = "Browsers (Chrome, Firefox)",
            ShortTitle = "browsers",
            Vocabulary = ErrorVocabulary.Chromium,
            OffersMlKem = true,
            TriesOtherPaths = true,
            KeepsIntermediates = true,
            DownloadsIssuers = true,
            NeedsSubjectAlternativeName = true,
            Habits =
            [
                new("Chrome downloads missing issuers by AIA.", ChromiumAia, HabitBasis.Documented),
                new("Chrome allows 15 seconds and 64 KB for a download, and follows redirects only to http.", ChromiumFetcher, HabitBasis.Documented),
                new("Firefox does not download them, but preloads every intermediate of the public CAs.", FirefoxPreload, HabitBasis.Documented),
                new("Chrome does not fall back to the common name.", ChromiumNames, HabitBasis.Documented),
                new("Chrome offers X25519MLKEM768 from version 131 on.", ChromiumMlKem, HabitBasis.Documented),
            ],
        },
    ];

    /// <summary>Windows: what Outlook on the desktop relies on.</summary>
    public static ClientProfile Windows { get; } = Find("windows")!;

    /// <summary>Reads <c>all</c>, or names with commas between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unknown">Names that do not match a profile.</param>
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
