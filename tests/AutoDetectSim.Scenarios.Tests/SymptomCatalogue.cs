namespace AutoDetectSim.Scenarios.Tests;

/// <summary>What people really meet, row by row (sources: docs/evidence.md), and the scenarios that show it.</summary>
internal static class SymptomCatalogue
{
    public static IReadOnlyList<SymptomTheme> Themes { get; } =
    [
        new("Certificates and TLS",
        [
            new("F01", "The servers, or the load balancer, send only their certificate", "The phone always asks to select the provider; browsers, Outlook and analyzers pass", "none-complete", "certificates/missing-intermediate-on-every-node", "certificates/intermediate-deleted-by-an-update"),
            new("F02", "Some servers behind the load balancer send the intermediate, others do not", "It works intermittently, whenever a correct server is reached", "one-in-twenty", "one-of-two", "certificates/missing-intermediate-on-one-node", "certificates/intermediate-missing-from-windows-store", "balancer/weighted-towards-the-broken-node"),
            new("F03", "Exchange has the intermediate, but the proxy that terminates TLS does not", "Only clients that do not cache intermediates fail", "balancer-terminates-without-intermediate", "certificates/intermediate-on-exchange-not-on-proxy"),
            new("F04", "The chain of autodiscover is complete, but that of the ActiveSync host is broken", "AutoDiscover passes, but the account is still not found, or its mail never arrives", "activesync-host-broken", "certificates/activesync-chain-expired"),
            new("F05", "The certificate has expired", "The connection times out, or the app reports an insecure connection", "certificates/expired-certificate", "certificates/renewed-on-some-nodes", "chains/expired-leaf"),
            new("F06", "The certificate is from a private authority, or self-signed", "The app asks whether to log in anyway; company computers show no warning", "certificates/private-authority", "certificates/private-authority-leaf-only", "certificates/private-authority-with-root", "certificates/self-signed", "service/insecure-mail-server"),
            new("F07", "The certificate has no autodiscover name", "Some clients warn and try elsewhere, the phone stops", "certificates/autodiscover-name-missing", "chains/name-mismatch"),
            new("F08", "A wildcard is used for the domain itself, or for two labels", "One mail domain works, but the one below it does not", "certificates/wildcard-and-apex", "certificates/wildcard-covers-one-level"),
            new("F09", "A cross-signed root has expired", "Old clients fail on a day without any change", "certificates/cross-sign-expired-new-root-trusted", "certificates/cross-sign-expired-old-root-only"),
            new("F10", "Two roots have the same name, and servers send different chains", "Errors occur at random, on some devices", "certificates/two-roots-of-one-name"),
            new("F11", "The servers support nothing newer than TLS 1.1", "The connection to the mail server times out", "certificates/tls-1.0-only", "certificates/tls-1.1-on-one-node"),
            new("F12", "Clients without SNI get the certificate of another site", "Old probes report a wrong name, but phones work", "certificates/default-certificate-without-sni"),
            new("F13", "The certificate is not valid yet, or a clock is wrong", "A new certificate is rejected for some hours", "certificates/clock-ahead", "chains/not-yet-valid-leaf"),
            new("F14", "The servers do not update their roots", "Sign-in succeeds, but the servers reject the tokens", "exchange/root-updates-disabled"),
            new("F15", "Exchange Online reports UntrustedRoot for a chain without its intermediate", "The error points to the root, but the intermediate is missing", "certificates/leaf-only-seen-as-untrusted-root"),
        ]),
        new("Network, firewall and DNS",
        [
            new("F20", "The firewall does not know AutoDetect's addresses", "Phones reach the servers, AutoDetect does not", "network/firewall-forgets-autodetect", "network/firewall-forgets-one-range", "network/firewall-rejects"),
            new("F21", "One of AutoDiscover and ActiveSync is open to the internet, the other is not", "The step that fails depends on which one is closed", "network/activesync-blocked-autodiscover-open", "network/autodiscover-blocked-activesync-open"),
            new("F22", "A device in front of Exchange requires a logon", "A logon page that is not Exchange's, or a password prompt", "network/preauthentication-form", "network/preauthentication-redirect", "network/preauthentication-basic"),
            new("F23", "autodiscover has no DNS record", "AutoDetect falls back to its database, or finds nothing", "network/no-autodiscover-record", "network/autodiscover-alias-to-nowhere", "network/autodiscover-name-server-fails", "network/autodiscover-old-address"),
            new("F24", "The domain itself answers with the company's web site", "Outlook on the desktop warns about a certificate", "network/web-site-at-the-apex"),
            new("F25", "The domain itself has no address", "Setting up Outlook on the desktop takes a long time", "network/no-address-at-the-apex", "network/slow-name-server"),
            new("F26", "The AutoDetect host that tools know is gone from DNS", "A tool cannot find the host, but phones work", "network/autodetect-host-retired"),
            new("F27", "IPv6 is broken, IPv4 works", "Some clients wait half a minute, others connect at once", "network/broken-ipv6-address", "network/ipv6-half-disabled", "network/ipv6-refused"),
            new("F28", "AutoDiscover is redirected in a circle", "The browser reports too many redirects", "network/redirect-loop", "balancer/offload-and-redirect-loop"),
            new("F29", "The servers accept connections but do not answer", "Every client waits until its timeout", "network/accepts-and-never-answers", "network/application-pool-hangs", "network/too-far-away"),
        ]),
        new("Load balancer and nodes",
        [
            new("F30", "OAuth is disabled on the virtual directory of one server", "The Microsoft page appears on some attempts, the password page on others", "balancer/one-node-without-oauth", "balancer/one-node-without-oauth-no-persistence"),
            new("F31", "One server has an old build", "AutoDiscover V2 answers on some attempts, and 404 on others", "balancer/one-node-old-build"),
            new("F32", "The health probe checks another virtual directory", "ActiveSync is down on one server, but the load balancer still uses it", "balancer/health-probe-wrong-directory", "balancer/health-probe-right-directory"),
            new("F33", "Managed Availability has taken a protocol offline on one server", "One of several attempts gets 503", "balancer/activesync-offline-on-one-node", "balancer/autodiscover-offline-on-one-node"),
            new("F34", "TLS is terminated at the load balancer, which uses plain HTTP to Exchange", "Sign-in succeeds, but mail never arrives", "balancer/tls-offload"),
            new("F35", "A proxy splits the NTLM handshake across connections", "Outlook asks for the password again and again, then the account is locked", "balancer/proxy-splits-ntlm", "balancer/proxy-shares-connections"),
            new("F36", "The load balancer has a different certificate than the servers, which require channel bindings", "Outlook asks for the password since the certificate was renewed", "balancer/renewed-on-balancer-only"),
            new("F37", "A proxy removes or merges WWW-Authenticate", "AutoDetect finds no way to sign in, or a script misreads the header", "balancer/challenges-removed", "balancer/challenges-merged"),
            new("F38", "The load balancer still shows its maintenance page for AutoDiscover", "New phones fail since the maintenance window, phones with an account work", "balancer/maintenance-page"),
            new("F39", "A web application firewall answers the empty Bearer challenge itself", "Connectivity tests with a password succeed, the phone asks to select the provider", "balancer/firewall-rejects-empty-bearer"),
        ]),
        new("Exchange and hybrid",
        [
            new("F40", "The challenge has no authorization_uri", "The password page appears instead of the Microsoft page", "exchange/missing-authorization-uri"),
            new("F41", "OAuth is not enabled for the domain", "x-ms-diagnostics says that flighting is not enabled", "exchange/oauth-flighting-off", "exchange/basic-everywhere"),
            new("F42", "A policy blocks modern authentication for one mailbox", "Colleagues have their mail, one user does not", "exchange/modern-authentication-blocked-for-one-user"),
            new("F43", "The ExternalUrl of ActiveSync is wrong or missing", "AutoDiscover returns a URL that is unreachable from outside", "exchange/activesync-url-internal", "exchange/activesync-url-missing"),
            new("F44", "Entra does not know the ActiveSync URL", "The sign-in window stays blank", "exchange/principal-missing"),
            new("F45", "The OAuth certificate of the servers has expired", "OAuth fails everywhere", "exchange/auth-certificate-expired"),
            new("F46", "The servers have old signing keys of Entra", "Tokens are rejected until the keys are downloaded", "exchange/signing-keys-stale"),
            new("F47", "Exchange Online answers for a mailbox that is on-premises", "The phone connects to the cloud, where the mailbox is not", "exchange/cloud-answers-for-mailbox-on-premises"),
            new("F48", "Exchange Online redirects to itself until the limit", "No address is found for the mailbox", "exchange/cloud-redirects-to-itself"),
            new("F49", "A URL Rewrite rule is too broad", "AutoDiscover V2 is disconnected, for all clients or for those that write @", "exchange/url-rewrite-too-broad", "exchange/url-rewrite-raw-address"),
            new("F50", "A device rule blocks or quarantines Outlook", "Sign-in succeeds, but ActiveSync refuses the device", "exchange/device-blocked", "exchange/device-quarantined"),
            new("F51", "ActiveSync reports that the mailbox is on another server", "The client must follow X-MS-Location", "exchange/mailbox-moved"),
            new("F52", "An Exchange 2010 server, or a 2013 one before CU19, is in use", "Clients stay disconnected", "exchange/exchange-2010-in-the-mix", "exchange/old-server-holds-the-mailbox"),
        ]),
        new("AutoDetect's data, and clients",
        [
            new("F60", "Database or cache still name the former provider", "The app keeps asking for the old provider after a migration", "service/stale-provider-after-migration", "service/stale-cache-after-migration"),
            new("F61", "The database directs a domain to a third party", "The settings belong to another company's servers", "service/poisoned-domain"),
            new("F62", "Clients query autodiscover of the top-level domain", "A third party's server receives passwords", "network/outlook-climbs-above-domain"),
            new("F63", "A forgotten device tries an old password", "The account is locked again and again", "exchange/stale-device-locks-account"),
            new("F64", "IIS or a gateway rejects the app's User-Agent", "The account is found, but cannot be provisioned", "exchange/user-agent-blocked"),
            new("F65", "The server has autodiscover.xml but not autodiscover.json", "New clients fail, old ones work", "exchange/autodiscover-v1-only", "exchange/autodiscover-v2-fails"),
            new("F66", "One device, or one user, works and another does not", "The mailbox differs, or the server to which a source address is sent", "exchange/one-user-blocked", "balancer/source-hash-hides-the-fault"),
            new("F67", "autodiscover.xml has one namespace, or elements in lower case", "The account is set up as POP or IMAP", "exchange/autodiscover-xml-one-namespace", "exchange/autodiscover-xml-lower-case"),
            new("F68", "AutoDetect is still searching", "The first attempt fails; the second works", "service/still-searching"),
        ]),
        new("New this year",
        [
            new("F70", "A device or server resets connections that offer post-quantum key exchange", "New clients fail, old ones work", "network/one-node-resets-ml-kem", "network/new-clients-reset-phones-work", "network/device-resets-large-hello"),
            new("F71", "A load balancer chooses by SNI before it has the whole ClientHello", "Most connections of new clients are reset, and the servers log nothing", "balancer/routes-by-sni-too-early"),
            new("F72", "AutoDetect or Exchange Online answers at a new name, or only at the old one", "A tool cannot resolve the name in its code, but phones work", "service/autodetect-at-new-name", "service/autodetect-at-old-name", "service/exchange-online-at-new-name", "network/autodetect-new-host-unknown"),
            new("F73", "A public chain has one more intermediate than before", "New phones fail since the certificate was renewed, browsers work", "certificates/generation-y-first-intermediate-only", "certificates/generation-y-self-signed-root", "certificates/generation-y-complete"),
            new("F74", "Short-lived certificates are renewed by each server on its own", "Another server fails every few weeks", "certificates/renewal-drift", "certificates/renewals-apart"),
            new("F75", "A cross-signed root of the chain has been revoked", "Some Windows programs refuse the server as revoked, phones work", "certificates/generation-y-revoked-cross-sign", "certificates/generation-y-cross-sign-removed"),
            new("F76", "The renewed certificate is for servers only", "Mail to a partner that requires client certificates stays in the queue", "mail/connector-certificate-without-client-auth"),
        ]),
    ];
}

/// <summary>One theme of the catalogue.</summary>
internal sealed record SymptomTheme(string Title, IReadOnlyList<SymptomRow> Rows);

/// <summary>One row.</summary>
/// <param name="Id">Its number; docs/evidence.md has its source.</param>
/// <param name="Broken">What is broken.</param>
/// <param name="Seen">What the customer sees.</param>
/// <param name="Scenarios">The scenarios that show it.</param>
internal sealed record SymptomRow(string Id, string Broken, string Seen, params IReadOnlyList<string> Scenarios);
