using System.Collections.Frozen;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Training.Cases;

/// <summary>The words for faults in scenarios and lessons, each explained in plain English. Diagnoses use these words.</summary>
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
        ["alert"] = "the server aborts the TLS handshake with an alert",

        // dns
        ["noRecord"] = "a name has no record in DNS",
        ["serverFailure"] = "the name server fails",
        ["slowNameServer"] = "the name server answers late",
        ["oldAddress"] = "a name still has the address of a server that no longer exists",
        ["brokenIpv6"] = "a name has an IPv6 address that does not answer",

        // network
        ["firewallForgetsAutoDetect"] = "the firewall blocks AutoDetect's addresses",
        ["refused"] = "connections are refused",
        ["reset"] = "connections are reset",
        ["silent"] = "connections are accepted but never answered",
        ["truncatedHandshake"] = "connections close during the TLS handshake",
        ["hangUp"] = "connections are closed without a response",
        ["truncatedAnswer"] = "answers are cut off",
        ["plainHttp"] = "the TLS port speaks plain HTTP",
        ["notHttp"] = "the answer is not HTTP",
        ["latency"] = "the servers are too far away",
        [FaultNames.NoAnswer] = FaultNames.Words(FaultNames.NoAnswer),
        ["malformedStatus"] = "the status line of answers is malformed",
        ["malformedHeader"] = "a header of answers is malformed",
        ["bareLineFeeds"] = "the lines of answers end with a bare LF",
        ["oversizedHead"] = "answers have more header data than clients accept",
        ["duplicateLength"] = "answers have two Content-Length headers",
        ["lengthAndChunks"] = "answers have both Content-Length and chunked encoding",
        ["malformedChunk"] = "chunks of answers have no size",
        ["trailingData"] = "answers have extra data after their end",

        // balancer
        [FaultNames.PreAuthentication] = FaultNames.Words(FaultNames.PreAuthentication),
        [FaultNames.ChallengesRemoved] = FaultNames.Words(FaultNames.ChallengesRemoved),
        [FaultNames.ChallengesMerged] = FaultNames.Words(FaultNames.ChallengesMerged),
        ["healthProbe"] = "the health probe tests the wrong virtual directory",
        [FaultNames.RedirectLoop] = FaultNames.Words(FaultNames.RedirectLoop),
        ["backEndConnections"] = "a device in front does not keep one client's requests on one connection to Exchange",
        ["channelBinding"] = "the device in front has a different certificate from the servers, so extended protection rejects logons",
        [FaultNames.TlsOffload] = FaultNames.Words(FaultNames.TlsOffload),
        ["maintenancePage"] = "a maintenance page answers in place of the servers",
        ["requestFiltered"] = "a web application firewall answers requests itself",

        // exchange
        ["virtualDirectoryOffline"] = "a virtual directory is offline",
        ["oauthMissing"] = "OAuth is off on some servers",
        ["oauthOff"] = "OAuth is off",
        ["oldBuild"] = "an Exchange build is too old",
        ["externalUrlWrong"] = "the ExternalUrl of a virtual directory is wrong or not set",
        ["autoDiscoverV2Missing"] = "AutoDiscover V2 does not answer",
        ["urlRewriteTooBroad"] = "a URL Rewrite rule matches too much",
        ["userAgentBlocked"] = "a User-Agent is blocked",
        ["deviceBlocked"] = "a device rule blocks the device",
        ["deviceQuarantined"] = "a device rule quarantines the device",
        ["activeSyncDisabled"] = "ActiveSync is disabled for the mailbox",
        ["accountLocked"] = "the account is locked out after wrong passwords",
        ["lowerCase"] = "the elements of autodiscover.xml are written in lower case",
        ["oneNamespace"] = "autodiscover.xml is written in one namespace",
        ["mailboxMoved"] = "the mailbox has moved",

        // hybrid
        [FaultNames.MissingAuthorizationUri] = FaultNames.Words(FaultNames.MissingAuthorizationUri),
        ["authCertificateExpired"] = "the OAuth signing certificate has expired",
        ["servicePrincipalMissing"] = "the URL is not a service principal name in Entra",
        ["signingKeysStale"] = "the servers have not fetched Entra's signing keys",
        ["rootUpdatesDisabled"] = "root updates are disabled on the servers, which therefore do not trust Entra's root",
        ["cloudMailbox"] = "Exchange Online treats the mailbox as a cloud mailbox",
        ["notSynchronized"] = "Exchange Online does not know the mailbox",

        // service
        ["staleCache"] = "AutoDetect's cache holds an old result",
        ["staleRecord"] = "a record of AutoDetect's database is out of date",
        ["poisonedRecord"] = "a record of AutoDetect's database is wrong",
        ["instanceUnavailable"] = "an AutoDetect instance is unavailable",
        ["stillSearching"] = "AutoDetect is still searching",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every word, in order.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Meanings.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether there is such a word; case does not matter.</summary>
    public static bool Contains(string word) => Meanings.ContainsKey(word);

    /// <summary>What a word means.</summary>
    /// <exception cref="KeyNotFoundException">The word is unknown.</exception>
    public static string MeaningOf(string word) => Meanings[word];
}
