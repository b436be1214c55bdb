namespace AutoDetectSim.Scenarios;

/// <summary>How a load balancer that terminates TLS connects to its nodes.</summary>
public enum BackEndTransport
{
    /// <summary>TLS again (bridging), which hybrid modern authentication supports.</summary>
    Https,

    /// <summary>Plain HTTP (TLS offloading). Exchange then sees http: URLs and rejects tokens issued for the https: one.</summary>
    Http,
}

/// <summary>Which connection to a node a load balancer that terminates TLS uses for a request. NTLM authenticates connections, so it needs one per client connection.</summary>
public enum BackEndConnections
{
    /// <summary>Each client connection has its own.</summary>
    PerClient,

    /// <summary>Every request gets a new one, as nginx does by default: NTLM never completes.</summary>
    PerRequest,

    /// <summary>All clients share four, and each request gets one drawn from the seed: NTLM responses reach challenges issued to other clients, and count as wrong passwords.</summary>
    Shared,
}

/// <summary>How a pre-authentication device in front of Exchange answers an unauthenticated client.</summary>
public enum PreAuthentication
{
    /// <summary>There is no pre-authentication device.</summary>
    None,

    /// <summary>200 with a logon form.</summary>
    Form,

    /// <summary>302 to a logon form.</summary>
    Redirect,

    /// <summary>401 with the device's own Basic challenge and none of Exchange's.</summary>
    Basic,
}

/// <summary>What a proxy does to WWW-Authenticate headers.</summary>
public enum ChallengeHandling
{
    /// <summary>They pass unchanged.</summary>
    Unchanged,

    /// <summary>Several headers are merged into one, separated by commas.</summary>
    Merged,

    /// <summary>They are removed.</summary>
    Removed,
}

/// <summary>The virtual directories of an Exchange server.</summary>
public enum VirtualDirectory
{
    /// <summary>/autodiscover.</summary>
    AutoDiscover,

    /// <summary>/owa.</summary>
    Owa,

    /// <summary>/ecp.</summary>
    Ecp,

    /// <summary>/ews.</summary>
    Ews,

    /// <summary>/Microsoft-Server-ActiveSync.</summary>
    ActiveSync,

    /// <summary>/mapi.</summary>
    Mapi,

    /// <summary>/rpc.</summary>
    Rpc,

    /// <summary>/oab.</summary>
    Oab,

    /// <summary>/powershell.</summary>
    PowerShell,
}

/// <summary>A rule of IIS URL Rewrite that aborts requests, as mitigations add it.</summary>
public enum UrlRewriteRule
{
    /// <summary>No rule.</summary>
    None,

    /// <summary>Requests whose URL contains both autodiscover and powershell: AutoDiscover V2 is not affected.</summary>
    Narrow,

    /// <summary>Requests whose URL as sent has <c>autodiscover.json</c> before an <c>@</c>: addresses written with <c>%40</c> pass.</summary>
    Broad,

    /// <summary>The same on the decoded URL: every AutoDiscover V2 request with an address is aborted.</summary>
    BroadDecoded,
}

/// <summary>The XML form of autodiscover.xml responses. Exchange has one; servers that imitate it have others.</summary>
public enum AutoDiscoverXmlForm
{
    /// <summary>The outer elements in one namespace, the inner ones in another.</summary>
    Standard,

    /// <summary>All elements in the outer namespace: clients that look for the inner one find nothing.</summary>
    OneNamespace,

    /// <summary>All names in lower case: clients that look for <c>Autodiscover</c> find nothing.</summary>
    LowerCase,
}

/// <summary>Whether a server supports AutoDiscover V2.</summary>
public enum AutoDiscoverV2Support
{
    /// <summary>As its build does: 2013 CU19 and later support it.</summary>
    ByBuild,

    /// <summary>404, like a server that only has autodiscover.xml.</summary>
    NotFound,

    /// <summary>500.</summary>
    ServerError,
}
