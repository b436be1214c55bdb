using System.Collections.Frozen;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Training.Cases;

/// <summary>The words for what can be wrong, as scenarios and lessons use them, each in plain English. A diagnosis is made in these words.</summary>
internal static class FaultCatalogue
{
    private static readonly FrozenDictionary<string, string> Meanings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        // certificate
        [FaultNames.MissingIntermediate] = FaultNames.Words(FaultNames.MissingIntermediate),
        [FaultNames.WrongIntermediate] = FaultNames.Words(FaultNames.WrongIntermediate),
        [FaultNames.UnrelatedIntermediate] = FaultNames.Words(FaultNames.UnrelatedIntermediate),
        [FaultNames.ExpiredIntermediate] = FaultNames.Words(FaultNames.ExpiredIntermediate),
        [FaultNames.NotYetValidIntermediate] = FaultNames.Words(FaultNames.NotYetValidIntermediate),
        [FaultNames.ExpiredRoot] = FaultNames.Words(FaultNames.ExpiredRoot),
        [FaultNames.ExpiredLeaf] = FaultNames.Words(FaultNames.ExpiredLeaf),
        [FaultNames.NotYetValidLeaf] = FaultNames.Words(FaultNames.NotYetValidLeaf),
        [FaultNames.NameMismatch] = FaultNames.Words(FaultNames.NameMismatch),
        [FaultNames.SelfSigned] = FaultNames.Words(FaultNames.SelfSigned),
        [FaultNames.UntrustedRoot] = FaultNames.Words(FaultNames.UntrustedRoot),
        [FaultNames.UntrustedRootIncluded] = FaultNames.Words(FaultNames.UntrustedRootIncluded),
        [FaultNames.ClientAuthOnly] = FaultNames.Words(FaultNames.ClientAuthOnly),
        [FaultNames.WrongPurpose] = FaultNames.Words(FaultNames.WrongPurpose),
        [FaultNames.WrongOrder] = FaultNames.Words(FaultNames.WrongOrder),
        [FaultNames.ContainsAnchor] = FaultNames.Words(FaultNames.ContainsAnchor),
        [FaultNames.ExtraCertificates] = FaultNames.Words(FaultNames.ExtraCertificates),
        [FaultNames.Duplicates] = FaultNames.Words(FaultNames.Duplicates),
        [FaultNames.ExpiredCrossSign] = FaultNames.Words(FaultNames.ExpiredCrossSign),

        // tls
        [FaultNames.ProtocolVersion] = FaultNames.Words(FaultNames.ProtocolVersion),
        [FaultNames.ClientCertificate] = FaultNames.Words(FaultNames.ClientCertificate),
        ["alert"] = "the handshake is answered by an alert",

        // dns
        ["noRecord"] = "a name has no record in DNS",
        ["serverFailure"] = "the name server fails",
        ["slowNameServer"] = "the name server answers late",
        ["oldAddress"] = "a name has the address of something that is not there any more",
        ["brokenIpv6"] = "a name has an IPv6 address at which nobody answers",

        // network
        ["firewallForgetsAutoDetect"] = "the firewall does not let AutoDetect's addresses in",
        ["refused"] = "connections are refused",
        ["reset"] = "connections are reset",
        ["silent"] = "connections are accepted, and nothing is answered",
        ["truncatedHandshake"] = "connections end in the middle of the handshake",
        ["truncatedAnswer"] = "answers are cut off",
        ["plainHttp"] = "the port for TLS speaks plain HTTP",
        ["notHttp"] = "something other than HTTP answers",
        ["latency"] = "the servers are too far away",
        [FaultNames.NoAnswer] = FaultNames.Words(FaultNames.NoAnswer),
        ["malformedStatus"] = "the status line of answers is malformed",
        ["malformedHeader"] = "a header of answers is malformed",
        ["bareLineFeeds"] = "the lines of answers end with LF alone",
        ["oversizedHead"] = "answers have more headers than clients take",
        ["duplicateLength"] = "answers have two lengths",
        ["lengthAndChunks"] = "answers have a length and come in chunks",
        ["malformedChunk"] = "chunks of answers have no size",
        ["trailingData"] = "answers go on after their end",

        // balancer
        [FaultNames.PreAuthentication] = FaultNames.Words(FaultNames.PreAuthentication),
        [FaultNames.ChallengesRemoved] = FaultNames.Words(FaultNames.ChallengesRemoved),
        [FaultNames.ChallengesMerged] = FaultNames.Words(FaultNames.ChallengesMerged),
        ["healthProbe"] = "the health probe looks at the wrong virtual directory",
        [FaultNames.RedirectLoop] = FaultNames.Words(FaultNames.RedirectLoop),
        ["backEndConnections"] = "a device in front does not keep one client's requests on one connection to Exchange",
        ["channelBinding"] = "the device in front has another certificate than the servers, and extended protection refuses logons",
        [FaultNames.TlsOffload] = FaultNames.Words(FaultNames.TlsOffload),

        // exchange
        ["virtualDirectoryOffline"] = "a virtual directory is offline",
        ["oauthMissing"] = "OAuth is off on some servers",
        ["oauthOff"] = "OAuth is off",
        ["oldBuild"] = "a build is too old",
        ["externalUrlWrong"] = "the ExternalUrl of a virtual directory is wrong or not set",
        ["autoDiscoverV2Missing"] = "AutoDiscover V2 is not answered",
        ["urlRewriteTooBroad"] = "a URL Rewrite rule takes more than it should",
        ["userAgentBlocked"] = "a User-Agent is blocked",
        ["deviceBlocked"] = "a device rule blocks the device",
        ["deviceQuarantined"] = "a device rule quarantines the device",
        ["activeSyncDisabled"] = "ActiveSync is disabled for the mailbox",
        ["accountLocked"] = "the account is locked after wrong passwords",
        ["lowerCase"] = "the elements of autodiscover.xml are written in lower case",
        ["oneNamespace"] = "autodiscover.xml is written in one namespace",
        ["mailboxMoved"] = "the mailbox has moved",

        // hybrid
        [FaultNames.MissingAuthorizationUri] = FaultNames.Words(FaultNames.MissingAuthorizationUri),
        ["authCertificateExpired"] = "the certificate that signs for OAuth has expired",
        ["servicePrincipalMissing"] = "the address is no service principal name in Entra",
        ["signingKeysStale"] = "the servers have not fetched Entra's signing keys",
        ["rootUpdatesDisabled"] = "the servers may not update their roots, and do not trust Entra's",
        ["cloudMailbox"] = "Exchange Online takes the mailbox for its own",
        ["notSynchronized"] = "Exchange Online does not know the mailbox",

        // service
        ["staleCache"] = "AutoDetect's cache holds an old result",
        ["staleRecord"] = "a record of AutoDetect's database is out of date",
        ["poisonedRecord"] = "a record of AutoDetect's database is wrong",
        ["instanceUnavailable"] = "an instance of AutoDetect does not serve",
        ["stillSearching"] = "AutoDetect is still searching",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every word, in order.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Meanings.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether there is such a word; case does not matter.</summary>
    public static bool Contains(string word) => Meanings.ContainsKey(word);

    /// <summary>What a word means.</summary>
    /// <exception cref="KeyNotFoundException">There is no such word.</exception>
    public static string MeaningOf(string word) => Meanings[word];
}
