namespace AutoDetectSim.Scenarios;

/// <summary>How a balancer that ends TLS talks to its nodes.</summary>
public enum BackEndTransport
{
    /// <summary>TLS again: bridging, which hybrid modern authentication supports.</summary>
    Https,

    /// <summary>Plain HTTP: offload. Exchange then takes itself for an http: address, and refuses tokens for the https: one.</summary>
    Http,
}

/// <summary>Which of its connections to the nodes a balancer that ends TLS uses for a request. NTLM logs on connections, and needs the client's own one.</summary>
public enum BackEndConnections
{
    /// <summary>Each connection of a client has one of its own.</summary>
    PerClient,

    /// <summary>Every request has a new one, as with nginx unless it is told otherwise: NTLM never gets to its end.</summary>
    PerRequest,

    /// <summary>All clients share four, and a request gets any of them, drawn from the seed: NTLM answers come to challenges that others were given, and count as wrong passwords.</summary>
    Shared,
}

/// <summary>What a device in front of Exchange answers to a caller that it does not know.</summary>
public enum PreAuthentication
{
    /// <summary>There is no such device.</summary>
    None,

    /// <summary>200 with a logon form.</summary>
    Form,

    /// <summary>302 to a logon form.</summary>
    Redirect,

    /// <summary>401 with a challenge of its own: Basic, and nothing of Exchange.</summary>
    Basic,
}

/// <summary>What a proxy does to WWW-Authenticate headers.</summary>
public enum ChallengeHandling
{
    /// <summary>They pass as they are.</summary>
    Unchanged,

    /// <summary>Several headers become one, with commas.</summary>
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

    /// <summary>Requests that name both autodiscover and powershell: AutoDiscover V2 is not touched.</summary>
    Narrow,

    /// <summary>Requests whose URL as sent has <c>autodiscover.json</c> before an <c>@</c>: addresses written with <c>%40</c> pass.</summary>
    Broad,

    /// <summary>The same on the decoded URL: every AutoDiscover V2 request with an address is aborted.</summary>
    BroadDecoded,
}

/// <summary>In what form a server writes the answers of autodiscover.xml. Exchange has one; servers that imitate it have others.</summary>
public enum AutoDiscoverXmlForm
{
    /// <summary>The outer elements in one namespace, the inner ones in another.</summary>
    Standard,

    /// <summary>All elements in the outer namespace: who looks for the inner one finds nothing.</summary>
    OneNamespace,

    /// <summary>All names in lower case: who looks for <c>Autodiscover</c> finds nothing.</summary>
    LowerCase,
}

/// <summary>Whether a server answers AutoDiscover V2 at all.</summary>
public enum AutoDiscoverV2Support
{
    /// <summary>As its build does: from 2013 CU19 on.</summary>
    ByBuild,

    /// <summary>404, as a server that only has autodiscover.xml.</summary>
    NotFound,

    /// <summary>500.</summary>
    ServerError,
}
