namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>The names of what can be wrong with a node; those of presented chains are the names that scenario files use for shapes.</summary>
internal static class FaultNames
{
    public const string MissingIntermediate = "missingIntermediate";
    public const string WrongIntermediate = "wrongIntermediate";
    public const string UnrelatedIntermediate = "unrelatedIntermediate";
    public const string ExpiredIntermediate = "expiredIntermediate";
    public const string ExpiredRoot = "expiredRoot";
    public const string ExpiredLeaf = "expiredLeaf";
    public const string NotYetValidLeaf = "notYetValidLeaf";
    public const string NotYetValidIntermediate = "notYetValidIntermediate";
    public const string NameMismatch = "nameMismatch";
    public const string SelfSigned = "selfSigned";
    public const string UntrustedRoot = "untrustedRoot";
    public const string UntrustedRootIncluded = "untrustedRootIncluded";
    public const string ClientAuthOnly = "clientAuthOnly";
    public const string WrongPurpose = "wrongPurpose";
    public const string InvalidCertificate = "invalidCertificate";
    public const string WrongOrder = "wrongOrder";
    public const string ContainsAnchor = "containsAnchor";
    public const string ExtraCertificates = "extraCertificates";
    public const string Duplicates = "duplicates";

    /// <summary>The issuer has revoked a certificate that is served; AutoDetect does not look.</summary>
    public const string RevokedIntermediate = "revokedIntermediate";

    /// <summary>Connectors present the certificate as a client, and it is for servers only.</summary>
    public const string NoClientAuth = "noClientAuth";

    /// <summary>An expired cross certificate leads to a root that has expired, although the authority lives on under another root.</summary>
    public const string ExpiredCrossSign = "expiredCrossSign";

    /// <summary>The server speaks no version of TLS that clients of today accept.</summary>
    public const string ProtocolVersion = "protocolVersion";

    /// <summary>The server goes on with clients only that have a certificate of their own.</summary>
    public const string ClientCertificate = "clientCertificate";

    /// <summary>Connections are reset whose ClientHello is long.</summary>
    public const string LargeHello = "resetLargeHello";

    /// <summary>Connections are reset whose ClientHello offers ML-KEM.</summary>
    public const string MlKemHello = "resetMlKemHello";

    /// <summary>Connections are reset whose ClientHello does not arrive in one TCP segment.</summary>
    public const string SplitHello = "resetSplitHello";

    /// <summary>The handshake is completed, and no HTTP answer comes.</summary>
    public const string NoAnswer = "noAnswer";

    /// <summary>What comes is no HTTP as Node.js takes it.</summary>
    public const string MalformedAnswer = "malformedAnswer";

    /// <summary>No TLS handshake came about.</summary>
    public const string NoHandshake = "noHandshake";

    /// <summary>AutoDiscover V2 gives no ActiveSync URL.</summary>
    public const string NoAutoDiscoverV2 = "noAutoDiscoverV2";

    /// <summary>An empty Bearer is offered no modern authentication, although other nodes offer it.</summary>
    public const string NoModernAuthentication = "noModernAuthentication";

    /// <summary>A device in front answers, and wants callers to log on before they reach Exchange.</summary>
    public const string PreAuthentication = "preAuthentication";

    /// <summary>AutoDiscover V2 redirects to where the question came from.</summary>
    public const string RedirectLoop = "redirectLoop";

    /// <summary>ActiveSync answers an empty Bearer with an error instead of a challenge.</summary>
    public const string NoActiveSync = "noActiveSync";

    /// <summary>ActiveSync answers 401 without any challenge, which Exchange itself never does.</summary>
    public const string ChallengesRemoved = "challengesRemoved";

    /// <summary>The Bearer challenge shares its line with another one.</summary>
    public const string ChallengesMerged = "challengesMerged";

    /// <summary>The Bearer challenge names no authorization endpoint.</summary>
    public const string MissingAuthorizationUri = "missingAuthorizationUri";

    /// <summary>Exchange takes itself for an http address, and refuses tokens for the https one.</summary>
    public const string TlsOffload = "tlsOffload";

    /// <summary>Whether a fault is one of an answer, which comes after the certificates.</summary>
    public static bool IsAnswerFault(string fault) => fault is NoAutoDiscoverV2 or NoModernAuthentication or PreAuthentication or RedirectLoop
        or NoActiveSync or ChallengesRemoved or MissingAuthorizationUri or TlsOffload;

    /// <summary>A fault in a few words.</summary>
    public static string Words(string fault) => fault switch
    {
        MissingIntermediate => "an intermediate certificate is missing",
        WrongIntermediate => "the intermediate has the right name, but did not sign the certificate",
        UnrelatedIntermediate => "the intermediate belongs to another authority",
        ExpiredIntermediate => "the intermediate certificate has expired",
        ExpiredRoot => "the root certificate has expired",
        ExpiredLeaf => "the certificate has expired",
        NotYetValidLeaf => "the certificate is not valid yet",
        NotYetValidIntermediate => "the intermediate certificate is not valid yet",
        NameMismatch => "the certificate is for another host name",
        SelfSigned => "the certificate is self-signed",
        UntrustedRoot => "the chain leads to a root that is not trusted",
        UntrustedRootIncluded => "the chain ends at a root that is not trusted",
        ClientAuthOnly => "the certificate is for clients, not for servers",
        WrongPurpose => "a certificate is not meant for TLS servers",
        InvalidCertificate => "a certificate is not acceptable",
        WrongOrder => "certificates are sent in the wrong order",
        ContainsAnchor => "the root is sent as well",
        ExtraCertificates => "unneeded certificates are sent",
        Duplicates => "certificates are sent more than once",
        RevokedIntermediate => "an intermediate certificate has been revoked",
        NoClientAuth => "the certificate cannot be used by connectors that present it as a client (no clientAuth)",
        ExpiredCrossSign => "an expired cross-signed certificate leads to an expired root",
        ProtocolVersion => "only TLS 1.1 or older is supported",
        ClientCertificate => "a client certificate is required",
        LargeHello => "connections with a large ClientHello are reset",
        MlKemHello => "connections that offer post-quantum key exchange (ML-KEM) are reset",
        SplitHello => "connections are reset if ClientHello does not arrive in one TCP segment",
        NoAnswer => "the server sends no HTTP answer",
        MalformedAnswer => "AutoDetect rejects the answer as malformed HTTP",
        NoHandshake => "the TLS handshake fails",
        NoAutoDiscoverV2 => "AutoDiscover V2 does not return the ActiveSync URL",
        NoModernAuthentication => "ActiveSync does not offer modern authentication",
        PreAuthentication => "a device in front requires a logon before Exchange (pre-authentication)",
        RedirectLoop => "redirects form a loop",
        NoActiveSync => "ActiveSync answers with an error instead of a challenge",
        ChallengesRemoved => "a device in front removes the challenges",
        ChallengesMerged => "a device in front merges the challenges into one line",
        MissingAuthorizationUri => "the challenge has no authorization_uri",
        TlsOffload => "the load balancer terminates TLS and sends plain HTTP to Exchange",
        _ => fault,
    };
}
