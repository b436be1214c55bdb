using System.Collections.Frozen;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Cases;

/// <summary>The words for faults in scenarios and lessons, each explained in plain English. Diagnoses use these words.</summary>
internal static class FaultCatalogue
{
    private static readonly FrozenDictionary<string, Entry> Entries = new Entry[]
    {
        new(FaultNames.MissingIntermediate, FaultNames.Words(FaultNames.MissingIntermediate), FaultLayer.Certificate, FaultLayer.Balancer),
        new(FaultNames.WrongIntermediate, FaultNames.Words(FaultNames.WrongIntermediate), FaultLayer.Certificate),
        new(FaultNames.UnrelatedIntermediate, FaultNames.Words(FaultNames.UnrelatedIntermediate), FaultLayer.Certificate),
        new(FaultNames.ExpiredIntermediate, FaultNames.Words(FaultNames.ExpiredIntermediate), FaultLayer.Certificate),
        new(FaultNames.NotYetValidIntermediate, FaultNames.Words(FaultNames.NotYetValidIntermediate), FaultLayer.Certificate),
        new(FaultNames.ExpiredRoot, FaultNames.Words(FaultNames.ExpiredRoot), FaultLayer.Certificate),
        new(FaultNames.ExpiredLeaf, FaultNames.Words(FaultNames.ExpiredLeaf), FaultLayer.Certificate),
        new(FaultNames.NotYetValidLeaf, FaultNames.Words(FaultNames.NotYetValidLeaf), FaultLayer.Certificate),
        new(FaultNames.NameMismatch, FaultNames.Words(FaultNames.NameMismatch), FaultLayer.Certificate),
        new(FaultNames.SelfSigned, FaultNames.Words(FaultNames.SelfSigned), FaultLayer.Certificate),
        new(FaultNames.UntrustedRoot, FaultNames.Words(FaultNames.UntrustedRoot), FaultLayer.Certificate),
        new(FaultNames.UntrustedRootIncluded, FaultNames.Words(FaultNames.UntrustedRootIncluded), FaultLayer.Certificate),
        new(FaultNames.ClientAuthOnly, FaultNames.Words(FaultNames.ClientAuthOnly), FaultLayer.Certificate),
        new(FaultNames.WrongPurpose, FaultNames.Words(FaultNames.WrongPurpose), FaultLayer.Certificate),
        new(FaultNames.WrongOrder, FaultNames.Words(FaultNames.WrongOrder), FaultLayer.Certificate),
        new(FaultNames.ContainsAnchor, FaultNames.Words(FaultNames.ContainsAnchor), FaultLayer.Certificate),
        new(FaultNames.ExtraCertificates, FaultNames.Words(FaultNames.ExtraCertificates), FaultLayer.Certificate),
        new(FaultNames.Duplicates, FaultNames.Words(FaultNames.Duplicates), FaultLayer.Certificate),
        new(FaultNames.ExpiredCrossSign, FaultNames.Words(FaultNames.ExpiredCrossSign), FaultLayer.Certificate),
        new(FaultNames.RevokedIntermediate, FaultNames.Words(FaultNames.RevokedIntermediate), FaultLayer.Certificate),
        new(FaultNames.NoClientAuth, FaultNames.Words(FaultNames.NoClientAuth), FaultLayer.Certificate),
        new(FaultNames.ProtocolVersion, FaultNames.Words(FaultNames.ProtocolVersion), FaultLayer.Tls),
        new(FaultNames.ClientCertificate, FaultNames.Words(FaultNames.ClientCertificate), FaultLayer.Tls),
        new("alert", "the server aborts the TLS handshake with an alert", FaultLayer.Tls, FaultLayer.Balancer),
        new("noRecord", "a name has no record in DNS", FaultLayer.Dns),
        new("serverFailure", "the name server fails", FaultLayer.Dns),
        new("slowNameServer", "the name server answers late", FaultLayer.Dns),
        new("oldAddress", "a name still has the address of a server that no longer exists", FaultLayer.Dns),
        new("brokenIpv6", "a name has an IPv6 address that does not answer", FaultLayer.Dns, FaultLayer.Network),
        new("firewallForgetsAutoDetect", "the firewall blocks AutoDetect's addresses", FaultLayer.Network),
        new("refused", "connections are refused", FaultLayer.Network, FaultLayer.Balancer),
        new("reset", "connections are reset", FaultLayer.Network, FaultLayer.Balancer),
        new("silent", "connections are accepted but never answered", FaultLayer.Network, FaultLayer.Balancer),
        new("truncatedHandshake", "connections close during the TLS handshake", FaultLayer.Network, FaultLayer.Balancer),
        new(FaultNames.LargeHello, FaultNames.Words(FaultNames.LargeHello), FaultLayer.Network, FaultLayer.Balancer, FaultLayer.Tls),
        new(FaultNames.MlKemHello, FaultNames.Words(FaultNames.MlKemHello), FaultLayer.Network, FaultLayer.Balancer, FaultLayer.Tls),
        new(FaultNames.SplitHello, FaultNames.Words(FaultNames.SplitHello), FaultLayer.Balancer, FaultLayer.Network, FaultLayer.Tls),
        new("hangUp", "connections are closed without a response", FaultLayer.Network, FaultLayer.Exchange, FaultLayer.Balancer),
        new("truncatedAnswer", "answers are cut off", FaultLayer.Network, FaultLayer.Balancer),
        new("plainHttp", "the TLS port speaks plain HTTP", FaultLayer.Network, FaultLayer.Balancer),
        new("notHttp", "the answer is not HTTP", FaultLayer.Network, FaultLayer.Balancer),
        new("latency", "the servers are too far away", FaultLayer.Network, FaultLayer.Balancer),
        new(FaultNames.NoAnswer, FaultNames.Words(FaultNames.NoAnswer), FaultLayer.Network, FaultLayer.Exchange, FaultLayer.Balancer),
        new("malformedStatus", "the status line of answers is malformed", FaultLayer.Network, FaultLayer.Balancer),
        new("malformedHeader", "a header of answers is malformed", FaultLayer.Network, FaultLayer.Balancer),
        new("bareLineFeeds", "the lines of answers end with a bare LF", FaultLayer.Network, FaultLayer.Balancer),
        new("oversizedHead", "answers have more header data than clients accept", FaultLayer.Network, FaultLayer.Balancer),
        new("duplicateLength", "answers have two Content-Length headers", FaultLayer.Network, FaultLayer.Balancer),
        new("lengthAndChunks", "answers have both Content-Length and chunked encoding", FaultLayer.Network, FaultLayer.Balancer),
        new("malformedChunk", "chunks of answers have no size", FaultLayer.Network, FaultLayer.Balancer),
        new("trailingData", "answers have extra data after their end", FaultLayer.Network, FaultLayer.Balancer),
        new(FaultNames.PreAuthentication, FaultNames.Words(FaultNames.PreAuthentication), FaultLayer.Balancer),
        new(FaultNames.ChallengesRemoved, FaultNames.Words(FaultNames.ChallengesRemoved), FaultLayer.Balancer),
        new(FaultNames.ChallengesMerged, FaultNames.Words(FaultNames.ChallengesMerged), FaultLayer.Balancer),
        new("healthProbe", "the health probe tests the wrong virtual directory", FaultLayer.Balancer),
        new(FaultNames.RedirectLoop, FaultNames.Words(FaultNames.RedirectLoop), FaultLayer.Balancer),
        new("backEndConnections", "a device in front does not keep one client's requests on one connection to Exchange", FaultLayer.Balancer),
        new("channelBinding", "the device in front has a different certificate from the servers, so extended protection rejects logons", FaultLayer.Balancer),
        new(FaultNames.TlsOffload, FaultNames.Words(FaultNames.TlsOffload), FaultLayer.Balancer),
        new("maintenancePage", "a maintenance page answers in place of the servers", FaultLayer.Balancer),
        new("requestFiltered", "a web application firewall answers requests itself", FaultLayer.Balancer),
        new("virtualDirectoryOffline", "a virtual directory is offline", FaultLayer.Exchange),
        new("oauthMissing", "OAuth is off on some servers", FaultLayer.Exchange),
        new("oauthOff", "OAuth is off", FaultLayer.Exchange),
        new("oldBuild", "an Exchange build is too old", FaultLayer.Exchange),
        new("externalUrlWrong", "the ExternalUrl of a virtual directory is wrong or not set", FaultLayer.Exchange),
        new("autoDiscoverV2Missing", "AutoDiscover V2 does not answer", FaultLayer.Exchange),
        new("urlRewriteTooBroad", "a URL Rewrite rule matches too much", FaultLayer.Exchange),
        new("userAgentBlocked", "a User-Agent is blocked", FaultLayer.Exchange),
        new("deviceBlocked", "a device rule blocks the device", FaultLayer.Exchange),
        new("deviceQuarantined", "a device rule quarantines the device", FaultLayer.Exchange),
        new("activeSyncDisabled", "ActiveSync is disabled for the mailbox", FaultLayer.Exchange),
        new("accountLocked", "the account is locked out after wrong passwords", FaultLayer.Exchange),
        new("lowerCase", "the elements of autodiscover.xml are written in lower case", FaultLayer.Exchange),
        new("oneNamespace", "autodiscover.xml is written in one namespace", FaultLayer.Exchange),
        new("mailboxMoved", "the mailbox has moved", FaultLayer.Exchange),
        new(FaultNames.MissingAuthorizationUri, FaultNames.Words(FaultNames.MissingAuthorizationUri), FaultLayer.Hybrid),
        new("authCertificateExpired", "the OAuth signing certificate has expired", FaultLayer.Hybrid),
        new("servicePrincipalMissing", "the URL is not a service principal name in Entra", FaultLayer.Hybrid),
        new("signingKeysStale", "the servers have not fetched Entra's signing keys", FaultLayer.Hybrid),
        new("rootUpdatesDisabled", "root updates are disabled on the servers, which therefore do not trust Entra's root", FaultLayer.Hybrid),
        new("cloudMailbox", "Exchange Online treats the mailbox as a cloud mailbox", FaultLayer.Hybrid),
        new("notSynchronized", "Exchange Online does not know the mailbox", FaultLayer.Hybrid),
        new("staleCache", "AutoDetect's cache holds an old result", FaultLayer.Service),
        new("staleRecord", "a record of AutoDetect's database is out of date", FaultLayer.Service),
        new("poisonedRecord", "a record of AutoDetect's database is wrong", FaultLayer.Service),
        new("instanceUnavailable", "an AutoDetect instance is unavailable", FaultLayer.Service),
        new("stillSearching", "AutoDetect is still searching", FaultLayer.Service),
    }.ToFrozenDictionary(entry => entry.Word, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every word, in order.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Entries.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether there is such a word; case does not matter.</summary>
    public static bool Contains(string word) => Entries.ContainsKey(word);

    /// <summary>A word as the catalogue writes it; null if there is no such word. Case does not matter.</summary>
    public static string? Find(string word) => Entries.TryGetValue(word, out var entry) ? entry.Word : null;

    /// <summary>What a word means.</summary>
    /// <exception cref="KeyNotFoundException">The word is unknown.</exception>
    public static string MeaningOf(string word) => Entries[word].Meaning;

    /// <summary>The layers that a fault can be in, the most common one first.</summary>
    /// <exception cref="KeyNotFoundException">The word is unknown.</exception>
    public static IReadOnlyList<FaultLayer> LayersOf(string word) => Entries[word].Layers;

    private sealed record Entry(string Word, string Meaning, params FaultLayer[] Layers);
}
