namespace AutoDetectSim.Scenarios;

/// <summary>A build number of Exchange Server, and the features of servers with that build.</summary>
internal sealed record ExchangeBuild
{
    private static readonly Version AutoDiscoverV2Minimum = new(15, 0, 1365, 1);
    private static readonly Version AutoDiscoverV2EwsMinimum = new(15, 1, 544, 27);
    private static readonly Version HybridModern2016Minimum = new(15, 1, 1415, 2);
    private static readonly Version HybridModern2019Minimum = new(15, 2, 330, 5);
    private static readonly Version IssuerPerMailboxMinimum = new(15, 2, 1258, 12);
    private static readonly Version SubscriptionEditionMinimum = new(15, 2, 2562, 0);
    private static readonly Version NamedIn401Of2016 = new(15, 1, 2375, 17);
    private static readonly Version NamedIn401Of2019 = new(15, 2, 986, 14);
    private static readonly Version ExtendedProtectionMinimum = new(15, 2, 1544, 4);
    private static readonly Version Exchange2010Sp1 = new(14, 1);
    private static readonly Version Exchange2013 = new(15, 0);
    private static readonly Version Exchange2013Sp1 = new(15, 0, 847);
    private static readonly Version Exchange2016 = new(15, 1);
    private static readonly Version Exchange2019 = new(15, 2);

    private ExchangeBuild(Version version) => Version = version;

    /// <summary>Major, minor, build and revision, for example 15.2.1748.10.</summary>
    public Version Version { get; }

    /// <summary>2013 and later: front ends that proxy to mailbox servers and say so in X-FEServer, request-id and X-CalculatedBETarget.</summary>
    public bool HasFrontEnd => Version >= Exchange2013;

    /// <summary>From 2013 CU19 on ([TEAMS]).</summary>
    public bool HasAutoDiscoverV2 => Version >= AutoDiscoverV2Minimum;

    /// <summary>Whether AutoDiscover V2 knows Ews and Rest: from 2016 CU3 on ([TEAMS]).</summary>
    public bool HasAutoDiscoverV2ForEws => Version >= AutoDiscoverV2EwsMinimum;

    /// <summary>2013 CU19, 2016 CU8, 2019 CU1 ([HMADOC]).</summary>
    public bool HasHybridModernAuthentication =>
        Version >= HybridModern2019Minimum
        || (Version >= HybridModern2016Minimum && Version < Exchange2019)
        || (Version >= AutoDiscoverV2Minimum && Version < Exchange2016);

    /// <summary>Whether the challenge depends on X-User-Identity: 2019 CU13 and SE ([EASOAUTH]).</summary>
    public bool HasIssuerPerMailbox => Version >= IssuerPerMailboxMinimum;

    /// <summary>Exchange Server Subscription Edition.</summary>
    public bool IsSubscriptionEdition => Version >= SubscriptionEditionMinimum;

    /// <summary>Whether set-up switches extended protection on: from 2019 CU14 on ([CSSEP]).</summary>
    public bool HasExtendedProtection => Version >= ExtendedProtectionMinimum;

    /// <summary>
    /// Whether a front end's 401 has X-OWA-Version and no X-AspNet-Version: seen from 15.2.986.14 on ([PROXYSH], [QA1792037]), and not with the builds of 2018 and 2019
    /// ([RECON], [HMAIMG]). Exchange 2016 is counted from the update of the same time on.
    /// </summary>
    public bool IsNamedIn401 => (Version.Minor == Exchange2019.Minor && Version >= NamedIn401Of2019) || (Version.Minor == Exchange2016.Minor && Version >= NamedIn401Of2016);

    /// <summary>MAPI over HTTP: from 2013 SP1 on.</summary>
    public bool HasMapiOverHttp => Version >= Exchange2013Sp1;

    /// <summary>The Server header of the Windows version that such a server usually runs on.</summary>
    public string Server => Version >= Exchange2016 ? "Microsoft-IIS/10.0" : Version >= Exchange2013 ? "Microsoft-IIS/8.5" : "Microsoft-IIS/7.5";

    /// <summary>X-AspNet-Version: the CLR of the virtual directories.</summary>
    public string AspNetVersion => HasFrontEnd ? "4.0.30319" : "2.0.50727";

    /// <summary>CasVersion of SOAP AutoDiscover: <c>15.00.0847.030</c> ([SOAPDOC]).</summary>
    public string CasVersion => Padded;

    /// <summary>
    /// ServerVersion of POX AutoDiscover: the bits 7 for the layout, 6 of major and of minor version, a set one, and 15 of the
    /// build, in hexadecimal ([POXDOC]: 73C18088 is 15.1.136).
    /// </summary>
    public string HexVersion => ((7u << 28) | ((uint)Version.Major << 22) | ((uint)Version.Minor << 16) | 0x8000u | ((uint)Version.Build & 0x7FFFu))
        .ToString("X8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The newest schema of EWS that the build speaks.</summary>
    public string SchemaVersion => Schemas()[^1];

    /// <summary>EwsSupportedSchemas of SOAP AutoDiscover ([SOAPDOC]).</summary>
    public string EwsSupportedSchemas => string.Join(", ", Schemas());

    /// <summary>MS-Server-ActiveSync: the zero-padded build up to 2010 ([ASHTTP-43]), major and minor from 2013 on ([QA15], [TBEAS]).</summary>
    public string ActiveSyncVersion => HasFrontEnd
        ? FormattableString.Invariant($"{Version.Major}.{Version.Minor}")
        : Padded;

    /// <summary>MS-ASProtocolVersions ([ASHTTP-43], [ASHTTP-HDR]; 2016 [HMAIMG], SE [EASOAUTH]).</summary>
    public string ActiveSyncProtocolVersions => Version switch
    {
        _ when IsSubscriptionEdition => "2.5,12.0,12.1,14.0,14.1,16.0,16.1",
        _ when Version >= Exchange2016 => "2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1",
        _ when Version >= Exchange2010Sp1 => "2.0,2.1,2.5,12.0,12.1,14.0,14.1",
        _ => "2.0,2.1,2.5,12.0,12.1,14.0",
    };

    /// <summary>MS-ASProtocolCommands ([ASHTTP-43]; Find since 2016 [ASHTTP-HDR]).</summary>
    public string ActiveSyncProtocolCommands =>
        "Sync,SendMail,SmartForward,SmartReply,GetAttachment,GetHierarchy,CreateCollection,DeleteCollection,MoveCollection,FolderSync,"
        + "FolderCreate,FolderDelete,FolderUpdate,MoveItems,GetItemEstimate,MeetingResponse,Search,Settings,Ping,ItemOperations,Provision,"
        + (Version >= Exchange2016 ? "ResolveRecipients,ValidateCert,Find" : "ResolveRecipients,ValidateCert");

    private string Padded => FormattableString.Invariant($"{Version.Major:00}.{Version.Minor:00}.{Version.Build:0000}.{Version.Revision:000}");

    private string[] Schemas() => Version switch
    {
        _ when Version >= Exchange2016 => ["Exchange2007", "Exchange2007_SP1", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2", "Exchange2013", "Exchange2013_SP1", "Exchange2016"],
        _ when Version >= Exchange2013 => ["Exchange2007", "Exchange2007_SP1", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2", "Exchange2013", "Exchange2013_SP1"],
        _ when Version >= Exchange2010Sp1 => ["Exchange2007", "Exchange2007_SP1", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2"],
        _ => ["Exchange2007", "Exchange2007_SP1", "Exchange2010"],
    };

    /// <summary>Reads a build such as <c>15.2.1748.10</c>; false unless it has four parts and is of Exchange 2010 to SE.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ExchangeBuild? build)
    {
        build = Version.TryParse(text, out var version) && version.Revision >= 0 && version.Major is 14 or 15 ? new ExchangeBuild(version) : null;
        return build is not null;
    }

    /// <summary>Reads a build. Throws <see cref="FormatException"/> when <see cref="TryParse"/> would be false.</summary>
    public static ExchangeBuild Parse(string text) =>
        TryParse(text, out var build) ? build : throw new FormatException($"'{text}' is not a build of Exchange 2010 (14.x) to SE (15.2.x), such as 15.2.1748.10.");
}
